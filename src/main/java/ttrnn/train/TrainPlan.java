package ttrnn.train;

import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
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

    private static final long STEADY_NANOS = 1_500_000_000L;
    private static final long LONGEST_NANOS = 6_000_000_000L;

    public TrainPlan {
        if (classes < 1 || clips < 1 || !(length >= 1) || longest < 1) {
            throw new IllegalArgumentException("plan: classes, clips and length must be at least 1, got " + classes
                    + ", " + clips + ", " + length);
        }
    }

    public long inputParameters() {
        return config.trainShape().parameters();
    }

    /** Elements of the matrix that the train stands for. */
    public long denseInputParameters() {
        return config.trainShape().denseParameters();
    }

    public long recurrentParameters() {
        return 3L * config.hiddenSize() * config.hiddenSize();
    }

    public long biasParameters() {
        return 3L * config.hiddenSize();
    }

    /** Weights and bias of the head. */
    public long headParameters() {
        return (config.hiddenSize() + 1L) * classes;
    }

    public long totalParameters() {
        return inputParameters() + recurrentParameters() + biasParameters() + headParameters();
    }

    /** Of the input matrix, forward, contracted in the cheaper order. */
    public long inputMultiplyAdds() {
        TtShape shape = config.trainShape();
        return Math.min(TtPlan.rightToLeft(shape), TtPlan.leftToRight(shape));
    }

    /** Of one frame, forward: input matrix and recurrence. */
    public long multiplyAddsPerFrame() {
        return inputMultiplyAdds() + recurrentParameters();
    }

    /** Floats kept or made for each frame of a batch between forward and backward pass. */
    private long floatsPerFrame() {
        TtPlan plan = TtPlan.of(config.trainShape());
        long floats = 0;
        for (int k = 1; k <= plan.split(); k++) {
            floats += plan.intermediate(k);
        }
        // Projected input, gates, their gradient: 3 hidden each. States, their gradient, and two products: hidden each.
        return floats + 13L * config.hiddenSize();
    }

    /** Heap that a step needs at its worst, all clips of a batch being the longest. */
    public long peakHeapBytes() {
        long step = 4L * floatsPerFrame() * config.batchSize() * longest;
        // Weights, gradients, two moments of Adam, the best weights; what the JVM and the libraries hold.
        return step + 4L * 5 * totalParameters() + (64L << 20);
    }

    /** Seconds of an epoch of training steps on this machine, from a calibration of some tenths of a second. */
    public double secondsPerEpoch() {
        double frames = clips * length;
        double work = (TtPlan.of(config.trainShape()).multiplyAdds() + recurrentParameters()) * (1 + BACKWARD);
        return frames * work / (multiplyAddsPerSecond() * Parallel.threads() * REACHED);
    }

    /**
     * Speed of one thread in a small matrix product. The first second of a process tells nothing: the JVM has yet to
     * compile the kernels; so this goes on until nothing has got faster for a while.
     */
    static double multiplyAddsPerSecond() {
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
        while (System.nanoTime() - improved < STEADY_NANOS && System.nanoTime() - begun < LONGEST_NANOS) {
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
