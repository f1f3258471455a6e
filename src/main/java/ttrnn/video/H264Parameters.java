package ttrnn.video;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.ColorSpace;
import org.jspecify.annotations.Nullable;

/**
 * What an H.264 stream says about itself: the {@code avcC} record (ISO 14496-15, 5.3.3.1) and parameter sets, checked
 * for what JCodec decodes without fault.
 */
final class H264Parameters {
    private static final int SEQUENCE = 7;
    private static final int PICTURE = 8;
    /** Constrained baseline and baseline, main, high; high 10 and high 4:2:2, for what they may hold of high. */
    private static final Set<Integer> PROFILES = Set.of(66, 77, 100, 110, 122);

    private final String container;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private final int lengthBytes;
    private final List<byte[]> units = new ArrayList<>();
    private @Nullable SeqParameterSet sequence;

    H264Parameters(byte[] configuration, String container, DecodeLimits limits, ConversionHint hint)
            throws ClipException {
        this.container = container;
        this.limits = limits;
        this.hint = hint;
        if (configuration.length < 7 || configuration[0] != 1) {
            throw new ClipException(
                    container + " with H.264 video, but without its parameters (avcC); " + hint.convert());
        }
        lengthBytes = (configuration[4] & 3) + 1;
        ByteBuffer fields = ByteBuffer.wrap(configuration);
        fields.position(5);
        read(fields, fields.get() & 31);
        if (fields.hasRemaining()) {
            read(fields, fields.get() & 255);
        }
    }

    private void read(ByteBuffer fields, int count) throws ClipException {
        for (int i = 0; i < count && fields.remaining() >= 2; i++) {
            int length = fields.getShort() & 0xffff;
            if (length == 0 || length > fields.remaining()) {
                throw new ClipException("its H.264 parameters end too early; the clip is damaged, copy it again");
            }
            byte[] unit = new byte[length];
            fields.get(unit);
            units.add(unit);
            check(ByteBuffer.wrap(unit));
        }
    }

    /** Bytes of the length in front of each unit. */
    int lengthBytes() {
        return lengthBytes;
    }

    /** The parameter sets as units, to be decoded before the first picture; JCodec writes into them. */
    List<ByteBuffer> units() {
        List<ByteBuffer> copies = new ArrayList<>();
        units.forEach(unit -> copies.add(ByteBuffer.wrap(unit.clone())));
        return copies;
    }

    /** The sequence parameters; null as long as there were none. */
    @Nullable
    SeqParameterSet sequence() {
        return sequence;
    }

    /** Looks at a unit; refuses parameter sets of what is not supported, or of another picture size. */
    void check(ByteBuffer unit) throws ClipException {
        int type = unit.remaining() == 0 ? 0 : unit.get(unit.position()) & 31;
        if (type != SEQUENCE && type != PICTURE) {
            return;
        }
        if (type == SEQUENCE && unit.remaining() > 1) {
            // JCodec reads the parameters of other profiles as if they had no chroma format.
            int profile = unit.get(unit.position() + 1) & 0xff;
            refuse(!PROFILES.contains(profile), "of profile " + profile);
        }
        byte[] copy = new byte[unit.remaining() - 1];
        unit.get(unit.position() + 1, copy);
        ByteBuffer bits = ByteBuffer.wrap(copy);
        try {
            H264Utils.unescapeNAL(bits);
            if (type == SEQUENCE) {
                take(SeqParameterSet.read(bits));
            } else {
                take(PictureParameterSet.read(bits));
            }
        } catch (RuntimeException e) {
            throw new ClipException("its H.264 parameters cannot be read; the clip is damaged", e);
        }
    }

    private void take(SeqParameterSet read) throws ClipException {
        if (!read.frameMbsOnlyFlag) {
            throw new ClipException(container + " with interlaced H.264 video is not supported; " + hint.deinterlace());
        }
        refuse(read.bitDepthLumaMinus8 != 0 || read.bitDepthChromaMinus8 != 0, "of more than 8 bits");
        refuse(read.chromaFormatIdc != ColorSpace.YUV420J, "with chroma other than 4:2:0");
        refuse(read.qpprimeYZeroTransformBypassFlag, "without loss");
        int width = 16 * (read.picWidthInMbsMinus1 + 1);
        int height = 16 * (read.picHeightInMapUnitsMinus1 + 1);
        limits.checkSize(width - 15, height - 15);
        SeqParameterSet before = sequence;
        if (before != null
                && (before.picWidthInMbsMinus1 != read.picWidthInMbsMinus1
                        || before.picHeightInMapUnitsMinus1 != read.picHeightInMapUnitsMinus1)) {
            throw new ClipException(
                    container + " with H.264 video whose size changes is not supported; " + hint.convert());
        }
        sequence = read;
    }

    private void take(PictureParameterSet read) throws ClipException {
        refuse(read.constrainedIntraPredFlag, "with constrained intra prediction");
        refuse(read.numSliceGroupsMinus1 > 0, "with slice groups");
        refuse(read.redundantPicCntPresentFlag, "with redundant pictures");
    }

    private void refuse(boolean refused, String what) throws ClipException {
        if (refused) {
            throw new ClipException(container + " with H.264 video " + what + " is not supported; " + hint.convert());
        }
    }
}
