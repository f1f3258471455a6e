package ttrnn.video;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The weights of coefficients in MPEG-1 and MPEG-2, by rows; they are sent in zigzag order whatever the scan. */
final class MpegMatrices {
    private static final int[] INTRA = {
        8, 16, 19, 22, 26, 27, 29, 34, 16, 16, 22, 24, 27, 29, 34, 37, 19, 22, 26, 27, 29, 34, 34, 38, 22, 22, 26, 27,
        29, 34, 37, 40, 22, 26, 27, 29, 32, 35, 40, 48, 26, 27, 29, 32, 35, 40, 48, 58, 26, 27, 29, 34, 38, 46, 56, 69,
        27, 29, 35, 38, 46, 56, 69, 83
    };
    private static final int FLAT = 16;
    /** Bits of a sequence header before the flag that a matrix follows. */
    private static final int SIZES_AND_RATES = 62;

    final int[] intra = new int[64];
    final int[] predicted = new int[64];
    final int[] chromaIntra = new int[64];
    final int[] chromaPredicted = new int[64];

    /** Takes those of a sequence header, start code included, or the ones every decoder knows. */
    void start(byte[] header) {
        BitCursor bits = new BitCursor(header, 4, header.length);
        bits.skip(SIZES_AND_RATES);
        System.arraycopy(INTRA, 0, intra, 0, 64);
        Arrays.fill(predicted, FLAT);
        read(bits, intra, null);
        read(bits, predicted, null);
        System.arraycopy(intra, 0, chromaIntra, 0, 64);
        System.arraycopy(predicted, 0, chromaPredicted, 0, 64);
    }

    /** Takes those of a quantiser matrix extension, whose kind was read. */
    void extend(BitCursor bits) {
        read(bits, intra, chromaIntra);
        read(bits, predicted, chromaPredicted);
        read(bits, chromaIntra, null);
        read(bits, chromaPredicted, null);
    }

    private static void read(BitCursor bits, int[] matrix, int @Nullable [] other) {
        if (!bits.flag()) {
            return;
        }
        for (int at : Mpeg4Coefficients.ZIGZAG) {
            matrix[at] = bits.read(8);
        }
        if (other != null) {
            System.arraycopy(matrix, 0, other, 0, 64);
        }
    }
}
