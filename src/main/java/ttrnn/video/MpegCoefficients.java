package ttrnn.video;

import org.jcodec.codecs.mpeg12.MPEGConst;
import org.jcodec.common.io.BitReader;
import org.jcodec.common.io.VLC;

/**
 * The coefficients of one 8x8 block, read and dequantised as ISO 11172-2, 2.4.4 (MPEG-1) and ISO 13818-2, 7.4 (MPEG-2)
 * say. JCodec differs in all three: escaped levels of 16 bits in MPEG-1; MPEG-1's forcing of every coefficient to an
 * odd value; MPEG-2's forcing of the block's sum to an odd value. Matrices are by rows, not in scan order.
 */
final class MpegCoefficients {
    private static final int MAX_LEVEL = 2047;
    private static final int MIN_LEVEL = -2048;
    private static final int LAST = 63;

    private boolean mpeg1;

    /** Says which standard the blocks that follow obey. */
    void start(boolean isMpeg1) {
        mpeg1 = isMpeg1;
    }

    /**
     * Reads the AC coefficients of an intra block whose DC coefficient stands in {@code block[0]}.
     *
     * @param quantiser the quantiser scale as JCodec counts it: twice the standard's
     */
    void readIntra(BitReader bits, VLC codes, int[] block, int[] scan, int quantiser, int[] matrix) {
        int sum = block[0];
        int position = 0;
        for (int code = codes.readVLC(bits); code != MPEGConst.CODE_END; code = codes.readVLC(bits)) {
            boolean escape = code == MPEGConst.CODE_ESCAPE;
            position += 1 + (escape ? bits.readNBit(6) : code >> 6);
            int level = escape ? escapedLevel(bits) : signed(code & 63, bits);
            int at = scan[position];
            int size = (Math.abs(level) * quantiser * matrix[at]) >> 4;
            block[at] = finish(level, size);
            sum += block[at];
        }
        makeSumOdd(block, sum);
    }

    /** Reads the coefficients of a block that corrects a prediction. */
    void readInter(BitReader bits, VLC codes, int[] block, int[] scan, int quantiser, int[] matrix) {
        int sum = 0;
        int position = -1;
        if (bits.checkNBit(1) == 1) {
            // A first coefficient of run 0 and level 1 has a shorter code: no block is empty, so none starts with END.
            bits.skip(1);
            int level = signed(1, bits);
            block[0] = finish(level, (3 * quantiser * matrix[0]) >> 5);
            sum = block[0];
            position = 0;
        }
        for (int code = codes.readVLC(bits); code != MPEGConst.CODE_END; code = codes.readVLC(bits)) {
            boolean escape = code == MPEGConst.CODE_ESCAPE;
            position += 1 + (escape ? bits.readNBit(6) : code >> 6);
            int level = escape ? escapedLevel(bits) : signed(code & 63, bits);
            int at = scan[position];
            int size = ((2 * Math.abs(level) + 1) * quantiser * matrix[at]) >> 5;
            block[at] = finish(level, size);
            sum += block[at];
        }
        makeSumOdd(block, sum);
    }

    private static int signed(int size, BitReader bits) {
        return bits.read1Bit() == 0 ? size : -size;
    }

    /** MPEG-1: 8 bits, and 8 more where those are 0 or -128. MPEG-2: 12 bits. */
    private int escapedLevel(BitReader bits) {
        if (!mpeg1) {
            return twosSigned(bits.readNBit(12), 12);
        }
        int level = twosSigned(bits.readNBit(8), 8);
        if (level == 0) {
            return bits.readNBit(8);
        }
        return level == -128 ? bits.readNBit(8) - 256 : level;
    }

    private static int twosSigned(int value, int size) {
        return value << (32 - size) >> (32 - size);
    }

    /** Gives a size its sign; in MPEG-1 an even size loses 1 first. */
    private int finish(int level, int size) {
        int odd = mpeg1 && (size & 1) == 0 && size > 0 ? size - 1 : size;
        return level < 0 ? Math.max(-odd, MIN_LEVEL) : Math.min(odd, MAX_LEVEL);
    }

    private void makeSumOdd(int[] block, int sum) {
        if (!mpeg1 && (sum & 1) == 0) {
            block[LAST] ^= 1;
        }
    }
}
