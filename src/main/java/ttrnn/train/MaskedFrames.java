package ttrnn.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import ttrnn.tensor.FrameSequence;

/**
 * The frames of a clip but those that are 128 throughout. For a recurrent network that is what Keras' Masking(0) does with
 * frames of value - 128: a masked step carries the state on, as if it were not there.
 */
final class MaskedFrames implements FrameSequence {
    private static final byte GREY = (byte) 128;

    private final FrameSequence clip;
    /** Which frames stay; found when first needed. */
    private volatile int @Nullable [] kept;

    MaskedFrames(FrameSequence clip) {
        this.clip = clip;
    }

    private int[] kept() {
        int[] known = kept;
        if (known == null) {
            known = find();
            kept = known;
        }
        return known;
    }

    private int[] find() {
        byte[] frame = new byte[frameSize()];
        int[] found = new int[clip.length()];
        int count = 0;
        for (int t = 0; t < found.length; t++) {
            clip.read(t, 1, frame, 0);
            int j = 0;
            while (j < frame.length && frame[j] == GREY) {
                j++;
            }
            if (j < frame.length) {
                found[count++] = t;
            }
        }
        return Arrays.copyOf(found, count);
    }

    @Override
    public int length() {
        return kept().length;
    }

    @Override
    public int frameSize() {
        return clip.frameSize();
    }

    @Override
    public void read(int first, int count, byte[] target, int offset) {
        int[] known = kept();
        for (int i = 0; i < count; i++) {
            clip.read(known[first + i], 1, target, offset + i * frameSize());
        }
    }
}
