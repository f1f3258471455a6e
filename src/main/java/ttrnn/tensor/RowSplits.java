package ttrnn.tensor;

import java.util.Arrays;

/**
 * Where the sequences of a batch begin and end when their steps stand one after the other as the rows of a matrix:
 * sequence b has rows {@code start(b)} … {@code start(b + 1) - 1}. Sequences keep their real lengths; nothing is padded.
 */
public final class RowSplits {
    private final int[] starts;

    private RowSplits(int[] starts) {
        this.starts = starts;
    }

    /** Sequences of these lengths, one after the other. */
    public static RowSplits ofLengths(int... lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int b = 0; b < lengths.length; b++) {
            if (lengths[b] < 0) {
                throw new IllegalArgumentException("row splits: a negative length in " + Arrays.toString(lengths));
            }
            if (lengths[b] > Integer.MAX_VALUE - starts[b]) {
                throw new IllegalArgumentException(
                        "row splits: more than 2^31 - 1 rows in " + Arrays.toString(lengths));
            }
            starts[b + 1] = starts[b] + lengths[b];
        }
        return new RowSplits(starts);
    }

    /** Number of sequences. */
    public int count() {
        return starts.length - 1;
    }

    /** Rows of all sequences. */
    public int rows() {
        return starts[starts.length - 1];
    }

    /** First row of a sequence; {@code start(count())} is {@link #rows()}. */
    public int start(int sequence) {
        return starts[sequence];
    }

    /** Rows of a sequence. */
    public int length(int sequence) {
        return starts[sequence + 1] - starts[sequence];
    }

    /** Index of each sequence's last row, -1 for one of length 0. */
    public int[] lastRows() {
        int[] last = new int[count()];
        for (int b = 0; b < last.length; b++) {
            last[b] = length(b) == 0 ? -1 : starts[b + 1] - 1;
        }
        return last;
    }

    /**
     * Cuts the sequences into pieces of at most {@code length} rows, each within one sequence; a function of the lengths
     * alone, so that sums over pieces do not depend on the number of threads.
     */
    public Piece[] pieces(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("row splits: pieces of " + length + " rows; at least 1 is needed");
        }
        int count = 0;
        for (int b = 0; b < count(); b++) {
            count += (length(b) + length - 1) / length;
        }
        Piece[] pieces = new Piece[count];
        int at = 0;
        for (int b = 0; b < count(); b++) {
            for (int from = starts[b]; from < starts[b + 1]; from += length) {
                pieces[at++] = new Piece(b, from, Math.min(from + length, starts[b + 1]));
            }
        }
        return pieces;
    }

    /** Rows {@code from} … {@code to - 1}, all of one sequence. */
    public record Piece(int sequence, int from, int to) {}
}
