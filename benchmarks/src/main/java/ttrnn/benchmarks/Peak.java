package ttrnn.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many fused multiply-adds a second this machine makes at most, measured: a loop of twelve independent chains of vectors in
 * registers, nothing loaded, nothing stored. Each FMA of a lane counts as two operations.
 */
final class Peak {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int TURNS = 4_000_000;
    private static final int ROUNDS = 7;

    private Peak() {}

    /** The best of some rounds with {@code threads} threads, in GFLOP/s of all of them together. */
    static double gigaflops(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.max(best, round(pool, threads));
            }
            return best;
        } catch (Exception e) {
            throw new IllegalStateException("peak: " + e.getMessage(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The same of this thread by its processor time. */
    static double processorGigaflops() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            float sum = chains(TURNS, 1e-7f);
            double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
            if (sum > 0) {
                best = Math.max(best, 2.0 * TURNS * CHAINS * LANES.length() / seconds / 1e9);
            }
        }
        return best;
    }

    private static double round(ExecutorService pool, int threads) throws Exception {
        Callable<Float> work = () -> chains(TURNS, 1e-7f);
        long start = System.nanoTime();
        for (Future<Float> result : pool.invokeAll(
                IntStream.range(0, threads).mapToObj(i -> work).toList())) {
            // Each chain adds 1e-7 * 1 to 1, TURNS times, rounded: between 1 and 1 + 2 TURNS 1e-7.
            float sum = result.get() / (CHAINS * LANES.length());
            if (!(sum >= 1 && sum < 2)) {
                throw new IllegalStateException("the loop gave " + sum);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return 2.0 * threads * TURNS * CHAINS * LANES.length() / seconds / 1e9;
    }

    private static float chains(int turns, float step) {
        FloatVector x = FloatVector.broadcast(LANES, step);
        FloatVector one = FloatVector.broadcast(LANES, 1);
        FloatVector a = one;
        FloatVector b = one;
        FloatVector c = one;
        FloatVector d = one;
        FloatVector e = one;
        FloatVector f = one;
        FloatVector g = one;
        FloatVector h = one;
        FloatVector i = one;
        FloatVector j = one;
        FloatVector k = one;
        FloatVector l = one;
        for (int turn = 0; turn < turns; turn++) {
            a = x.fma(one, a);
            b = x.fma(one, b);
            c = x.fma(one, c);
            d = x.fma(one, d);
            e = x.fma(one, e);
            f = x.fma(one, f);
            g = x.fma(one, g);
            h = x.fma(one, h);
            i = x.fma(one, i);
            j = x.fma(one, j);
            k = x.fma(one, k);
            l = x.fma(one, l);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
        float total = 0;
        for (float lane : sum.toArray()) {
            total += lane;
        }
        return total;
    }
}
