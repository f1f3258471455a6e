package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final List<String> ends = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Interruption interruption =
            new Interruption(code -> ends.add("end " + code), code -> ends.add("halt " + code), nanos::get);

    @Test
    void withoutAHoldTheProcessEnds() {
        interruption.request(ExitCode.TERMINATED);
        assertThat(ends).containsExactly("end TERMINATED");
    }

    @Test
    void withinAHoldItIsAFlagAndTheSecondWishEndsAtOnce() {
        try (Interruption.Hold hold = interruption.hold()) {
            assertThat(interruption.requested()).isFalse();
            interruption.request(ExitCode.INTERRUPTED);
            nanos.addAndGet(100_000_000L);
            interruption.request(ExitCode.TERMINATED); // the same Ctrl-C, forwarded
            assertThat(interruption.requested()).isTrue();
            assertThat(interruption.exception("saved").code()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(ends).isEmpty();
            nanos.addAndGet(1_000_000_000L);
            interruption.request(ExitCode.INTERRUPTED);
            assertThat(ends).containsExactly("halt INTERRUPTED");
        }
    }

    @Test
    void afterTheHoldTheProcessEndsAgain() {
        interruption.hold().close();
        interruption.request(ExitCode.INTERRUPTED);
        assertThat(ends).containsExactly("end INTERRUPTED");
    }

    @Test
    void theFirstWishStopsWorkThatDoesNotLookAtTheFlag() {
        List<String> stops = new ArrayList<>();
        interruption.hold(() -> stops.add("closed before")).close();
        try (Interruption.Hold outer = interruption.hold()) {
            interruption.hold(() -> stops.add("stop"));
            interruption.request(ExitCode.INTERRUPTED);
            assertThat(stops).containsExactly("stop");
            interruption.hold(() -> stops.add("begun too late"));
            assertThat(stops).containsExactly("stop", "begun too late");
            assertThat(ends).isEmpty();
        }
    }
}
