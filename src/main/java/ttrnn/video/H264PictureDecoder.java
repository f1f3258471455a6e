package ttrnn.video;

import java.nio.ByteBuffer;
import java.util.List;
import org.jcodec.codecs.h264.POCManager;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.FrameReader;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jspecify.annotations.Nullable;

/**
 * H.264 pictures one at a time, put together from JCodec's slice reader, slice decoder and deblocking filter. JCodec's
 * own {@code H264Decoder} deblocks where a slice says not to, weighs B predictions only if P predictions are weighed
 * too, decodes slices in threads that it never ends, and does not notice macroblocks that no slice covered. See
 * docs/decisions/0012-h264-from-jcodecs-parts.md.
 */
final class H264PictureDecoder {
    /** Brings the index into the filter's threshold tables to 0, where nothing is filtered. */
    private static final int NO_FILTER = -100;

    private static final int NOT_FILTERED = 1;
    private static final byte[][] NOTHING = {};

    private final FrameReader reader = new FrameReader();
    private final POCManager order = new POCManager();
    private @Nullable H264References references;
    private int sliceErrors;
    private int missingMacroblocks;
    private boolean temporal;

    /** Slices of the last picture that could not be decoded to their end. */
    int sliceErrors() {
        return sliceErrors;
    }

    /** Macroblocks of the last picture that no slice covered. */
    int missingMacroblocks() {
        return missingMacroblocks;
    }

    /** Whether the last picture was refused: JCodec gets vectors wrong that are derived from another picture's by time. */
    boolean temporal() {
        return temporal;
    }

    /**
     * Decodes the units of one picture; JCodec writes into them.
     *
     * @return the picture, samples -128 … 127, whose planes stay as they are until the next call; without planes if there is none
     */
    byte[][] decode(List<ByteBuffer> units) {
        sliceErrors = 0;
        missingMacroblocks = 0;
        List<SliceReader> slices = reader.readFrame(units);
        if (slices == null || slices.isEmpty()) {
            return NOTHING;
        }
        temporal = slices.stream()
                .map(SliceReader::getSliceHeader)
                .anyMatch(slice -> slice.sliceType == SliceType.B && !slice.directSpatialMvPredFlag);
        if (temporal) {
            return NOTHING;
        }
        SliceReader first = slices.get(0);
        SliceHeader header = first.getSliceHeader();
        SeqParameterSet sequence = header.sps;
        H264References kept = references;
        if (kept == null) {
            kept = new H264References(sequence);
            references = kept;
        }
        kept.before(first);
        DeblockerInput state = new DeblockerInput(sequence);
        H264Frame picture = kept.next(header, state, order.calcPOC(header, first.getNALUnit()));
        for (SliceReader slice : slices) {
            decode(slice, sequence, kept, state, picture);
        }
        for (SliceHeader covered : state.shs) {
            missingMacroblocks += covered == null ? 1 : 0;
        }
        if (missingMacroblocks == 0) {
            filter(slices, sequence, state, picture);
        }
        kept.after(first, picture);
        return picture.getData();
    }

    private void decode(
            SliceReader slice, SeqParameterSet sequence, H264References kept, DeblockerInput state, H264Frame picture) {
        SliceHeader header = slice.getSliceHeader();
        PictureParameterSet parameters = header.pps;
        boolean weighed = parameters.weightedPredFlag;
        if (header.sliceType == SliceType.B) {
            // JCodec asks for both flags before it weighs a B prediction.
            parameters.weightedPredFlag = parameters.weightedBipredIdc != 0;
        }
        try {
            new H264SliceDecoder(sequence, kept.shortTerm(), kept.longTerm(), state, picture, header)
                    .decodeFromReader(slice);
        } catch (RuntimeException e) {
            // Damaged bits end in an index out of bounds; the slice ends there.
            sliceErrors++;
        } finally {
            parameters.weightedPredFlag = weighed;
        }
        if (header.disableDeblockingFilterIdc == NOT_FILTERED) {
            header.sliceAlphaC0OffsetDiv2 = NO_FILTER;
            header.sliceBetaOffsetDiv2 = NO_FILTER;
        }
    }

    private void filter(List<SliceReader> slices, SeqParameterSet sequence, DeblockerInput state, H264Frame picture) {
        boolean none =
                slices.stream().allMatch(slice -> slice.getSliceHeader().disableDeblockingFilterIdc == NOT_FILTERED);
        if (none) {
            return;
        }
        try {
            new DeblockingFilter(sequence.picWidthInMbsMinus1 + 1, sequence.bitDepthChromaMinus8 + 8, state)
                    .deblockFrame(picture);
        } catch (RuntimeException e) {
            sliceErrors++;
        }
    }
}
