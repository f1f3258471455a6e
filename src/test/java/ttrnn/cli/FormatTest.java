package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
    @Test
    void bytesHaveThreeDigits() {
        assertThat(Format.bytes(0)).isEqualTo("0 bytes");
        assertThat(Format.bytes(999)).isEqualTo("999 bytes");
        assertThat(Format.bytes(1023)).isEqualTo("1.00 kB");
        assertThat(Format.bytes(512L << 20)).isEqualTo("512 MB");
        assertThat(Format.bytes(Long.MAX_VALUE)).endsWith(" TB");
    }

    @Test
    void durationsTurnIntoAClock() {
        assertThat(Format.duration(0.123)).isEqualTo("0.12 s");
        assertThat(Format.duration(59.96)).isEqualTo("1:00");
        assertThat(Format.duration(3729)).isEqualTo("1:02:09");
        assertThat(Format.clock(9)).isEqualTo("0:09");
    }

    @Test
    void percentHasOneDecimal() {
        assertThat(Format.percent(0.8125)).isEqualTo("81.3 %");
    }
}
