package ttrnn.video;

import org.jcodec.codecs.h264.H264Utils.MvList2D;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.model.ColorSpace;
import org.jspecify.annotations.Nullable;

/**
 * A picture that later ones may refer to. It knows its motion and the pictures it was predicted from; once nothing can
 * refer to it any more it forgets them, or every picture would hold on to all before it.
 */
final class H264Frame extends Frame {
    private @Nullable MvList2D motion;
    private Frame @Nullable [][][] predictedFrom;

    H264Frame(int width, int height, byte[][] planes, SliceHeader header, DeblockerInput state, int order) {
        super(
                width,
                height,
                planes,
                ColorSpace.YUV420,
                null,
                header.frameNum,
                header.sliceType,
                state.mvs,
                null,
                order);
        motion = state.mvs;
        predictedFrom = state.refsUsed;
    }

    @Override
    public @Nullable MvList2D getMvs() {
        return motion;
    }

    @Override
    public Frame @Nullable [][][] getRefsUsed() {
        return predictedFrom;
    }

    void forget() {
        motion = null;
        predictedFrom = null;
    }
}
