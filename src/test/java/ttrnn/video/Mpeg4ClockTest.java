package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Mpeg4ClockTest {
    @Test
    void aPictureBetweenTwoReferencesGetsItsShareOfTheirDistance() {
        Mpeg4Clock clock = new Mpeg4Clock();
        clock.reference(0, 0, 25);
        clock.reference(0, 3, 25);

        assertThat(clock.between(0, 1, 25)).isEqualTo(Mpeg4Clock.TICKS / 3);
        assertThat(clock.between(0, 2, 25)).isEqualTo(2 * Mpeg4Clock.TICKS / 3);
        assertThat(clock.gapBeforeReference()).isEqualTo(1);
    }

    @Test
    void secondsCountFromTheReferenceBefore() {
        Mpeg4Clock clock = new Mpeg4Clock();
        clock.reference(0, 23, 25);
        clock.reference(1, 2, 25);

        assertThat(clock.gapBeforeReference()).isEqualTo(4);
        assertThat(clock.between(0, 24, 25)).isEqualTo(Mpeg4Clock.TICKS / 4);
        assertThat(clock.between(1, 1, 25)).isEqualTo(3 * Mpeg4Clock.TICKS / 4);
    }

    @Test
    void aTimeOutsideIsTakenAsTheMiddle() {
        Mpeg4Clock clock = new Mpeg4Clock();
        clock.reference(0, 5, 25);
        clock.reference(0, 6, 25);

        assertThat(clock.between(0, 9, 25)).isEqualTo(Mpeg4Clock.TICKS / 2);
    }
}
