package ttrnn.video;

import org.jcodec.codecs.h264.H264Const;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.MBlock;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.model.Picture;

/**
 * JCodec's slice decoder, which looks at each intra macroblock first: one that is predicted from a neighbour outside of the
 * picture or of the slice ends the slice as damaged (ISO 14496-10, 8.3). JCodec would take whatever its buffers hold.
 */
final class H264SliceDecoder extends SliceDecoder {
    private static final int LEFT = 1;
    private static final int ABOVE = 2;
    private static final int CORNER = 4;

    /** What the modes of 4x4 and 8x8 blocks are predicted from; what is above to the right may be missing. */
    private static final int[] BLOCK_MODES = {ABOVE, LEFT, 0, ABOVE, 7, 7, 7, ABOVE, LEFT};

    private static final int[] LUMA_MODES = {ABOVE, LEFT, 0, 7};
    private static final int[] CHROMA_MODES = {0, LEFT, ABOVE, 7};

    private final int columns;
    private final int first;

    H264SliceDecoder(
            SeqParameterSet sequence,
            Frame[] shortTerm,
            IntObjectMap<Frame> longTerm,
            DeblockerInput state,
            Frame picture,
            SliceHeader header) {
        super(sequence, shortTerm, longTerm, state, picture);
        this.columns = sequence.picWidthInMbsMinus1 + 1;
        this.first = header.firstMbInSlice;
    }

    @Override
    public void decode(MBlock macroblock, SliceType type, Picture target, Frame[][] references) {
        MBType kind = macroblock.curMbType;
        if (kind != null && kind.isIntra() && kind != MBType.I_PCM && !predictable(macroblock)) {
            throw new IllegalArgumentException("an intra macroblock without the neighbour it is predicted from");
        }
        super.decode(macroblock, type, target, references);
    }

    private boolean predictable(MBlock macroblock) {
        int address = first + macroblock.mbIdx;
        boolean hasLeft = address % columns > 0;
        int there = 0;
        there |= hasLeft && address - 1 >= first ? LEFT : 0;
        there |= address - columns >= first ? ABOVE : 0;
        there |= hasLeft && address - columns - 1 >= first ? CORNER : 0;
        if (missing(CHROMA_MODES, macroblock.chromaPredictionMode, there)) {
            return false;
        }
        if (macroblock.curMbType == MBType.I_16x16) {
            return !missing(LUMA_MODES, macroblock.luma16x16Mode, there);
        }
        int blocks = macroblock.transform8x8Used ? 4 : 16;
        for (int i = 0; i < blocks; i++) {
            int column = blocks == 4 ? i & 1 : H264Const.MB_BLK_OFF_LEFT[i];
            int row = blocks == 4 ? i >> 1 : H264Const.MB_BLK_OFF_TOP[i];
            if (missing(BLOCK_MODES, macroblock.lumaModes[i], around(column, row, there))) {
                return false;
            }
        }
        return true;
    }

    /** What is there around a block: within the macroblock everything, on its edge what the neighbours have. */
    private static int around(int column, int row, int there) {
        int left = column > 0 ? LEFT : there & LEFT;
        int above = row > 0 ? ABOVE : there & ABOVE;
        boolean corner = switch ((column > 0 ? 1 : 0) | (row > 0 ? 2 : 0)) {
            case 0 -> (there & CORNER) != 0;
            case 1 -> above != 0;
            case 2 -> left != 0;
            default -> true;
        };
        return left | above | (corner ? CORNER : 0);
    }

    private static boolean missing(int[] modes, int mode, int there) {
        return mode < 0 || mode >= modes.length || (modes[mode] & ~there) != 0;
    }
}
