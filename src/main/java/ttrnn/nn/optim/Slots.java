package ttrnn.nn.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

/** The parameters of an optimiser, its count of steps, and arrays of the parameters' shapes, all zero at first. */
final class Slots {
    private final String optimizer;
    private final List<Parameter> parameters;
    private final List<String> names;
    /** By slot, then by parameter. */
    private final List<List<Tensor>> arrays = new ArrayList<>();

    private int steps;

    /**
     * Slots for all parameters.
     *
     * @param optimizer its name, for messages
     * @param names of the slots, the last part of their arrays' names
     */
    Slots(String optimizer, List<Parameter> parameters, String... names) {
        this.optimizer = optimizer;
        this.parameters = List.copyOf(parameters);
        this.names = List.of(names);
        for (int slot = 0; slot < names.length; slot++) {
            arrays.add(parameters.stream()
                    .map(parameter -> Tensor.zeros(parameter.value().shape()))
                    .toList());
        }
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The array of a slot for a parameter. */
    float[] array(int slot, int parameter) {
        return arrays.get(slot).get(parameter).data();
    }

    /** Counts a step, and returns its number, from 1. */
    int count() {
        return ++steps;
    }

    OptimizerState state() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        byName().forEach((name, array) -> copies.put(name, array.copy()));
        return new OptimizerState(steps, copies);
    }

    void restore(OptimizerState state) {
        Map<String, Tensor> own = byName();
        // All is checked before the first array changes.
        Map<Tensor, Tensor> sources = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : own.entrySet()) {
            Tensor given = state.arrays().get(entry.getKey());
            if (given == null) {
                throw new IllegalArgumentException(optimizer + ": the state has no " + entry.getKey());
            }
            if (!given.shape().equals(entry.getValue().shape())) {
                throw new IllegalArgumentException(optimizer + ": the state's " + entry.getKey() + " must be "
                        + entry.getValue().shape() + ", got " + given.shape());
            }
            sources.put(entry.getValue(), given);
        }
        for (String name : state.arrays().keySet()) {
            if (!own.containsKey(name)) {
                throw new IllegalArgumentException(optimizer + ": the state's " + name + " belongs to no parameter");
            }
        }
        sources.forEach((array, given) -> System.arraycopy(given.data(), 0, array.data(), 0, array.size()));
        steps = state.steps();
    }

    private Map<String, Tensor> byName() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            for (int slot = 0; slot < names.size(); slot++) {
                all.put(
                        parameters.get(i).name() + "." + names.get(slot),
                        arrays.get(slot).get(i));
            }
        }
        return all;
    }
}
