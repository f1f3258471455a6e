package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowSplitsTest {
    @Test
    void sequencesStandOneAfterTheOther() {
        RowSplits splits = RowSplits.ofLengths(3, 0, 2);
        assertThat(splits.count()).isEqualTo(3);
        assertThat(splits.rows()).isEqualTo(5);
        assertThat(new int[] {splits.start(0), splits.start(1), splits.start(2), splits.start(3)})
                .containsExactly(0, 3, 3, 5);
        assertThat(new int[] {splits.length(0), splits.length(1), splits.length(2)})
                .containsExactly(3, 0, 2);
        assertThat(splits.lastRows()).containsExactly(2, -1, 4);
    }

    @Test
    void thereMayBeNoSequence() {
        RowSplits splits = RowSplits.ofLengths();
        assertThat(splits.count()).isZero();
        assertThat(splits.rows()).isZero();
        assertThat(splits.lastRows()).isEmpty();
        assertThat(splits.pieces(4)).isEmpty();
    }

    @Test
    void piecesLieWithinOneSequence() {
        assertThat(RowSplits.ofLengths(5, 0, 2, 4).pieces(2))
                .containsExactly(
                        new RowSplits.Piece(0, 0, 2),
                        new RowSplits.Piece(0, 2, 4),
                        new RowSplits.Piece(0, 4, 5),
                        new RowSplits.Piece(2, 5, 7),
                        new RowSplits.Piece(3, 7, 9),
                        new RowSplits.Piece(3, 9, 11));
    }

    @Test
    void aNegativeLengthIsAnError() {
        assertThatThrownBy(() -> RowSplits.ofLengths(3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row splits: a negative length in [3, -1]");
    }

    @Test
    void moreRowsThanAnIntCountsAreAnError() {
        assertThatThrownBy(() -> RowSplits.ofLengths(Integer.MAX_VALUE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row splits: more than 2^31 - 1 rows in [2147483647, 1]");
    }

    @Test
    void piecesNeedALength() {
        assertThatThrownBy(() -> RowSplits.ofLengths(3).pieces(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row splits: pieces of 0 rows; at least 1 is needed");
    }
}
