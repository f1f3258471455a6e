package ttrnn.tt;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowSplits;

/**
 * Adds up the gradients of pieces: within each sequence in order, then each sum, turned into gradients of the cores, sequence
 * by sequence. Pieces come in their order, some at a time; how many does not change the sums.
 */
final class TtGradientSum {
    private final TtFactors factors;
    private final Buffers buffers;
    /** Of the cores, by sequence; null for sequences without rows. */
    private final float[] @Nullable [][] bySequence;
    /** Of the sequence whose pieces may go on. */
    private @Nullable TtGradient open;

    private int openSequence = -1;

    TtGradientSum(TtFactors factors, int sequences, Buffers buffers) {
        this.factors = factors;
        this.buffers = buffers;
        this.bySequence = new float[sequences][][];
    }

    /** Adds the gradients of {@code pieces} from {@code first} on, as many as there are parts. */
    void add(RowSplits.Piece[] pieces, int first, TtGradient[] parts) {
        int[] starts = starts(pieces, first, parts.length);
        TtGradient[] sums = new TtGradient[starts.length - 1];
        Parallel.forEach(sums.length, i -> {
            int from = starts[i];
            boolean goesOn = pieces[first + from].sequence() == openSequence;
            TtGradient sum = goesOn && open != null ? open : parts[from];
            for (int n = goesOn ? from : from + 1; n < starts[i + 1]; n++) {
                sum.add(parts[n]);
                parts[n].giveBack(buffers);
            }
            sums[i] = sum;
        });
        if (open != null && pieces[first].sequence() != openSequence) {
            close(openSequence, open);
        }
        // All but the last are complete.
        Parallel.forEach(sums.length - 1, i -> close(pieces[first + starts[i]].sequence(), sums[i]));
        open = sums[sums.length - 1];
        openSequence = pieces[first + parts.length - 1].sequence();
    }

    /** Where the pieces of each sequence begin, and the end. */
    private static int[] starts(RowSplits.Piece[] pieces, int first, int count) {
        int[] starts = new int[count + 1];
        int sequences = 0;
        for (int n = 0; n < count; n++) {
            if (n == 0 || pieces[first + n].sequence() != pieces[first + n - 1].sequence()) {
                starts[sequences++] = n;
            }
        }
        int[] used = Arrays.copyOf(starts, sequences + 1);
        used[sequences] = count;
        return used;
    }

    private void close(int sequence, TtGradient sum) {
        bySequence[sequence] = factors.coreGradients(sum, buffers);
        sum.giveBack(buffers);
    }

    /** Hands the sums over to the cores. */
    void accumulate(List<Variable> cores) {
        if (open != null) {
            close(openSequence, open);
        }
        for (int k = 0; k < cores.size(); k++) {
            float[] sum = new float[cores.get(k).data().length];
            for (float[][] gradients : bySequence) {
                if (gradients != null) {
                    Kernels.get().add(sum.length, gradients[k], 0, sum, 0);
                }
            }
            cores.get(k).accumulate(sum);
        }
    }
}
