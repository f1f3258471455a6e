package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * Frames whose pixel (x, y) is the pixel (columns[x], rows[y]) of a clip's: shifts, mirrors and nearest-neighbour zooms.
 */
final class MappedFrames implements FrameSequence {
    private final FrameSequence clip;
    private final int[] columns;
    private final int[] rows;

    MappedFrames(FrameSequence clip, int[] columns, int[] rows) {
        this.clip = clip;
        this.columns = columns.clone();
        this.rows = rows.clone();
    }

    /** All of a clip in a mirror. */
    static FrameSequence mirrored(FrameSequence clip, int width, int height) {
        int[] columns = new int[width];
        int[] rows = new int[height];
        for (int x = 0; x < width; x++) {
            columns[x] = width - 1 - x;
        }
        for (int y = 0; y < height; y++) {
            rows[y] = y;
        }
        return new MappedFrames(clip, columns, rows);
    }

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
        int width = columns.length;
        byte[] frame = new byte[frameSize()];
        for (int t = 0; t < count; t++) {
            clip.read(first + t, 1, frame, 0);
            int to = offset + t * frame.length;
            for (int row : rows) {
                int start = 3 * width * row;
                for (int column : columns) {
                    int from = start + 3 * column;
                    target[to] = frame[from];
                    target[to + 1] = frame[from + 1];
                    target[to + 2] = frame[from + 2];
                    to += 3;
                }
            }
        }
    }
}
