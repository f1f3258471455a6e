package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.testing.FloatAssert;

class ParallelTest {
    private final int threadsBefore = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threadsBefore);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyIndexRunsOnce(int threads) {
        Parallel.setThreads(threads);
        assertThat(Parallel.threads()).isEqualTo(threads);
        for (int count : new int[] {0, 1, 2, 3, 7, 64, 1000}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(count);
            Parallel.forEach(count, runs::incrementAndGet);
            for (int i = 0; i < count; i++) {
                assertThat(runs.get(i)).as("index %d of %d", i, count).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void whatTheFirstFailingTaskThrowsIsThrown(int threads) {
        Parallel.setThreads(threads);
        for (int repetition = 0; repetition < 20; repetition++) {
            assertThatThrownBy(() -> Parallel.forEach(100, i -> {
                        if (i % 10 == 7) {
                            throw new IllegalArgumentException("clip " + i);
                        }
                    }))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("clip 7");
        }
    }

    @Test
    void errorsAreThrownAsWell() {
        Parallel.setThreads(2);
        assertThatThrownBy(() -> Parallel.forEach(4, i -> {
                    throw new AssertionError("task " + i);
                }))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("task 0");
    }

    @Test
    void theThreadsAreUsableAfterAnException() {
        Parallel.setThreads(2);
        assertThatThrownBy(() -> Parallel.forEach(9, i -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        everyIndexRunsOnce(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tasksMayUseItThemselves(int threads) {
        Parallel.setThreads(threads);
        AtomicInteger runs = new AtomicInteger();
        Parallel.forEach(5, i -> Parallel.forEach(7, j -> Parallel.forEach(2, k -> runs.incrementAndGet())));
        assertThat(runs).hasValue(70);
    }

    @Test
    void itMayBeUsedFromSeveralThreadsAtOnce() throws InterruptedException {
        Parallel.setThreads(2);
        AtomicInteger runs = new AtomicInteger();
        Thread[] callers = new Thread[4];
        for (int n = 0; n < callers.length; n++) {
            callers[n] = new Thread(() -> {
                for (int repetition = 0; repetition < 50; repetition++) {
                    Parallel.forEach(20, i -> runs.incrementAndGet());
                }
            });
            callers[n].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(runs).hasValue(4 * 50 * 20);
    }

    @Test
    void changingTheThreadsInTheMiddleLosesNoWork() {
        Parallel.setThreads(2);
        AtomicInteger runs = new AtomicInteger();
        Parallel.forEach(6, i -> {
            Parallel.setThreads(2 + i % 2);
            Parallel.forEach(10, j -> runs.incrementAndGet());
        });
        assertThat(runs).hasValue(60);
    }

    @Test
    void theSumOfPartsDoesNotDependOnTheThreads() {
        float[] expected = null;
        for (int threads : new int[] {1, 2, 5}) {
            Parallel.setThreads(threads);
            float[] parts = new float[33];
            Parallel.forEach(33, i -> {
                for (int j = 1; j < 100; j++) {
                    parts[i] += 1f / (i + j);
                }
            });
            float[] sum = {Kernels.get().sum(33, parts, 0)};
            expected = expected == null ? sum : expected;
            FloatAssert.assertSameBits(sum, expected, threads + " threads");
        }
    }

    @Test
    void lessThanOneThreadIsAnError() {
        assertThatThrownBy(() -> Parallel.setThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parallel: at least one thread is needed, got 0");
    }
}
