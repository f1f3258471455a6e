package ttrnn.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Positive whole numbers such as modes or ranks, written {@code 8,20,20,18} on the command line. */
record IntList(List<Integer> values) {
    IntList {
        values = List.copyOf(values);
    }

    int[] toArray() {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
