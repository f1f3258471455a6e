package ttrnn.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.nn.FrameRows;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.FrameSequence;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtPlan;

/**
 * Times TT products of bytes by the processor time of one thread, which other work on the machine disturbs less than time on the
 * wall, and compares them with the peak of the same thread. Options: {@code --shape=ucf11} (again for more; all without),
 * {@code --rounds=24}; of the rounds the second half counts.
 */
final class ProductTimer {
    private static final int CLIPS = 2;
    private static final int FRAMES = 128;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProductTimer() {}

    static void main(Options options) {
        Parallel.setThreads(1);
        int rounds = options.whole("rounds", 24);
        double peak = Peak.processorGigaflops();
        System.out.printf(
                Locale.ROOT, "%s, Java %s, peak %.0f GFLOP/s%n", Kernels.describe(), Runtime.version(), peak);
        List<String> names = options.all("shape");
        List<Setups> setups = names.isEmpty()
                ? List.of(Setups.values())
                : names.stream().map(Setups::of).toList();
        for (Setups setup : setups) {
            time(setup, rounds, peak);
        }
    }

    private static void time(Setups setup, int rounds, double peak) {
        List<FrameSequence> clips = Setups.clips(CLIPS, CLIPS, FRAMES, setup.frameSize());
        TtMatrix matrix = setup.matrix();
        TtPlan plan = TtPlan.of(matrix.shape());
        Buffers buffers = new Buffers();
        double[] forward = new double[rounds];
        double[] backward = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Tape tape = Tape.recording(buffers);
            List<Variable> cores = new ArrayList<>();
            matrix.cores().forEach(core -> cores.add(tape.leaf(core)));
            long start = THREADS.getCurrentThreadCpuTime();
            Variable y = TtMatMul.product(tape, new FrameRows(clips, 1), plan, cores);
            forward[round] = micros(start);
            Variable loss = Reductions.sumOfSquares(y);
            start = THREADS.getCurrentThreadCpuTime();
            float[] gradient = tape.backward(loss).of(cores.get(0)).data();
            backward[round] = micros(start);
            if (!Float.isFinite(gradient[0])) {
                throw new IllegalStateException("the gradient is " + gradient[0]);
            }
        }
        double ahead = medianOfSecondHalf(forward);
        double back = medianOfSecondHalf(backward);
        double gigaflops = 2e-3 * (Work.forward(plan) + Work.backward(plan)) / (ahead + back);
        System.out.printf(
                Locale.ROOT,
                "%s: forward %.1f, backward %.1f us a frame; %.1f GFLOP/s, %.0f %% of the peak%n",
                matrix.shape(),
                ahead,
                back,
                gigaflops,
                100 * gigaflops / peak);
    }

    private static double micros(long start) {
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / (CLIPS * FRAMES);
    }

    private static double medianOfSecondHalf(double[] values) {
        double[] half = Arrays.copyOfRange(values, values.length / 2, values.length);
        Arrays.sort(half);
        return half[half.length / 2];
    }
}
