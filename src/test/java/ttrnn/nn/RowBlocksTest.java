package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowBlock;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

/** A part of the rows, in either layout, is what loading the rows gives. */
class RowBlocksTest {
    /** Frames of 4 x 3 pixels. */
    private static final int COLUMNS = 36;

    private static final int[] LENGTHS = {3, 0, 5, 2};
    private static final RowSplits SPLITS = RowSplits.ofLengths(LENGTHS);

    private static RowSource frames() {
        byte[] data = new byte[SPLITS.rows() * COLUMNS];
        Rng rng = new Rng(1);
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) rng.nextInt(256);
        }
        return new FrameRows(
                IntStream.range(0, SPLITS.count())
                        .mapToObj(b -> FrameSequence.of(
                                Arrays.copyOfRange(data, SPLITS.start(b) * COLUMNS, SPLITS.start(b + 1) * COLUMNS),
                                LENGTHS[b],
                                COLUMNS))
                        .toList(),
                0.25f);
    }

    private static RowSource matrix() {
        return RowSource.of(Tensors.normal(2, SPLITS.rows(), COLUMNS), SPLITS);
    }

    private static RowSource masked(RowSource rows) {
        return new MaskedRows(rows, Tensors.normal(3, SPLITS.count(), COLUMNS).data());
    }

    private static RowSource prepared(int patch, boolean mirrored) {
        Tensor mean = Tensors.normal(4, 30.0, COLUMNS);
        Tensor deviation = Tensor.of(new float[] {40}, 1);
        return new PreparedRows(frames(), new InputPreparation(4, 3, patch, 1, 0.25, mean, deviation), mirrored);
    }

    private static Map<String, RowSource> sources() {
        Map<String, RowSource> sources = new LinkedHashMap<>();
        sources.put("frames", frames());
        sources.put("matrix", matrix());
        sources.put("masked frames", masked(frames()));
        sources.put("masked matrix", masked(matrix()));
        sources.put("prepared frames", prepared(0, false));
        sources.put("mirrored patches", prepared(1, true));
        return sources;
    }

    static Set<String> names() {
        return sources().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void columnsAndRowsOfABlockAreThoseThatAreLoaded(String name) {
        RowSource source = sources().get(name);
        Buffers buffers = new Buffers();
        for (int[] place : new int[][] {{0, 3}, {1, 2}, {3, 5}, {5, 1}, {8, 2}}) {
            for (int parts : new int[] {1, 3}) {
                int rows = place[1] * parts;
                int row = COLUMNS / parts;
                float[] loaded = new float[place[1] * COLUMNS];
                source.load(place[0], place[1], loaded);
                // Twice, so that the second block finds what the first has left in its buffers.
                for (int time = 0; time < 2; time++) {
                    try (RowBlock block = source.block(place[0], place[1], parts, buffers)) {
                        for (int from : new int[] {0, 2, row - 5}) {
                            String what = name + ", rows from " + place[0] + ", " + parts + " parts, from " + from;
                            assertColumns(block, loaded, rows, row, from, what);
                            assertRows(block, loaded, rows, row, from, what);
                        }
                    }
                }
            }
        }
    }

    private static void assertColumns(RowBlock block, float[] loaded, int rows, int row, int from, String what) {
        int width = 5;
        for (int lanes : new int[] {rows, rows + 3}) {
            float[] target = new float[width * lanes];
            Arrays.fill(target, Float.NaN);
            block.columns(from, width, target, lanes);
            float[] expected = new float[width * lanes];
            for (int c = 0; c < width; c++) {
                for (int i = 0; i < rows; i++) {
                    expected[c * lanes + i] = loaded[i * row + from + c];
                }
            }
            assertSameBits(target, expected, what + ", columns in " + lanes + " lanes");
        }
    }

    private static void assertRows(RowBlock block, float[] loaded, int rows, int row, int from, String what) {
        int width = 5;
        int stride = 16;
        float[] target = new float[rows * stride];
        Arrays.fill(target, Float.NaN);
        block.rows(from, width, target, stride);
        for (int i = 0; i < rows; i++) {
            assertSameBits(
                    Arrays.copyOfRange(target, i * stride, i * stride + width),
                    Arrays.copyOfRange(loaded, i * row + from, i * row + from + width),
                    what + ", row " + i);
        }
    }

    @Test
    void aClosedBlockGivesItsMemoryBack() {
        Buffers buffers = new Buffers();
        masked(frames()).block(0, 2, 1, buffers).close();
        byte[] bytes = buffers.takeBytes(2 * COLUMNS + 16);
        // Zeros would mean that the array is a new one.
        byte[] unused = new byte[bytes.length];
        assertThat(bytes).isNotEqualTo(unused);
    }

    @Test
    void masksAreOfTheSequenceARowBelongsTo() {
        Tensor ones = Tensor.zeros(SPLITS.rows(), 2);
        Arrays.fill(ones.data(), 1);
        float[] masks = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] target = new float[6];
        new MaskedRows(RowSource.of(ones, SPLITS), masks).load(2, 3, target);
        assertThat(target).containsExactly(1, 2, 5, 6, 5, 6);
    }

    @Test
    void theMasksOfASequenceDoNotDependOnTheBatch() {
        DropoutMasks all = new DropoutMasks(List.of(new Rng(1), new Rng(2), new Rng(3)));
        float[] masks = all.draw("rnn.input", 40, 0.25f);
        for (int b = 0; b < 3; b++) {
            float[] own = new DropoutMasks(List.of(new Rng(1 + b))).draw("rnn.input", 40, 0.25f);
            assertSameBits(Arrays.copyOfRange(masks, 40 * b, 40 * (b + 1)), own, "masks of sequence " + b);
        }
        assertThat(masks).containsOnly(0, 1 / 0.75f).contains(0, 1 / 0.75f);
        assertThat(all.draw("rnn.recurrent", 40, 0.25f)).isNotEqualTo(masks);
    }
}
