package ttrnn.train;

import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

/**
 * Small changes of the training clips that leave their class as it is, drawn anew for each clip and epoch.
 *
 * @param shift largest shift of a clip's frames, as a share of width and height, in either direction; what leaves the
 *     frame on one side comes back on the other
 * @param crop largest share of a clip's frames that is left out, at its beginning or end
 * @param zoom frames are enlarged or made smaller by up to this share, around their middle
 * @param flip whether every other clip is seen in a mirror
 * @param cell pixels beside each other that stay together
 * @param width of the frames in pixels
 * @param height of the frames in pixels
 */
public record Augmentation(double shift, double crop, double zoom, boolean flip, int cell, int width, int height) {
    /** Shifts and crops alone. */
    public Augmentation(double shift, double crop, int width, int height) {
        this(shift, crop, 0, false, 1, width, height);
    }

    /** What a configuration wants for frames of a size. */
    static Augmentation of(TrainConfig config, int width, int height) {
        return new Augmentation(
                config.get(Settings.SHIFT),
                config.get(Settings.CROP),
                config.get(Settings.ZOOM),
                config.get(Settings.FLIP),
                config.get(Settings.INPUT).cell(),
                width,
                height);
    }

    /** The clip as this epoch sees it. */
    public FrameSequence apply(FrameSequence clip, Rng rng) {
        FrameSequence seen = clip;
        if (crop > 0) {
            if (clip instanceof StridedFrames strided && strided.length() > 1) {
                seen = strided.from(rng.nextInt(strided.stride()));
            }
            int cut = (int) (rng.nextDouble() * crop * seen.length());
            seen = new Window(seen, rng.nextInt(cut + 1), seen.length() - cut);
        }
        int x = 0;
        int y = 0;
        if (shift > 0) {
            x = (int) Math.rint((2 * rng.nextDouble() - 1) * shift * width);
            y = (int) Math.rint((2 * rng.nextDouble() - 1) * shift * height);
        }
        if (zoom == 0 && !flip && cell == 1) {
            return shift > 0
                    ? new Shifted(seen, width, height, Math.floorMod(x, width), Math.floorMod(y, height))
                    : seen;
        }
        double scale = StrictMath.exp((2 * rng.nextDouble() - 1) * StrictMath.log1p(zoom));
        boolean mirrored = flip && rng.nextInt(2) == 1;
        return new MappedFrames(seen, sources(width, cell, scale, x, mirrored), sources(height, 1, scale, y, false));
    }

    /** Where each column or row of the result comes from; those of a cell stay together. */
    private static int[] sources(int size, int cell, double scale, int shift, boolean mirrored) {
        int[] sources = new int[size];
        int cells = size / cell;
        double middle = 0.5 * (cells - 1);
        for (int to = 0; to < cells; to++) {
            int from = Math.floorMod((int) Math.rint((to - middle) * scale + middle) - shift / cell, cells);
            int at = mirrored ? cells - 1 - to : to;
            for (int i = 0; i < cell; i++) {
                sources[at * cell + i] = from * cell + i;
            }
        }
        return sources;
    }

    /** Some consecutive frames of a clip. */
    private record Window(FrameSequence clip, int start, int length) implements FrameSequence {
        @Override
        public int frameSize() {
            return clip.frameSize();
        }

        @Override
        public void read(int first, int count, byte[] target, int offset) {
            clip.read(start + first, count, target, offset);
        }
    }

    /** All frames moved right by x and down by y pixels, around the edges. */
    private record Shifted(FrameSequence clip, int width, int height, int x, int y) implements FrameSequence {
        @Override
        public int length() {
            return clip.length();
        }

        @Override
        public int frameSize() {
            return clip.frameSize();
        }

        @Override
        public void read(int first, int count, byte[] target, int offset) {
            int size = frameSize();
            int row = 3 * width;
            int right = 3 * x;
            byte[] frame = new byte[size];
            for (int t = 0; t < count; t++) {
                clip.read(first + t, 1, frame, 0);
                for (int from = 0; from < height; from++) {
                    int to = offset + t * size + (from + y) % height * row;
                    System.arraycopy(frame, from * row, target, to + right, row - right);
                    System.arraycopy(frame, (from + 1) * row - right, target, to, right);
                }
            }
        }
    }
}
