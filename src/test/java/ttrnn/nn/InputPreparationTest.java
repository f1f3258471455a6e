package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Tape;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

class InputPreparationTest {
    private static final int WIDTH = 6;
    private static final int HEIGHT = 4;
    private static final int SIZE = 3 * WIDTH * HEIGHT;
    private static final Tensor MEAN = Tensors.normal(1, 50.0, SIZE);
    private static final Tensor DEVIATION = Tensor.of(new float[] {32}, 1);
    private static final RowSplits SPLITS = RowSplits.ofLengths(2, 0, 3);

    private static InputPreparation preparation(int patch, Tensor mean, Tensor deviation) {
        return new InputPreparation(WIDTH, HEIGHT, patch, 1, 0.5, mean, deviation);
    }

    /** Two frames whose values are their places. */
    private static float[] counted() {
        float[] values = new float[2 * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void patchesAreReadRowByRowAndSoAreTheirPixels() {
        float[] target = new float[2 * SIZE];
        preparation(2, null, null).order(counted(), target, SIZE);
        assertThat(Arrays.copyOf(target, SIZE)).containsOnly(0);
        // The first two patches of 2 x 2 pixels, and the last.
        assertThat(Arrays.copyOfRange(target, SIZE, SIZE + 24))
                .containsExactly(
                        72, 73, 74, 75, 76, 77, 90, 91, 92, 93, 94, 95, 78, 79, 80, 81, 82, 83, 96, 97, 98, 99, 100,
                        101);
        assertThat(Arrays.copyOfRange(target, 2 * SIZE - 12, 2 * SIZE))
                .containsExactly(120, 121, 122, 123, 124, 125, 138, 139, 140, 141, 142, 143);
        preparation(0, null, null).order(counted(), target, SIZE);
        assertSameBits(target, withZeros(counted()), "order without patches");
    }

    private static float[] withZeros(float[] values) {
        Arrays.fill(values, 0, SIZE, 0);
        return values;
    }

    @Test
    void aMirrorTurnsTheLinesAndLeavesTheColours() {
        float[] frames = counted();
        preparation(0, null, null).mirror(frames, SIZE);
        assertThat(Arrays.copyOf(frames, SIZE)).containsExactly(Arrays.copyOf(counted(), SIZE));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(frames[SIZE + 3 * (y * WIDTH + x) + c])
                            .isEqualTo(SIZE + 3 * (y * WIDTH + WIDTH - 1 - x) + c);
                }
            }
        }
    }

    /** (byte - mean) 64 / deviation, where a row has (byte - 128) 0.5. */
    @Test
    void valuesAreStandardised() {
        float[] rows = new float[2 * SIZE];
        Arrays.fill(rows, 8);
        preparation(0, MEAN, DEVIATION).standardize(rows, SIZE);
        assertThat(rows[SIZE - 1]).isEqualTo(8);
        for (int j = 0; j < SIZE; j++) {
            assertThat(rows[SIZE + j]).isEqualTo((8 - (MEAN.data()[j] - 128) * 0.5f) * 2);
        }
        Arrays.fill(rows, 8);
        preparation(0, null, DEVIATION).standardize(rows, SIZE);
        assertThat(rows).startsWith(8, 8).endsWith(16, 16);
        assertThat(rows[SIZE - 1]).isEqualTo(8);
        assertThat(rows[SIZE]).isEqualTo(16);
        Arrays.fill(rows, 8);
        preparation(0, null, null).standardize(rows, SIZE);
        assertThat(rows).containsOnly(8);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "2, false", "2, true"})
    void asAnOperationItIsWhatItIsOfLoadedRows(int patch, boolean mirrored) {
        InputPreparation preparation = preparation(patch, MEAN, DEVIATION);
        Tensor x = Tensors.normal(3, 40.0, SPLITS.rows(), SIZE);
        PreparedRows rows = new PreparedRows(RowSource.of(x, SPLITS), preparation, mirrored);
        assertThat(rows.splits()).isEqualTo(SPLITS);
        assertThat(rows.columns()).isEqualTo(SIZE);
        float[] all = new float[SPLITS.rows() * SIZE];
        rows.load(0, SPLITS.rows(), all);
        float[] result =
                preparation.apply(Tape.withoutGradients().leaf(x), mirrored).data();
        assertSameBits(result, all, "prepared rows");
        // A few first, then more than fit into the array that was used for them.
        PreparedRows again = new PreparedRows(RowSource.of(x, SPLITS), preparation, mirrored);
        for (int[] place : new int[][] {{4, 1}, {1, 3}, {0, 2}}) {
            float[] some = new float[place[1] * SIZE];
            again.load(place[0], place[1], some);
            assertSameBits(
                    some,
                    Arrays.copyOfRange(all, place[0] * SIZE, (place[0] + place[1]) * SIZE),
                    "rows from " + place[0]);
        }
        float[] expected = x.data().clone();
        float[] ordered = new float[expected.length];
        for (int row = 0; row < SPLITS.rows(); row++) {
            if (mirrored) {
                preparation.mirror(expected, row * SIZE);
            }
            preparation.order(expected, ordered, row * SIZE);
            preparation.standardize(ordered, row * SIZE);
        }
        assertSameBits(all, ordered, "parts one after the other");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "2, true"})
    void itsGradientMatchesFiniteDifferences(int patch, boolean mirrored) {
        InputPreparation preparation = preparation(patch, MEAN, DEVIATION);
        GradientCheck.of(v -> preparation.apply(v.get(0), mirrored))
                .inputs(Tensors.normal(3, 2, SIZE))
                .run()
                .assertPassed();
    }

    @Test
    void whatWasLearntHasItsNamesInModelFiles() {
        assertThat(preparation(2, MEAN, DEVIATION).tensors())
                .containsExactly(Map.entry("input.deviation", DEVIATION), Map.entry("input.mean", MEAN));
        assertThat(preparation(2, MEAN, null).tensors()).containsOnlyKeys("input.mean");
        assertThat(preparation(0, null, DEVIATION).tensors()).containsOnlyKeys("input.deviation");
        assertThat(preparation(0, null, null).tensors()).isEmpty();
        assertThat(preparation(0, null, null).isNone()).isTrue();
        assertThat(preparation(2, null, null).isNone()).isFalse();
        assertThat(preparation(0, MEAN, null).isNone()).isFalse();
        assertThat(preparation(0, null, DEVIATION).isNone()).isFalse();
        assertThat(preparation(1, null, null).changesOrder()).isTrue();
        assertThat(preparation(0, null, null).changesOrder()).isFalse();
    }

    @Test
    void whatDoesNotFitTheFramesIsNamed() {
        for (int patch : new int[] {-1, 3, 4}) {
            assertThatThrownBy(() -> preparation(patch, null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("patch: frames of 6x4 cannot be cut into patches of " + patch + "x" + patch
                            + "; choose a divisor of both, or 0");
        }
        assertThatThrownBy(() -> preparation(0, Tensor.zeros(SIZE + 1), null))
                .hasMessage("model: input.mean must have 72 values, one for each of a frame, got [73]");
        for (float deviation : new float[] {0, -1, Float.NaN}) {
            assertThatThrownBy(() -> preparation(0, null, Tensor.of(new float[] {deviation}, 1)))
                    .hasMessage("model: input.deviation must be one number above 0");
        }
        assertThatThrownBy(() -> preparation(0, null, Tensor.of(new float[] {1, 1}, 2)))
                .hasMessage("model: input.deviation must be one number above 0");
    }
}
