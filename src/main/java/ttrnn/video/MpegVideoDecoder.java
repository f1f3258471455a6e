package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jcodec.codecs.mpeg12.MPEGConst;
import org.jcodec.codecs.mpeg12.MPEGDecoder;
import org.jcodec.codecs.mpeg12.MPEGPred;
import org.jcodec.codecs.mpeg12.bitstream.PictureHeader;
import org.jcodec.codecs.mpeg12.bitstream.QuantMatrixExtension;
import org.jcodec.codecs.mpeg12.bitstream.SequenceExtension;
import org.jcodec.codecs.mpeg12.bitstream.SequenceHeader;
import org.jcodec.common.io.BitReader;
import org.jcodec.common.io.VLC;
import org.jspecify.annotations.Nullable;

/**
 * JCodec's MPEG-1 and MPEG-2 decoder, corrected through its hooks until frame pictures come out bit for bit as
 * FFmpeg's: coefficients ({@link MpegCoefficients}), motion compensation ({@link HalfPelPrediction}), sample range,
 * stuffing, slices that start inside a row, quantiser matrices with the alternate scan. See
 * docs/decisions/0010-mpeg-through-jcodec-corrected.md for the list of defects.
 *
 * <p>Planes are three arrays, each of a whole coded luma plane's size (JCodec insists), samples 0 … 255.
 */
final class MpegVideoDecoder extends MPEGDecoder {
    private static final int CHROMA_420 = SequenceExtension.Chroma420;
    private static final int EXTENDED = 4;

    private final MpegCoefficients coefficients = new MpegCoefficients();
    private final byte[] border = HalfPelPrediction.scratch();
    private final MpegSequence sequence;
    private final MacroblockMap map;
    private final int[] intraMatrix = new int[64];
    private final int[] interMatrix = new int[64];
    private @Nullable HalfPelPrediction prediction;
    private byte @Nullable [][] concealment;
    private boolean sliceBegins;
    private int unsent;
    private int sliceErrors;
    private int missingMacroblocks;

    MpegVideoDecoder(MpegSequence sequence) {
        this.sequence = sequence;
        this.map = new MacroblockMap(sequence.codedWidth(), sequence.codedHeight());
    }

    /** Takes a sequence header and its extension (empty in MPEG-1), start codes included. */
    void startSequence(byte[] header, byte[] extension) {
        SequenceHeader parsed = SequenceHeader.read(afterStartCode(header));
        if (extension.length > EXTENDED) {
            SequenceHeader.readExtension(afterStartCode(extension), parsed);
        }
        sh = parsed;
        setMatrix(intraMatrix, parsed.intra_quantiser_matrix, MPEGConst.defaultQMatIntra);
        setMatrix(interMatrix, parsed.non_intra_quantiser_matrix, MPEGConst.defaultQMatInter);
    }

    private static ByteBuffer afterStartCode(byte[] segment) {
        return ByteBuffer.wrap(segment, EXTENDED, segment.length - EXTENDED);
    }

    /** Matrices are sent in zigzag order whatever the scan; ours are by rows. */
    private static void setMatrix(int[] matrix, int @Nullable [] sent, int[] otherwise) {
        if (sent == null) {
            System.arraycopy(otherwise, 0, matrix, 0, 64);
            return;
        }
        for (int i = 0; i < 64; i++) {
            matrix[MPEGConst.scan[0][i]] = sent[i];
        }
    }

    /**
     * Decodes one picture into {@code planes}. Macroblocks no slice covered show {@code previous}, the planes of the
     * reference picture before, or grey if there is none; {@link #sliceErrors} and {@link #missingMacroblocks} tell.
     */
    void decode(ByteBuffer picture, byte[][] planes, byte @Nullable [][] previous) {
        sliceErrors = 0;
        missingMacroblocks = 0;
        concealment = previous;
        map.clear();
        decodeFrame(picture, planes);
    }

    /** Slices of the last picture that could not be decoded to their end. */
    int sliceErrors() {
        return sliceErrors;
    }

    /** Macroblocks of the last picture that no slice covered. */
    int missingMacroblocks() {
        return missingMacroblocks;
    }

    @Override
    protected Context initContext(SequenceHeader header, PictureHeader picture) {
        Context context = super.initContext(header, picture);
        // JCodec's picture refuses odd sizes; ours is cropped by whoever reads it.
        context.codedHeight = sequence.codedHeight();
        context.mbHeight = sequence.codedHeight() >> 4;
        context.picWidth = context.codedWidth;
        context.picHeight = context.codedHeight;
        QuantMatrixExtension sent = picture.quantMatrixExtension;
        if (sent != null && sent.intra_quantiser_matrix != null) {
            setMatrix(intraMatrix, sent.intra_quantiser_matrix, intraMatrix);
        }
        if (sent != null && sent.non_intra_quantiser_matrix != null) {
            setMatrix(interMatrix, sent.non_intra_quantiser_matrix, interMatrix);
        }
        context.qMats = new int[][] {interMatrix, interMatrix, intraMatrix, intraMatrix};
        return context;
    }

    @Override
    public org.jcodec.common.model.Picture decodePicture(
            Context context, PictureHeader header, ByteBuffer slices, byte[][] planes, int offset, int step) {
        org.jcodec.common.model.Picture picture = super.decodePicture(context, header, slices, planes, offset, step);
        missingMacroblocks = map.conceal(planes, concealment);
        return picture;
    }

    @Override
    public void decodeSlice(
            PictureHeader header, int row, Context context, byte[][] planes, BitReader bits, int offset, int step)
            throws IOException {
        int[][] fCode = header.pictureCodingExtension != null
                ? header.pictureCodingExtension.f_code
                : new int[][] {
                    {header.forward_f_code, header.forward_f_code}, {header.backward_f_code, header.backward_f_code}
                };
        boolean mpeg1 = sh.sequenceExtension == null;
        prediction = new HalfPelPrediction(
                fCode,
                CHROMA_420,
                mpeg1 && header.full_pel_forward_vector == 1,
                mpeg1 && header.full_pel_backward_vector == 1,
                border);
        coefficients.start(mpeg1);
        context.lastPredB = MPEGConst.mbTypeValI[0];
        sliceBegins = true;
        unsent = 0;
        try {
            super.decodeSlice(header, row, context, planes, bits, offset, step);
        } catch (RuntimeException e) {
            // Damaged bits end in an invalid code or an index out of bounds; the slice ends there, the next resumes.
            sliceErrors++;
        }
    }

    @Override
    public int decodeMacroblock(
            PictureHeader header,
            Context context,
            int previous,
            int[] quantiser,
            byte[][] planes,
            int stride,
            BitReader bits,
            int offset,
            int step,
            MPEGPred ignored) {
        skipStuffing(bits);
        if (sliceBegins) {
            sliceBegins = false;
            // The first address of a slice says where it starts; JCodec would fill the way there with skipped ones.
            unsent = addressIncrement(bits.fork()) - 1;
        }
        HalfPelPrediction current = prediction;
        if (current == null) {
            throw new IllegalStateException("macroblock outside a slice");
        }
        return super.decodeMacroblock(
                header, context, previous, quantiser, planes, stride, bits, offset, step, current);
    }

    private static void skipStuffing(BitReader bits) {
        while (bits.checkNBit(11) == 0xf) {
            bits.skip(11);
        }
    }

    private static int addressIncrement(BitReader bits) {
        int increment = 1;
        while (bits.checkNBit(11) == 0x8) {
            bits.skip(11);
            increment += 33;
        }
        return increment + MPEGConst.vlcAddressIncrement.readVLC(bits);
    }

    @Override
    protected void put(
            int[][] samples,
            byte[][] planes,
            int stride,
            int chromaFormat,
            int column,
            int row,
            int width,
            int height,
            int offset,
            int step) {
        if (unsent > 0) {
            unsent--;
            return;
        }
        map.put(samples, planes, column, row);
    }

    @Override
    protected void blockIntra(
            BitReader bits,
            VLC codes,
            int[] block,
            int[] dcPredictor,
            int index,
            int[] scan,
            int escapeBits,
            int dcScale,
            int quantiser,
            int[] matrix) {
        Arrays.fill(block, 0);
        int component = MPEGConst.BLOCK_TO_CC[index];
        VLC sizes = component == 0 ? MPEGConst.vlcDCSizeLuma : MPEGConst.vlcDCSizeChroma;
        int size = sizes.readVLC(bits);
        dcPredictor[component] += size == 0 ? 0 : mpegSigned(bits, size);
        block[0] = dcPredictor[component] * dcScale;
        coefficients.readIntra(bits, codes, block, scan, quantiser, matrix);
        InverseDct.transform(block);
    }

    @Override
    protected void blockInter(
            BitReader bits, VLC codes, int[] block, int[] scan, int escapeBits, int quantiser, int[] matrix) {
        Arrays.fill(block, 0);
        coefficients.readInter(bits, codes, block, scan, quantiser, matrix);
        InverseDct.transform(block);
    }
}
