package ttrnn.video;

import java.util.ArrayDeque;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.RefPicMarking;
import org.jcodec.codecs.h264.io.model.RefPicMarkingIDR;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that others may refer to (H.264, 8.2.5): which are kept for a while, which for long, which are dropped.
 * Planes of dropped pictures are used again.
 */
final class H264References {
    private final SeqParameterSet sequence;
    private final int frameNumbers;
    /** By frame number, as JCodec's slice decoder wants it. */
    private final @Nullable Frame[] shortTerm;

    private final IntObjectMap<Frame> longTerm = new IntObjectMap<>();
    private final ArrayDeque<byte[][]> free = new ArrayDeque<>();
    /** Planes of the last picture, if nothing refers to it. */
    private byte[][] unreferred = {};

    H264References(SeqParameterSet sequence) {
        this.sequence = sequence;
        this.frameNumbers = 1 << (sequence.log2MaxFrameNumMinus4 + 4);
        this.shortTerm = new Frame[frameNumbers];
    }

    @Nullable
    Frame[] shortTerm() {
        return shortTerm;
    }

    IntObjectMap<Frame> longTerm() {
        return longTerm;
    }

    /** An instantaneous refresh drops all pictures before the new one is decoded. */
    void before(SliceReader slice) {
        if (unreferred.length > 0) {
            free.add(unreferred);
            unreferred = new byte[0][];
        }
        if (slice.getNALUnit().type == NALUnitType.IDR_SLICE) {
            clear();
        }
    }

    /** A picture to decode into. */
    H264Frame next(SliceHeader header, DeblockerInput state, int order) {
        int width = 16 * (sequence.picWidthInMbsMinus1 + 1);
        int height = 16 * (sequence.picHeightInMapUnitsMinus1 + 1);
        int luma = width * height;
        byte[][] planes =
                free.isEmpty() ? new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]} : free.remove();
        return new H264Frame(width, height, planes, header, state, order);
    }

    /** Keeps the picture if it is one that others may refer to. */
    void after(SliceReader slice, H264Frame picture) {
        SliceHeader header = slice.getSliceHeader();
        if (slice.getNALUnit().nal_ref_idc == 0) {
            picture.forget();
            unreferred = picture.getData();
            return;
        }
        RefPicMarkingIDR refresh = header.refPicMarkingIDR;
        RefPicMarking marking = header.refPicMarkingNonIDR;
        boolean isLong = false;
        if (refresh != null) {
            isLong = refresh.isUseForlongTerm();
            if (isLong) {
                keepLong(picture, 0);
            }
        } else if (marking != null) {
            for (RefPicMarking.Instruction step : marking.getInstructions()) {
                isLong |= mark(step, header.frameNum, picture);
            }
        } else {
            slide(header.frameNum);
        }
        if (!isLong) {
            dropShort(header.frameNum);
            shortTerm[header.frameNum] = picture;
        }
    }

    /** One command; true if it keeps the picture itself for long. */
    private boolean mark(RefPicMarking.Instruction step, int frame, H264Frame picture) {
        int first = step.getArg1();
        switch (step.getType()) {
            case REMOVE_SHORT -> dropShort(Math.floorMod(frame - first, frameNumbers));
            case REMOVE_LONG -> dropLong(first);
            case CONVERT_INTO_LONG -> {
                int at = Math.floorMod(frame - first, frameNumbers);
                Frame converted = shortTerm[at];
                shortTerm[at] = null;
                if (converted != null) {
                    keepLong(converted, step.getArg2());
                }
            }
            case TRUNK_LONG -> {
                for (int key : longTerm.keys()) {
                    if (key >= first) {
                        dropLong(key);
                    }
                }
            }
            case CLEAR -> clear();
            case MARK_LONG -> {
                keepLong(picture, first);
                return true;
            }
        }
        return false;
    }

    private void keepLong(Frame picture, int index) {
        dropLong(index);
        picture.setShortTerm(false);
        longTerm.put(index, picture);
    }

    /** Makes room for one more: the picture with the oldest frame number goes. */
    private void slide(int frame) {
        int room = Math.max(1, sequence.numRefFrames - longTerm.keys().length) - 1;
        int count = 0;
        for (int age = 1; age < frameNumbers; age++) {
            int at = Math.floorMod(frame - age, frameNumbers);
            if (shortTerm[at] != null && ++count > room) {
                dropShort(at);
            }
        }
    }

    private void clear() {
        for (int i = 0; i < frameNumbers; i++) {
            dropShort(i);
        }
        for (int key : longTerm.keys()) {
            dropLong(key);
        }
    }

    private void dropShort(int at) {
        Frame dropped = shortTerm[at];
        shortTerm[at] = null;
        drop(dropped);
    }

    private void dropLong(int key) {
        Frame dropped = longTerm.get(key);
        longTerm.remove(key);
        drop(dropped);
    }

    private void drop(@Nullable Frame dropped) {
        if (dropped instanceof H264Frame picture) {
            picture.forget();
            free.add(picture.getData());
        }
    }
}
