package ttrnn.train;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.FrameSequence;
import ttrnn.tt.TtPlan;

/**
 * What a training will cost, before it is begun: counted where it can be, estimated from a short calibration of this
 * machine where it cannot.
 *
 * @param config what is to be trained
 * @param classes number of classes
 * @param clips training clips
 * @param length mean number of frames of a clip, as it is used
 * @param longest frames of the longest clip, as it is used
 * @param longestBatch frames of the longest clips that make a batch
 * @param validationFrames frames that each epoch is judged by
 */
public record TrainPlan(
        TrainConfig config,
        int classes,
        int clips,
        double length,
        int longest,
        long longestBatch,
        long validationFrames) {
    /** Backward passes of a train and of a recurrence cost about this many forward passes. */
    private static final double BACKWARD = 2;
    /** Share of the calibrated speed that whole steps were seen to reach; the rest is conversion and element-wise work. */
    private static final double REACHED = 0.5;

    private static final long STEADY_NANOS = 1_500_000_000L;
    private static final long LONGEST_NANOS = 6_000_000_000L;

    public TrainPlan {
        if (classes < 1 || clips < 1 || !(length >= 1) || longest < 1) {
            throw new IllegalArgumentException("plan: classes, clips and length must be at least 1, got " + classes
                    + ", " + clips + ", " + length);
        }
    }

    /** Of clips that are all as long as the longest, without validation clips. */
    public TrainPlan(TrainConfig config, int classes, int clips, double length, int longest) {
        this(config, classes, clips, length, longest, (long) Math.min(config.batchSize(), clips) * longest, 0);
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

    /** Weights from state to state. */
    public long recurrentParameters() {
        return sum(Architecture.Layer::recurrentParameters);
    }

    /** Biases of the gates. */
    public long biasParameters() {
        return sum(Architecture.Layer::biasParameters);
    }

    /** Weights and bias of the head. */
    public long headParameters() {
        return (architecture().headInputs() + 1L) * classes;
    }

    /** All weights, the head among them. */
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

    /** Heap that a training needs at its worst, the longest clips being one batch; docs/robustness.md measures it. */
    public long peakHeapBytes() {
        int batch = Math.min(config.batchSize(), clips);
        return heap().bytes(batch, longestBatch, longest);
    }

    /** Heap without which no step can be made: a batch that does not fit is taken clip by clip. */
    public long leastHeapBytes() {
        return Math.min(peakHeapBytes(), heap().clipByClip(longest));
    }

    /** Heap that a training takes, at its worst, if it may take {@code most}. */
    public long heapBytesWithin(long most) {
        return Math.min(peakHeapBytes(), Math.max(leastHeapBytes(), most));
    }

    private HeapEstimate heap() {
        return new HeapEstimate(config, classes);
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
