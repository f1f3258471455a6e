package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.nn.CellType;
import ttrnn.nn.SampledFrames;
import ttrnn.tt.TtShape;

/**
 * The shapes and names of a model's weights, before there are any: what {@link Models} builds and {@link TrainPlan} counts.
 *
 * @param layers from the input on; the two directions of a layer follow each other
 * @param headInputs values that the head takes
 */
record Architecture(List<Layer> layers, int headInputs) {
    private static final double SCALE_OF_STATES = 1.0 / 64;

    /**
     * A layer in one direction.
     *
     * @param name first part of its weights' names
     * @param cell null for a perceptron
     * @param inputSize values of a row
     * @param hidden values of a result
     * @param trains the input matrix: one train for all gates, one for each, or none if it is an ordinary matrix
     * @param backward whether it runs from the last step to the first
     * @param resetAfter whether a GRU's reset gate comes after its recurrent product
     * @param inputScale factor on pixels that its input has; states are as large as pixels of deviation 64 times 1/64
     */
    record Layer(
            String name,
            @Nullable CellType cell,
            int inputSize,
            int hidden,
            List<TtShape> trains,
            boolean backward,
            boolean resetAfter,
            double inputScale) {
        Layer {
            trains = List.copyOf(trains);
        }

        int gates() {
            return cell == null ? 1 : cell.gates();
        }

        /** Of the input matrix. */
        long inputParameters() {
            return trains.isEmpty()
                    ? denseInputParameters()
                    : trains.stream().mapToLong(TtShape::parameters).sum();
        }

        /** Elements of the matrix that trains stand for. */
        long denseInputParameters() {
            return (long) inputSize * gates() * hidden;
        }

        long recurrentParameters() {
            return cell == null ? 0 : (long) gates() * hidden * hidden;
        }

        long biasParameters() {
            return (gates() + (resetAfter ? 1L : 0)) * hidden;
        }
    }

    Architecture {
        layers = List.copyOf(layers);
    }

    /**
     * The architecture of a configuration.
     *
     * @throws IllegalArgumentException naming the setting that does not fit
     */
    static Architecture of(TrainConfig config) {
        checkModes(config);
        CellType cell = config.model().cell();
        return cell == null ? perceptron(config) : recurrent(config, cell);
    }

    private static void checkModes(TrainConfig config) {
        int inputs = config.inputModes().size();
        int outputs = config.outputModes().size();
        int inner = config.ranks().size();
        if (inputs != outputs) {
            throw new IllegalArgumentException("outputModes: " + outputs + " output modes " + config.outputModes()
                    + " for " + inputs + " input modes " + config.inputModes() + "; give one for each");
        }
        if (inner != 1 && inner != inputs - 1) {
            throw new IllegalArgumentException("ranks: " + inner + " ranks " + config.ranks() + " for " + inputs
                    + " modes; give the " + (inputs - 1) + " inner ones, or one number for all");
        }
    }

    private static Architecture perceptron(TrainConfig config) {
        int[] modes = ints(config.inputModes());
        if (config.get(Settings.POOLING) == SampledFrames.Pooling.CONCATENATE) {
            long first = (long) modes[0] * config.get(Settings.FRAMES);
            if (first * (config.frameSize() / modes[0]) > 1 << 30) {
                throw new IllegalArgumentException("frames: " + config.get(Settings.FRAMES) + " frames of "
                        + config.frameSize() + " values are too many; take fewer, or --pooling average");
            }
            modes[0] = (int) first;
        }
        TtShape train = TtShape.of(modes, ints(config.outputModes()), ints(config.ranks()));
        Layer layer = new Layer(
                "mlp", null, train.inputSize(), config.hiddenSize(), List.of(train), false, false, config.inputScale());
        return new Architecture(List.of(layer), config.hiddenSize());
    }

    private static Architecture recurrent(TrainConfig config, CellType cell) {
        int count = config.get(Settings.LAYERS);
        boolean both = config.get(Settings.BIDIRECTIONAL);
        int hidden = config.hiddenSize();
        int[] modes = ints(config.inputModes());
        boolean after = cell == CellType.GRU && config.get(Settings.RESET).equals(Settings.AFTER);
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            String name = count > 1 || both ? "rnn." + k : "rnn";
            int inputs = k == 0 ? config.frameSize() : both ? 2 * hidden : hidden;
            List<TtShape> trains = trains(config, cell, modes);
            double scale = k == 0 ? config.inputScale() : SCALE_OF_STATES;
            layers.add(new Layer(name, cell, inputs, hidden, trains, false, after, scale));
            if (both) {
                layers.add(new Layer(name + ".backward", cell, inputs, hidden, trains, true, after, scale));
            }
            // The next layer's input is this one's output, its index factored likewise; the directions come slowest.
            modes = ints(config.outputModes());
            modes[0] *= both ? 2 : 1;
        }
        return new Architecture(layers, both ? 2 * hidden : hidden);
    }

    private static List<TtShape> trains(TrainConfig config, CellType cell, int[] inputModes) {
        if (!config.model().isTensorTrain()) {
            return List.of();
        }
        TtShape one = TtShape.of(inputModes, ints(config.outputModes()), ints(config.ranks()));
        if (config.get(Settings.GATE_TRAINS).equals("shared") || cell.gates() == 1) {
            return List.of(one.withFirstOutputMode(cell.gates() * one.outputMode(0)));
        }
        List<TtShape> trains = new ArrayList<>();
        for (int gate = 0; gate < cell.gates(); gate++) {
            trains.add(one);
        }
        return trains;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
