package ttrnn.kernel.vector;

import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of {@link ttrnn.kernel.FloatKernels#gemm}, for columns that fill whole vectors. A tile of c stays in
 * registers while the depth runs: 6 or 4 rows by 4 vectors, or 8 by 3, where there are 32 registers, 4 by 2 where there are 16. The depth
 * is cut so that the rows of b in use stay in the first-level cache; a tile is then read and written once a piece.
 */
final class VectorGemm {
    private static final VectorSpecies<Float> FLOATS = VectorKernels.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final boolean MANY_REGISTERS = FLOATS.vectorBitSize() == 512;
    private static final int DEPTH = 96;

    private VectorGemm() {}

    static void multiply(
            int rows,
            int columns,
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
        boolean adding = add;
        int p = 0;
        do {
            int piece = Math.min(DEPTH, depth - p);
            columns(
                    rows,
                    columns,
                    piece,
                    a,
                    aOffset + p * aColumn,
                    aRow,
                    aColumn,
                    b,
                    bOffset + p * bRow,
                    bRow,
                    c,
                    cOffset,
                    cRow,
                    adding);
            adding = true;
            p += DEPTH;
        } while (p < depth);
    }

    private static void columns(
            int rows,
            int columns,
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
        int j = 0;
        for (; MANY_REGISTERS && j <= columns - 4 * LANES; j += 4 * LANES) {
            int i = 0;
            // Of 6n + 2 rows, 8 are left for two fours.
            int sixes = rows % 6 == 2 ? rows - 14 : rows - 6;
            for (; i <= sixes; i += 6) {
                VectorTiles.tile6x4(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            for (; i <= rows - 4; i += 4) {
                VectorTiles.tile4x4(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            for (; i <= rows - 2; i += 2) {
                VectorTiles.tile2x4(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            for (; i < rows; i++) {
                VectorTiles.tile1x4(
                        depth, a, aOffset + i * aRow, aColumn, b, bOffset + j, bRow, c, cOffset + i * cRow + j, add);
            }
        }
        if (MANY_REGISTERS && columns - j == 3 * LANES && rows % 8 == 0) {
            for (int i = 0; i < rows; i += 8) {
                NarrowTiles.tile8x3(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            return;
        }
        for (; j <= columns - 2 * LANES; j += 2 * LANES) {
            int i = 0;
            for (; i <= rows - 4; i += 4) {
                NarrowTiles.tile4x2(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            for (; i < rows; i++) {
                NarrowTiles.tile1x1(
                        depth, a, aOffset + i * aRow, aColumn, b, bOffset + j, bRow, c, cOffset + i * cRow + j, add);
                NarrowTiles.tile1x1(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aColumn,
                        b,
                        bOffset + j + LANES,
                        bRow,
                        c,
                        cOffset + i * cRow + j + LANES,
                        add);
            }
        }
        for (; j < columns; j += LANES) {
            int i = 0;
            for (; i <= rows - 8; i += 8) {
                NarrowTiles.tile8x1(
                        depth,
                        a,
                        aOffset + i * aRow,
                        aRow,
                        aColumn,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + i * cRow + j,
                        cRow,
                        add);
            }
            for (; i < rows; i++) {
                NarrowTiles.tile1x1(
                        depth, a, aOffset + i * aRow, aColumn, b, bOffset + j, bRow, c, cOffset + i * cRow + j, add);
            }
        }
    }
}
