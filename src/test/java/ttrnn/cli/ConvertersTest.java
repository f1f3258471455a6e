package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.OnBadClip;

class ConvertersTest {
    @Test
    void aSizeIsWidthThenHeight() {
        assertThat(new SizeConverter().convert("160x120")).isEqualTo(new FrameSize(160, 120));
        assertThat(new SizeConverter().convert("1X4096")).hasToString("1x4096");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "160", "160x", "x120", "160*120", "160x120x3", "-160x120", "1e2x100", "9999999999x1"})
    void whatIsNoSizeIsTold(String value) {
        assertThatThrownBy(() -> new SizeConverter().convert(value))
                .hasMessage("'" + value + "' is not WIDTHxHEIGHT in pixels, such as 160x120");
    }

    @Test
    void aSideOutOfRangeIsTold() {
        assertThatThrownBy(() -> new SizeConverter().convert("160x5000"))
                .hasMessage("'160x5000' has a side of 5000 pixels; give 1 to 4096, such as 160x120");
    }

    @Test
    void everyChoiceForBadClipsHasItsName() {
        for (OnBadClip choice : OnBadClip.values()) {
            assertThat(new OnBadClipConverter().convert(choice.option())).isEqualTo(choice);
        }
        assertThat(new OnBadClipConverter()).containsExactly("fail", "skip", "keep-readable");
    }
}
