package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.FrameSequence;

class ReadAheadTest {
    /** A clip of one frame that takes {@code millis} to be read ahead. */
    private static Example clip(int megabytes, int millis, AtomicInteger read, CountDownLatch done) {
        FrameSequence frames = new FrameSequence() {
            @Override
            public int length() {
                return 1;
            }

            @Override
            public int frameSize() {
                return megabytes << 20;
            }

            @Override
            public void read(int first, int count, byte[] target, int offset) {
                throw new AssertionError("not asked for");
            }

            @Override
            public void readAhead() {
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                read.incrementAndGet();
                done.countDown();
            }
        };
        return new Example("clip", frames, 0);
    }

    @Test
    void clipsThatComeSlowlyAreAllReadAndCachedOnesAreLeftAlone() throws InterruptedException {
        AtomicInteger slow = new AtomicInteger();
        AtomicInteger fast = new AtomicInteger();
        AtomicInteger last = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch unused = new CountDownLatch(9);
        try (ReadAhead ahead = new ReadAhead()) {
            ahead.of(List.of(clip(2, 5, slow, unused), clip(2, 5, slow, unused), clip(2, 5, slow, unused)));
            ahead.of(List.of(clip(2047, 0, fast, unused), clip(2047, 0, fast, unused)));
            ahead.of(List.of(clip(2, 5, last, end)));
            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(slow).hasValue(3);
        assertThat(last).hasValue(1);
        assertThat(fast).hasValue(1);
    }
}
