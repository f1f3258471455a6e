package ttrnn.train;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.nn.CellType;
import ttrnn.tensor.FrameSequence;
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
 * @param validationFrames frames that each epoch is judged by
 */
public record TrainPlan(TrainConfig config, int classes, int clips, double length, int longest, long validationFrames) {
    /** Backward passes of a train and of a recurrence cost about this many forward passes. */
    private static final double BACKWARD = 2;
    /** Share of the calibrated speed that whole steps were seen to reach; the rest is conversion and element-wise work. */
    private static final double REACHED = 0.5;

    /** What the JVM and the libraries keep in the heap. */
    private static final long BASE = 16L << 20;
    /** Least heap by what is in use: a collector needs room, and large arrays leave gaps. */
    private static final double COLLECTOR = 1.2;

    private static final long STEADY_NANOS = 1_500_000_000L;
    private static final long LONGEST_NANOS = 6_000_000_000L;

    public TrainPlan {
        if (classes < 1 || clips < 1 || !(length >= 1) || longest < 1) {
            throw new IllegalArgumentException("plan: classes, clips and length must be at least 1, got " + classes
                    + ", " + clips + ", " + length);
        }
    }

    /** Without validation clips. */
    public TrainPlan(TrainConfig config, int classes, int clips, double length, int longest) {
        this(config, classes, clips, length, longest, 0);
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
        long states = layer.cell() == CellType.LSTM || layer.resetAfter() ? 3 : 1;
        // A reset gate that comes late needs four blocks of gates, and the input's copied into them.
        long gates = layer.resetAfter() ? 4 + layer.gates() : layer.gates();
        return (layer.gates() + gates + states) * layer.hidden();
    }

    /** Floats that stay of the products with trains until the backward pass comes to them. */
    private static long keptFloats(Architecture.Layer layer, long rows) {
        long floats = 0;
        for (TtShape train : layer.trains()) {
            floats += TtMatMul.keptElements(TtPlan.of(train), rows);
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
            kept += rows * forwardFloats(layer) + keptFloats(layer, rows);
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

    /** Disk that the files of a run need at their most: {@code kept} states, one more being written, and two models. */
    public long diskBytes(int kept) {
        return 4L * totalParameters() * (4 * (kept + 1L) + 3) + (4L << 20);
    }

    /**
     * How long steps take on this machine, on noise of the planned length.
     *
     * @see TrainRun#calibrate
     */
    public Calibration calibrate() {
        int frameSize = config.frameSize();
        List<Example> noise = IntStream.range(0, Math.min(config.batchSize(), clips))
                .mapToObj(n -> new Example("noise-" + n, noise(longest, frameSize), n % classes))
                .toList();
        return Calibration.of(config, classes, noise, this);
    }

    private static FrameSequence noise(int length, int frameSize) {
        return new FrameSequence() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public int frameSize() {
                return frameSize;
            }

            @Override
            public void read(int first, int count, byte[] target, int offset) {
                for (int i = 0; i < count * frameSize; i++) {
                    target[offset + i] = (byte) (((first * 31 + i) * 0x9E3779B1) >>> 24);
                }
            }
        };
    }

    /** Seconds of an epoch where the model cannot be tried, from its multiply-adds and the speed of matrix products. */
    public double roughSecondsPerEpoch() {
        double frames = clips * length;
        double work = (plannedMultiplyAdds() + recurrentParameters()) * (1 + BACKWARD);
        return frames * work / (multiplyAddsPerSecond(STEADY_NANOS) * Parallel.threads() * REACHED);
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
