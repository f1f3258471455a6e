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

    /** How many bits before that flag a bit stands that is always set. */
    private static final int MARKER_BACK = 12;

    final int[] intra = new int[64];
    final int[] predicted = new int[64];
    final int[] chromaIntra = new int[64];
    final int[] chromaPredicted = new int[64];

    /** Takes those of a sequence header, start code included, or the ones every decoder knows; false if it is damaged. */
    boolean start(byte[] header) {
        BitCursor bits = new BitCursor(header, 4, header.length);
        bits.skip(SIZES_AND_RATES - MARKER_BACK);
        boolean good = bits.flag();
        bits.skip(MARKER_BACK - 1);
        System.arraycopy(INTRA, 0, intra, 0, 64);
        Arrays.fill(predicted, FLAT);
        good &= read(bits, intra, null);
        good &= read(bits, predicted, null) && !bits.overrun();
        while (bits.position() < 8 * header.length) {
            // Behind it, there is nothing up to the next start code.
            good &= !bits.flag();
        }
        System.arraycopy(intra, 0, chromaIntra, 0, 64);
        System.arraycopy(predicted, 0, chromaPredicted, 0, 64);
        return good;
    }

    /** Takes those of a quantiser matrix extension, whose kind was read; false if it is damaged. */
    boolean extend(BitCursor bits) {
        boolean good = read(bits, intra, chromaIntra);
        good &= read(bits, predicted, chromaPredicted);
        good &= read(bits, chromaIntra, null);
        good &= read(bits, chromaPredicted, null);
        return good;
    }

    /** Reads a matrix if there is one; false if a weight is 0. */
    private static boolean read(BitCursor bits, int[] matrix, int @Nullable [] other) {
        if (!bits.flag()) {
            return true;
        }
        boolean good = true;
        for (int at : Mpeg4Coefficients.ZIGZAG) {
            matrix[at] = bits.read(8);
            good &= matrix[at] > 0;
        }
        if (other != null) {
            System.arraycopy(matrix, 0, other, 0, 64);
        }
        return good;
    }
}
