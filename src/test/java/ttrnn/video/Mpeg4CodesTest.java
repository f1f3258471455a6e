package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Mpeg4CodesTest {
    /** Entries that begin no code, of all that a table has. */
    private static long free(int[] table) {
        return java.util.Arrays.stream(table).filter(entry -> entry == 0).count();
    }

    @Test
    void tablesLeaveOutWhatTheStandardLeavesOut() {
        // Codes that begin with many zeros announce start codes: 9 zeros of 12 bits and so on.
        assertThat(free(Mpeg4Codes.INTRA_COEFFICIENTS))
                .isEqualTo(free(Mpeg4Codes.INTER_COEFFICIENTS))
                .isEqualTo(8);
        assertThat(free(Mpeg4Codes.KINDS)).isEqualTo(1);
        assertThat(free(Mpeg4Codes.PATTERNS)).isEqualTo(2);
        assertThat(free(Mpeg4Codes.VECTORS)).isEqualTo(2);
    }

    @Test
    void escapesBeginWhereTheTablesEnd() {
        assertThat(Mpeg4Codes.INTRA_LEVELS[0]).isEqualTo(27);
        assertThat(Mpeg4Codes.INTRA_RUNS[1]).isEqualTo(14);
        assertThat(Mpeg4Codes.INTER_LEVELS[0]).isEqualTo(12);
        assertThat(Mpeg4Codes.INTER_RUNS[1]).isEqualTo(26);
        assertThat(Mpeg4Codes.INTER_RUNS[1 << 6 | 1]).isEqualTo(40);
        assertThat(Mpeg4Codes.INTER_LEVELS[1 << 6]).isEqualTo(3);
    }
}
