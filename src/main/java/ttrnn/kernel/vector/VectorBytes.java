package ttrnn.kernel.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Unsigned bytes made floats, {@code (x - shift) * scale}: in whole vectors, what is left over being the caller's. */
final class VectorBytes {
    /** Columns that are transposed at a time, the bytes of a long. */
    static final int COLUMNS = 8;

    private static final VectorSpecies<Float> FLOATS = VectorKernels.FLOATS;
    private static final VectorSpecies<Integer> INTS = VectorKernels.INTS;
    private static final int LANES = FLOATS.length();
    /** As many bytes as there are lanes, but at least the 8 of the smallest vector. */
    private static final VectorSpecies<Byte> BYTES = LANES >= 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Four columns of the rows, an int each, and the next four. */
    private static final ThreadLocal<int[]> QUADS = ThreadLocal.withInitial(() -> new int[0]);

    private VectorBytes() {}

    /** Converts the first elements and returns how many. */
    static int toFloats(int n, byte[] x, int xOffset, float shift, float scale, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - BYTES.length(); i += BYTES.length()) {
            ByteVector bytes = ByteVector.fromArray(BYTES, x, xOffset + i);
            for (int part = 0; part < BYTES.length() / LANES; part++) {
                IntVector ints = (IntVector) bytes.convertShape(VectorOperators.B2I, INTS, part);
                FloatVector floats = (FloatVector) ints.and(0xFF).convertShape(VectorOperators.I2F, FLOATS, 0);
                floats.sub(shift).mul(scale).intoArray(y, yOffset + i + part * LANES);
            }
        }
        return i;
    }

    /** The same for rows of which {@code columns} fill whole vectors of bytes. */
    static void toRows(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow) {
        int from = xOffset;
        int to = yOffset;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j += BYTES.length()) {
                ByteVector bytes = ByteVector.fromArray(BYTES, x, from + j);
                for (int part = 0; part < BYTES.length() / LANES; part++) {
                    IntVector ints = (IntVector) bytes.convertShape(VectorOperators.B2I, INTS, part);
                    FloatVector floats = (FloatVector) ints.and(0xFF).convertShape(VectorOperators.I2F, FLOATS, 0);
                    floats.sub(shift).mul(scale).intoArray(y, to + j + part * LANES);
                }
            }
            from += xRow;
            to += yRow;
        }
    }

    /** The first of so many columns that fill whole vectors of bytes. */
    static int whole(int columns) {
        return columns / BYTES.length() * BYTES.length();
    }

    /**
     * Transposes; {@code rows} fill whole vectors, and there are at least {@link #COLUMNS} columns. A long of eight columns is
     * taken from each row and halved; a vector of ints of four columns gives four vectors of results. The last eight columns
     * may in part be made twice.
     */
    static void toColumns(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow) {
        int[] quads = QUADS.get();
        if (quads.length < 2 * rows) {
            quads = new int[2 * rows];
            QUADS.set(quads);
        }
        for (int next = 0; next < columns; next += COLUMNS) {
            int j = Math.min(next, columns - COLUMNS);
            int from = xOffset + j;
            for (int i = 0; i < rows; i++) {
                long eight = (long) LONG.get(x, from);
                quads[i] = (int) eight;
                quads[rows + i] = (int) (eight >>> 32);
                from += xRow;
            }
            int to = yOffset + j * yRow;
            for (int half = 0; half < 2; half++) {
                for (int i = 0; i < rows; i += LANES) {
                    IntVector quad = IntVector.fromArray(INTS, quads, half * rows + i);
                    FloatVector y0 = (FloatVector) quad.and(0xFF).convertShape(VectorOperators.I2F, FLOATS, 0);
                    FloatVector y1 = (FloatVector) quad.lanewise(VectorOperators.LSHR, 8)
                            .and(0xFF)
                            .convertShape(VectorOperators.I2F, FLOATS, 0);
                    FloatVector y2 = (FloatVector) quad.lanewise(VectorOperators.LSHR, 16)
                            .and(0xFF)
                            .convertShape(VectorOperators.I2F, FLOATS, 0);
                    FloatVector y3 = (FloatVector)
                            quad.lanewise(VectorOperators.LSHR, 24).convertShape(VectorOperators.I2F, FLOATS, 0);
                    y0.sub(shift).mul(scale).intoArray(y, to + i);
                    y1.sub(shift).mul(scale).intoArray(y, to + yRow + i);
                    y2.sub(shift).mul(scale).intoArray(y, to + 2 * yRow + i);
                    y3.sub(shift).mul(scale).intoArray(y, to + 3 * yRow + i);
                }
                to += COLUMNS / 2 * yRow;
            }
        }
    }
}
