package ttrnn.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of the matrix product that are one to three vectors wide, for processors with 16 registers and for what is left over
 * of wider tiles; as in {@link VectorTiles}.
 */
final class NarrowTiles {
    private static final VectorSpecies<Float> FLOATS = VectorKernels.FLOATS;
    private static final int LANES = FLOATS.length();

    private NarrowTiles() {}

    static void tile8x3(
            int depth,
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add) {
        int c1 = cOffset + cRow;
        int c2 = cOffset + 2 * cRow;
        int c3 = cOffset + 3 * cRow;
        int c4 = cOffset + 4 * cRow;
        int c5 = cOffset + 5 * cRow;
        int c6 = cOffset + 6 * cRow;
        int c7 = cOffset + 7 * cRow;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = FloatVector.zero(FLOATS);
        FloatVector s02 = FloatVector.zero(FLOATS);
        FloatVector s10 = FloatVector.zero(FLOATS);
        FloatVector s11 = FloatVector.zero(FLOATS);
        FloatVector s12 = FloatVector.zero(FLOATS);
        FloatVector s20 = FloatVector.zero(FLOATS);
        FloatVector s21 = FloatVector.zero(FLOATS);
        FloatVector s22 = FloatVector.zero(FLOATS);
        FloatVector s30 = FloatVector.zero(FLOATS);
        FloatVector s31 = FloatVector.zero(FLOATS);
        FloatVector s32 = FloatVector.zero(FLOATS);
        FloatVector s40 = FloatVector.zero(FLOATS);
        FloatVector s41 = FloatVector.zero(FLOATS);
        FloatVector s42 = FloatVector.zero(FLOATS);
        FloatVector s50 = FloatVector.zero(FLOATS);
        FloatVector s51 = FloatVector.zero(FLOATS);
        FloatVector s52 = FloatVector.zero(FLOATS);
        FloatVector s60 = FloatVector.zero(FLOATS);
        FloatVector s61 = FloatVector.zero(FLOATS);
        FloatVector s62 = FloatVector.zero(FLOATS);
        FloatVector s70 = FloatVector.zero(FLOATS);
        FloatVector s71 = FloatVector.zero(FLOATS);
        FloatVector s72 = FloatVector.zero(FLOATS);
        if (add) {
            s00 = FloatVector.fromArray(FLOATS, c, cOffset);
            s01 = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
            s02 = FloatVector.fromArray(FLOATS, c, cOffset + 2 * LANES);
            s10 = FloatVector.fromArray(FLOATS, c, c1);
            s11 = FloatVector.fromArray(FLOATS, c, c1 + LANES);
            s12 = FloatVector.fromArray(FLOATS, c, c1 + 2 * LANES);
            s20 = FloatVector.fromArray(FLOATS, c, c2);
            s21 = FloatVector.fromArray(FLOATS, c, c2 + LANES);
            s22 = FloatVector.fromArray(FLOATS, c, c2 + 2 * LANES);
            s30 = FloatVector.fromArray(FLOATS, c, c3);
            s31 = FloatVector.fromArray(FLOATS, c, c3 + LANES);
            s32 = FloatVector.fromArray(FLOATS, c, c3 + 2 * LANES);
            s40 = FloatVector.fromArray(FLOATS, c, c4);
            s41 = FloatVector.fromArray(FLOATS, c, c4 + LANES);
            s42 = FloatVector.fromArray(FLOATS, c, c4 + 2 * LANES);
            s50 = FloatVector.fromArray(FLOATS, c, c5);
            s51 = FloatVector.fromArray(FLOATS, c, c5 + LANES);
            s52 = FloatVector.fromArray(FLOATS, c, c5 + 2 * LANES);
            s60 = FloatVector.fromArray(FLOATS, c, c6);
            s61 = FloatVector.fromArray(FLOATS, c, c6 + LANES);
            s62 = FloatVector.fromArray(FLOATS, c, c6 + 2 * LANES);
            s70 = FloatVector.fromArray(FLOATS, c, c7);
            s71 = FloatVector.fromArray(FLOATS, c, c7 + LANES);
            s72 = FloatVector.fromArray(FLOATS, c, c7 + 2 * LANES);
        }
        int ap = aOffset;
        int bp = bOffset;
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bp);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bp + LANES);
            FloatVector b2 = FloatVector.fromArray(FLOATS, b, bp + 2 * LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[ap]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s02 = a0.fma(b2, s02);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[ap + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            s12 = a1.fma(b2, s12);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[ap + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            s22 = a2.fma(b2, s22);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[ap + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            s32 = a3.fma(b2, s32);
            FloatVector a4 = FloatVector.broadcast(FLOATS, a[ap + 4 * aRow]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            s42 = a4.fma(b2, s42);
            FloatVector a5 = FloatVector.broadcast(FLOATS, a[ap + 5 * aRow]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            s52 = a5.fma(b2, s52);
            FloatVector a6 = FloatVector.broadcast(FLOATS, a[ap + 6 * aRow]);
            s60 = a6.fma(b0, s60);
            s61 = a6.fma(b1, s61);
            s62 = a6.fma(b2, s62);
            FloatVector a7 = FloatVector.broadcast(FLOATS, a[ap + 7 * aRow]);
            s70 = a7.fma(b0, s70);
            s71 = a7.fma(b1, s71);
            s72 = a7.fma(b2, s72);
            ap += aColumn;
            bp += bRow;
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + LANES);
        s02.intoArray(c, cOffset + 2 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s22.intoArray(c, c2 + 2 * LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
        s32.intoArray(c, c3 + 2 * LANES);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + LANES);
        s42.intoArray(c, c4 + 2 * LANES);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + LANES);
        s52.intoArray(c, c5 + 2 * LANES);
        s60.intoArray(c, c6);
        s61.intoArray(c, c6 + LANES);
        s62.intoArray(c, c6 + 2 * LANES);
        s70.intoArray(c, c7);
        s71.intoArray(c, c7 + LANES);
        s72.intoArray(c, c7 + 2 * LANES);
    }

    static void tile4x2(
            int depth,
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add) {
        int c1 = cOffset + cRow;
        int c2 = cOffset + 2 * cRow;
        int c3 = cOffset + 3 * cRow;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = FloatVector.zero(FLOATS);
        FloatVector s10 = FloatVector.zero(FLOATS);
        FloatVector s11 = FloatVector.zero(FLOATS);
        FloatVector s20 = FloatVector.zero(FLOATS);
        FloatVector s21 = FloatVector.zero(FLOATS);
        FloatVector s30 = FloatVector.zero(FLOATS);
        FloatVector s31 = FloatVector.zero(FLOATS);
        if (add) {
            s00 = FloatVector.fromArray(FLOATS, c, cOffset);
            s01 = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
            s10 = FloatVector.fromArray(FLOATS, c, c1);
            s11 = FloatVector.fromArray(FLOATS, c, c1 + LANES);
            s20 = FloatVector.fromArray(FLOATS, c, c2);
            s21 = FloatVector.fromArray(FLOATS, c, c2 + LANES);
            s30 = FloatVector.fromArray(FLOATS, c, c3);
            s31 = FloatVector.fromArray(FLOATS, c, c3 + LANES);
        }
        int ap = aOffset;
        int bp = bOffset;
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bp);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bp + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[ap]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[ap + aRow]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[ap + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[ap + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            ap += aColumn;
            bp += bRow;
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + LANES);
    }

    static void tile8x1(
            int depth,
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add) {
        int c1 = cOffset + cRow;
        int c2 = cOffset + 2 * cRow;
        int c3 = cOffset + 3 * cRow;
        int c4 = cOffset + 4 * cRow;
        int c5 = cOffset + 5 * cRow;
        int c6 = cOffset + 6 * cRow;
        int c7 = cOffset + 7 * cRow;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s10 = FloatVector.zero(FLOATS);
        FloatVector s20 = FloatVector.zero(FLOATS);
        FloatVector s30 = FloatVector.zero(FLOATS);
        FloatVector s40 = FloatVector.zero(FLOATS);
        FloatVector s50 = FloatVector.zero(FLOATS);
        FloatVector s60 = FloatVector.zero(FLOATS);
        FloatVector s70 = FloatVector.zero(FLOATS);
        if (add) {
            s00 = FloatVector.fromArray(FLOATS, c, cOffset);
            s10 = FloatVector.fromArray(FLOATS, c, c1);
            s20 = FloatVector.fromArray(FLOATS, c, c2);
            s30 = FloatVector.fromArray(FLOATS, c, c3);
            s40 = FloatVector.fromArray(FLOATS, c, c4);
            s50 = FloatVector.fromArray(FLOATS, c, c5);
            s60 = FloatVector.fromArray(FLOATS, c, c6);
            s70 = FloatVector.fromArray(FLOATS, c, c7);
        }
        int ap = aOffset;
        int bp = bOffset;
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bp);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[ap]);
            s00 = a0.fma(b0, s00);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[ap + aRow]);
            s10 = a1.fma(b0, s10);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[ap + 2 * aRow]);
            s20 = a2.fma(b0, s20);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[ap + 3 * aRow]);
            s30 = a3.fma(b0, s30);
            FloatVector a4 = FloatVector.broadcast(FLOATS, a[ap + 4 * aRow]);
            s40 = a4.fma(b0, s40);
            FloatVector a5 = FloatVector.broadcast(FLOATS, a[ap + 5 * aRow]);
            s50 = a5.fma(b0, s50);
            FloatVector a6 = FloatVector.broadcast(FLOATS, a[ap + 6 * aRow]);
            s60 = a6.fma(b0, s60);
            FloatVector a7 = FloatVector.broadcast(FLOATS, a[ap + 7 * aRow]);
            s70 = a7.fma(b0, s70);
            ap += aColumn;
            bp += bRow;
        }
        s00.intoArray(c, cOffset);
        s10.intoArray(c, c1);
        s20.intoArray(c, c2);
        s30.intoArray(c, c3);
        s40.intoArray(c, c4);
        s50.intoArray(c, c5);
        s60.intoArray(c, c6);
        s70.intoArray(c, c7);
    }

    static void tile1x1(
            int depth,
            float[] a,
            int aOffset,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            boolean add) {
        FloatVector s00 = FloatVector.zero(FLOATS);
        if (add) {
            s00 = FloatVector.fromArray(FLOATS, c, cOffset);
        }
        int ap = aOffset;
        int bp = bOffset;
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bp);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[ap]);
            s00 = a0.fma(b0, s00);
            ap += aColumn;
            bp += bRow;
        }
        s00.intoArray(c, cOffset);
    }
}
