package ttrnn.train;

import java.util.List;
import java.util.function.ToLongFunction;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.nn.CellType;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtPlan;
import ttrnn.tt.TtShape;

/**
 * What a training will cost, before it is begun: counted where it can be, estimated from a short calibration of this
 * machine where it cannot.
 *
 * @param config what is to be trained
 * @param classes number of classes
 * @param clips training clips
 * @param length mean number of frames of a clip, as it is used
 * @param longest frames of the longest clip, as it is used
 */
public record TrainPlan(TrainConfig config, int classes, int clips, double length, int longest) {
    /** Backward passes of a train and of a recurrence cost about this many forward passes. */
    private static final double BACKWARD = 2;
    /** Share of the calibrated speed that whole steps were seen to reach; the rest is conversion and element-wise work. */
    private static final double REACHED = 0.5;

    /** What the JVM and the libraries keep in the heap. */
    private static final long BASE = 16L << 20;
    /** Least heap by what is in use: a collector needs room, and large arrays leave gaps. */
    private static final double COLLECTOR = 1.2;

    private static final long STEADY_NANOS = 1_500_000_000L;
    private static final long WARM_NANOS = 20_000_000L;
    private static final long LONGEST_NANOS = 6_000_000_000L;

    public TrainPlan {
        if (classes < 1 || clips < 1 || !(length >= 1) || longest < 1) {
            throw new IllegalArgumentException("plan: classes, clips and length must be at least 1, got " + classes
                    + ", " + clips + ", " + length);
        }
    }

    private Architecture architecture() {
        return Architecture.of(config);
    }

    private long sum(ToLongFunction<Architecture.Layer> count) {
        return architecture().layers().stream().mapToLong(count).sum();
    }

    /** Of the input matrices of all layers, as trains where they are trains. */
    public long inputParameters() {
        return sum(Architecture.Layer::inputParameters);
    }

    /** Elements of the input matrices, or of those that the trains stand for. */
    public long denseInputParameters() {
        return sum(Architecture.Layer::denseInputParameters);
    }

    public long recurrentParameters() {
        return sum(Architecture.Layer::recurrentParameters);
    }

    public long biasParameters() {
        return sum(Architecture.Layer::biasParameters);
    }

    /** Weights and bias of the head. */
    public long headParameters() {
        return (architecture().headInputs() + 1L) * classes;
    }

    public long totalParameters() {
        return inputParameters() + recurrentParameters() + biasParameters() + headParameters();
    }

    /** Of the input matrices, forward, trains contracted in the cheaper order. */
    public long inputMultiplyAdds() {
        return perFrame(sum(layer -> layer.trains().isEmpty()
                ? layer.denseInputParameters()
                : layer.trains().stream()
                        .mapToLong(train -> Math.min(TtPlan.rightToLeft(train), TtPlan.leftToRight(train)))
                        .sum()));
    }

    /** Of one frame, forward: input matrices and recurrences. */
    public long multiplyAddsPerFrame() {
        return inputMultiplyAdds() + recurrentParameters();
    }

    /** Of one frame, forward, if the input matrices were no trains. */
    public long denseMultiplyAddsPerFrame() {
        return perFrame(denseInputParameters()) + recurrentParameters();
    }

    /** A perceptron works once a clip, recurrent cells once a frame. */
    private long perFrame(long multiplyAdds) {
        boolean once = config.model().cell() == null;
        return once ? Math.max(1, Math.round(multiplyAdds / length)) : multiplyAdds;
    }

    /** How each train is multiplied with, one a line; empty without trains. */
    public List<TtPlan> contractions() {
        return architecture().layers().stream()
                .flatMap(layer -> layer.trains().stream())
                .distinct()
                .map(TtPlan::of)
                .toList();
    }

    /** Floats that a forward pass makes for each row: the projected input, gates, states; of an LSTM also c, and h alone. */
    private static long forwardFloats(Architecture.Layer layer) {
        long states = layer.cell() == CellType.LSTM ? 3 : 1;
        return (2L * layer.gates() + states) * layer.hidden();
    }

    /** Floats that stay of the products with trains, for each row, until the backward pass comes to them. */
    private static long keptFloats(Architecture.Layer layer) {
        long floats = 0;
        for (TtShape train : layer.trains()) {
            TtPlan plan = TtPlan.of(train);
            for (int k = 1; k <= plan.split(); k++) {
                floats += plan.intermediate(k);
            }
        }
        return floats;
    }

    /** Floats of a step at its worst: layer by layer backward, with what the layers before it have kept. */
    private long stepFloats() {
        int batch = Math.min(config.batchSize(), clips);
        long rows = (long) batch * (config.model().cell() == null ? 1 : longest);
        long kept = 0;
        long most = 0;
        for (Architecture.Layer layer : architecture().layers()) {
            kept += rows * (forwardFloats(layer) + keptFloats(layer));
            // Gradients of states and gates; the masked states, in a GRU also those after the reset gate.
            long states = layer.cell() == CellType.LSTM ? 2 : 1;
            long masked = layer.cell() == CellType.GRU ? 2 : 1;
            long recurrence = rows * (states + layer.gates() + masked) * layer.hidden();
            long products = layer.trains().stream()
                    .mapToLong(train -> TtMatMul.gradientElements(TtPlan.of(train), rows, batch))
                    .max()
                    .orElse(0);
            // The gates and states are gone when their input's gradient is computed, which is as large as the input.
            long freed = rows * (layer.gates() + states) * layer.hidden();
            most = Math.max(
                    most, kept + Math.max(recurrence, products + rows * layer.gates() * layer.hidden() - freed));
        }
        return most;
    }

    /** Heap that a training needs at its worst, all clips of a batch being the longest; docs/robustness.md measures it. */
    public long peakHeapBytes() {
        int rows = config.model().cell() == null ? 1 : longest;
        long step = 4L * stepFloats();
        long judging = 4L * sum(TrainPlan::forwardFloats) * Evaluation.BATCH * rows;
        // An ordinary matrix takes the rows of one clip as floats, a perceptron's clip is one row.
        long dense = config.model().isTensorTrain() ? 0 : 4L * config.frameSize() * longest;
        // Weights, gradients, two moments of Adam, the best weights, and a copy of the moments when the state is saved.
        long used = Math.max(step, judging) + dense + 4L * 7 * totalParameters();
        return Math.round(COLLECTOR * used) + BASE;
    }

    /** Disk that the files of a run need at their most: states, one of them being replaced, and two models. */
    public long diskBytes() {
        return 4L * totalParameters() * (4 * (Checkpoints.KEPT + 1) + 3) + (4L << 20);
    }

    /** Seconds of an epoch of training steps on this machine, from a calibration of some tenths of a second. */
    public double secondsPerEpoch() {
        return secondsPerEpoch(multiplyAddsPerSecond(STEADY_NANOS));
    }

    /** The same from a calibration of some milliseconds, which do when the JVM has long compiled the kernels. */
    double secondsPerEpochWhenWarm() {
        return secondsPerEpoch(multiplyAddsPerSecond(WARM_NANOS));
    }

    private double secondsPerEpoch(double multiplyAddsPerSecond) {
        double frames = clips * length;
        double work = (plannedMultiplyAdds() + recurrentParameters()) * (1 + BACKWARD);
        return frames * work / (multiplyAddsPerSecond * Parallel.threads() * REACHED);
    }

    /** Of one frame, forward, in the order in which trains are in fact contracted. */
    private double plannedMultiplyAdds() {
        return perFrame(sum(layer -> layer.trains().isEmpty()
                ? layer.denseInputParameters()
                : layer.trains().stream()
                        .mapToLong(train -> TtPlan.of(train).multiplyAdds())
                        .sum()));
    }

    /**
     * Speed of one thread in a small matrix product. The first second of a process tells nothing: the JVM has yet to
     * compile the kernels; so this goes on until nothing has got faster for a while.
     */
    static double multiplyAddsPerSecond(long steadyNanos) {
        FloatKernels kernels = Kernels.get();
        int rows = 6;
        int columns = 64;
        int depth = 24;
        float[] a = new float[rows * depth];
        float[] b = new float[depth * columns];
        float[] c = new float[rows * columns];
        double best = 0;
        long begun = System.nanoTime();
        long improved = begun;
        while (System.nanoTime() - improved < steadyNanos && System.nanoTime() - begun < LONGEST_NANOS) {
            long start = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                kernels.gemm(rows, columns, depth, a, 0, depth, 1, b, 0, columns, c, 0, columns, false);
            }
            double speed = 8.0 * rows * columns * depth / ((System.nanoTime() - start) / 1e9);
            if (speed > 1.05 * best) {
                best = speed;
                improved = System.nanoTime();
            }
        }
        return best;
    }
}
