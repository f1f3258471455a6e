package ttrnn.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Options of the form {@code --name=value}. */
final class Options {
    private final Map<String, List<String>> values = new HashMap<>();

    Options(List<String> args) {
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException(arg + ": options are written --name=value");
            }
            values.computeIfAbsent(arg.substring(2, equals), name -> new ArrayList<>())
                    .add(arg.substring(equals + 1));
        }
    }

    String text(String name, String otherwise) {
        return values.containsKey(name) ? values.get(name).get(0) : otherwise;
    }

    int whole(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
