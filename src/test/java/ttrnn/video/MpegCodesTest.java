package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MpegCodesTest {
    private static int coefficient(int[] codes, String bits) {
        String rest = "0".repeat(64 - bits.length());
        return codes[MpegCodes.place(Long.parseUnsignedLong(bits + rest, 2))];
    }

    @Test
    void coefficientsAreThoseOfTheStandardsTables() {
        // Table B.14: run 0 level 1, run 1 level 1, run 0 level 40, run 31 level 1.
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "11")).isEqualTo((1 << 5) | 2);
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "011")).isEqualTo((((1 << 6) | 1) << 5) | 3);
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "000000000010000")).isEqualTo((40 << 5) | 15);
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "0000000000011011")).isEqualTo((((31 << 6) | 1) << 5) | 16);
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "10") >> 5).isEqualTo(MpegCodes.END);
        // Table B.15.
        assertThat(coefficient(MpegCodes.INTRA_COEFFICIENTS, "10")).isEqualTo((1 << 5) | 2);
        assertThat(coefficient(MpegCodes.INTRA_COEFFICIENTS, "0110") >> 5).isEqualTo(MpegCodes.END);
        assertThat(coefficient(MpegCodes.INTRA_COEFFICIENTS, "000001") >> 5).isEqualTo(MpegCodes.ESCAPE);
    }

    @Test
    void codesThatLookLikeTheBeginningOfAStartCodeAreNone() {
        assertThat(coefficient(MpegCodes.COEFFICIENTS, "0000000000001111")).isZero();
        assertThat(coefficient(MpegCodes.INTRA_COEFFICIENTS, "0")).isZero();
        assertThat(MpegCodes.INCREMENTS[0]).isZero();
        assertThat(MpegCodes.VECTORS[0]).isZero();
        assertThat(MpegCodes.PATTERNS[0]).isZero();
    }

    @Test
    void allPatternsHaveACode() {
        long values = Arrays.stream(MpegCodes.PATTERNS)
                .filter(entry -> entry != 0)
                .map(entry -> entry >> 5)
                .distinct()
                .count();
        assertThat(values).isEqualTo(64);
    }
}
