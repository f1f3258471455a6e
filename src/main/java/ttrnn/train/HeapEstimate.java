package ttrnn.train;

import java.util.function.ToLongFunction;
import ttrnn.nn.CellType;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtPlan;

/** The heap that a training needs, counted from the arrays of its passes; docs/robustness.md compares it with their use. */
record HeapEstimate(TrainConfig config, int classes) {
    /** What the JVM and the libraries keep in the heap. */
    private static final long BASE = 16L << 20;
    /** Least heap by what is in use: a collector needs room, and large arrays leave gaps. */
    private static final double COLLECTOR = 1.2;
    /** Weights, gradients, two moments of Adam, the best weights, and a copy of the moments when the state is saved. */
    private static final int COPIES = 7;
    /** What a sum over clips has more: the gradients of a clip and the sum, both in one piece. */
    private static final int COPIES_OF_SUMS = 3;

    /**
     * With passes over whole batches.
     *
     * @param clips of the batch
     * @param frames of all its clips
     * @param longest frames of the longest clip, which may also be a clip that is only judged
     */
    long bytes(int clips, long frames, int longest) {
        return bytes(clips, frames, longest, COPIES);
    }

    /** With passes over one clip at a time. */
    long clipByClip(int longest) {
        return bytes(1, longest, longest, COPIES + COPIES_OF_SUMS);
    }

    private long bytes(int clips, long frames, int longest, int copies) {
        boolean recurrent = config.model().cell() != null;
        long step = stepFloats(clips, recurrent ? frames : clips);
        long judging = forwardFloats() * (recurrent ? Evaluation.mostFrames(longest) : Evaluation.BATCH);
        // An ordinary matrix takes the rows of one clip as floats, a perceptron's clip is one row.
        long dense = config.model().isTensorTrain() ? 0 : (long) config.frameSize() * longest;
        long floats = Math.max(step, judging) + dense + copies * parameters();
        return Math.round(COLLECTOR * Float.BYTES * floats) + BASE;
    }

    private long parameters() {
        return new TrainPlan(config, classes, 1, 1, 1).totalParameters();
    }

    private long sum(ToLongFunction<Architecture.Layer> count) {
        return Architecture.of(config).layers().stream().mapToLong(count).sum();
    }

    private long forwardFloats() {
        return sum(HeapEstimate::forwardFloats);
    }

    /** Floats that a forward pass makes for each row: the projected input, gates, states; of an LSTM also c, and h alone. */
    private static long forwardFloats(Architecture.Layer layer) {
        long states = layer.cell() == CellType.LSTM || layer.resetAfter() ? 3 : 1;
        // A reset gate that comes late needs four blocks of gates, and the input's copied into them.
        long gates = layer.resetAfter() ? 4 + layer.gates() : layer.gates();
        return (layer.gates() + gates + states) * layer.hidden();
    }

    /** Floats that stay of the products with trains until the backward pass comes to them. */
    private static long keptFloats(Architecture.Layer layer, long rows) {
        return layer.trains().stream()
                .mapToLong(train -> TtMatMul.keptElements(TtPlan.of(train), rows))
                .sum();
    }

    /** Floats of a step at its worst: layer by layer backward, with what the layers before it have kept. */
    private long stepFloats(int clips, long rows) {
        long kept = 0;
        long most = 0;
        for (Architecture.Layer layer : Architecture.of(config).layers()) {
            kept += rows * forwardFloats(layer) + keptFloats(layer, rows);
            // Gradients of states and gates; the masked states, in a GRU also those after the reset gate.
            long states = layer.cell() == CellType.LSTM ? 2 : 1;
            long masked = layer.cell() == CellType.GRU ? 2 : 1;
            long recurrence = rows * (states + layer.gates() + masked) * layer.hidden();
            long products = layer.trains().stream()
                    .mapToLong(train -> TtMatMul.gradientElements(TtPlan.of(train), rows, clips))
                    .max()
                    .orElse(0);
            // The gates and states are gone when their input's gradient is computed, which is as large as the input.
            long freed = rows * (layer.gates() + states) * layer.hidden();
            most = Math.max(
                    most, kept + Math.max(recurrence, products + rows * layer.gates() * layer.hidden() - freed));
        }
        return most;
    }
}
