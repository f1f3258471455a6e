package ttrnn.nn;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Tensor;

/**
 * What is done to each frame, as a row of numbers, before a model sees it: its pixels in the order of patches, then y = (x -
 * shift) * factor.
 *
 * <p>In the order of patches a frame [height, width, 3] is [height / p, width / p, p, p, 3]: patches row by row, and the
 * pixels of each. A tensor train whose last mode is a patch then has, in its last core, filters that all patches share.
 */
public final class InputPreparation {
    /** The mean of each value of a frame, as a byte, in the order of the input. */
    public static final String MEAN = "input.mean";
    /** One number: the deviation of the bytes from their means. */
    public static final String DEVIATION = "input.deviation";

    private static final float MIDDLE = 128;
    /** What the deviation becomes, in bytes; see {@code Initializer.SCALED}. */
    private static final float TYPICAL = 64;

    private final int width;
    private final int height;
    private final int patch;
    private final int cell;
    private final @Nullable Tensor mean;
    private final @Nullable Tensor deviation;
    private final float[] shift;
    private final float factor;

    /**
     * A preparation.
     *
     * @param patch pixels along the side of a patch; 0 leaves the order as it is
     * @param cell pixels beside each other that keep their order in a mirror
     * @param scale of the rows: they are (byte - 128) * scale
     * @param mean [size] in the order of the input, or null for 128
     * @param deviation [1], or null to leave the scale as it is
     */
    public InputPreparation(
            int width,
            int height,
            int patch,
            int cell,
            double scale,
            @Nullable Tensor mean,
            @Nullable Tensor deviation) {
        int size = 3 * width * height;
        if (patch < 0 || (patch > 0 && (width % patch != 0 || height % patch != 0))) {
            throw new IllegalArgumentException("patch: frames of " + width + "x" + height
                    + " cannot be cut into patches of " + patch + "x" + patch + "; choose a divisor of both, or 0");
        }
        if (mean != null && mean.size() != size) {
            throw new IllegalArgumentException(
                    "model: " + MEAN + " must have " + size + " values, one for each of a frame, got " + mean.shape());
        }
        if (deviation != null && !(deviation.size() == 1 && deviation.data()[0] > 0)) {
            throw new IllegalArgumentException("model: " + DEVIATION + " must be one number above 0");
        }
        this.width = width;
        this.height = height;
        this.patch = patch;
        this.cell = cell;
        this.mean = mean;
        this.deviation = deviation;
        this.shift = new float[mean == null ? 0 : size];
        for (int j = 0; mean != null && j < size; j++) {
            shift[j] = (mean.data()[j] - MIDDLE) * (float) scale;
        }
        this.factor = deviation == null ? 1 : TYPICAL / deviation.data()[0];
    }

    boolean changesOrder() {
        return patch > 0;
    }

    /** Whether rows stay as they are. */
    public boolean isNone() {
        return patch == 0 && mean == null && deviation == null;
    }

    /** Writes a frame of {@code raster}, from {@code offset} on, to the same place of {@code target} in the input's order. */
    public void order(float[] raster, float[] target, int offset) {
        if (patch == 0) {
            System.arraycopy(raster, offset, target, offset, 3 * width * height);
            return;
        }
        int run = 3 * patch;
        int to = offset;
        for (int top = 0; top < height; top += patch) {
            for (int left = 0; left < width; left += patch) {
                for (int y = top; y < top + patch; y++) {
                    System.arraycopy(raster, offset + 3 * (y * width + left), target, to, run);
                    to += run;
                }
            }
        }
    }

    /** Turns a frame in raster order into its mirror image. */
    void mirror(float[] raster, int offset) {
        int bytes = 3 * cell;
        for (int y = 0; y < height; y++) {
            int left = offset + 3 * y * width;
            int right = left + 3 * width - bytes;
            for (; left < right; left += bytes, right -= bytes) {
                for (int c = 0; c < bytes; c++) {
                    float kept = raster[left + c];
                    raster[left + c] = raster[right + c];
                    raster[right + c] = kept;
                }
            }
        }
    }

    void standardize(float[] rows, int offset) {
        for (int j = 0; j < shift.length; j++) {
            rows[offset + j] = (rows[offset + j] - shift[j]) * factor;
        }
        if (shift.length == 0 && factor != 1) {
            for (int j = offset; j < offset + 3 * width * height; j++) {
                rows[j] *= factor;
            }
        }
    }

    /**
     * Rows prepared, as an operation: y_j = (x_{p(j)} - shift_j) factor, the mirrored frame if so wished. Shapes x, y [rows, size].
     * Gradient: dx_{p(j)} += dy_j factor.
     */
    Variable apply(Variable x, boolean mirrored) {
        int size = 3 * width * height;
        int[] places = places(mirrored);
        float[] y = new float[x.shape().size()];
        for (int row = 0; row < y.length; row += size) {
            for (int j = 0; j < size; j++) {
                y[row + j] = x.data()[row + places[j]];
            }
            standardize(y, row);
        }
        return x.tape()
                .record(
                        "inputPreparation",
                        x.shape(),
                        y,
                        dy -> {
                            float[] dx = new float[dy.length];
                            for (int row = 0; row < dy.length; row += size) {
                                for (int j = 0; j < size; j++) {
                                    dx[row + places[j]] = dy[row + j] * factor;
                                }
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    /** Where each value of the input lies in a frame in raster order. */
    private int[] places(boolean mirrored) {
        int size = 3 * width * height;
        float[] raster = new float[size]; // exact: a frame has far fewer than 2^24 values
        float[] ordered = new float[size];
        for (int j = 0; j < size; j++) {
            raster[j] = j;
        }
        if (mirrored) {
            mirror(raster, 0);
        }
        order(raster, ordered, 0);
        int[] places = new int[size];
        for (int j = 0; j < size; j++) {
            places[j] = (int) ordered[j];
        }
        return places;
    }

    /** What was learnt from the training clips, by its name in model files. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new TreeMap<>();
        if (mean != null) {
            tensors.put(MEAN, mean);
        }
        if (deviation != null) {
            tensors.put(DEVIATION, deviation);
        }
        return tensors;
    }
}
