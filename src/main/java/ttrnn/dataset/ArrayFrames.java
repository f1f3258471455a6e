package ttrnn.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.io.FileBytes;
import ttrnn.io.NpyHeader;
import ttrnn.io.NpyType;
import ttrnn.video.ClipException;
import ttrnn.video.ClipFormat;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameSource;
import ttrnn.video.Picture;

/** The frames of an array {@code .npy} [frames, height, width, 3] of bytes, RGB, read one at a time. */
final class ArrayFrames implements FrameSource {
    private static final String ENDING = ".npy";

    private final FileChannel channel;
    private final NpyHeader header;
    private final ClipFormat format;
    private final byte[] frame;
    private int next;

    private ArrayFrames(FileChannel channel, NpyHeader header) {
        int[] sizes = header.dimensions();
        this.channel = channel;
        this.header = header;
        this.format = new ClipFormat("npy", "RGB", sizes[2], sizes[1], 0);
        this.frame = new byte[sizes[1] * sizes[2] * 3];
    }

    /** Whether a file is an array by its name. */
    static boolean isArray(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /** Arrays are opened here, all else by {@code opener}. */
    static FrameSource open(Path clip, ClipOpener opener) throws IOException {
        return isArray(clip) ? open(clip) : opener.open(clip);
    }

    private static FrameSource open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            NpyHeader header = NpyHeader.read(channel);
            int[] sizes = header.dimensions();
            boolean frames = header.type() == NpyType.UINT8 && sizes.length == 4 && sizes[3] == 3;
            if (!frames || sizes[0] == 0 || sizes[1] == 0 || sizes[2] == 0) {
                throw new ClipException("a frame array must be |u1[frames, height, width, 3], it is " + header);
            }
            if ((long) sizes[1] * sizes[2] * 3 > Integer.MAX_VALUE / 8) {
                throw new ClipException("frames of " + sizes[2] + "x" + sizes[1] + " pixels are too large");
            }
            return new ArrayFrames(channel, header);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        if (next == header.dimensions()[0]) {
            return null;
        }
        try {
            FileBytes.read(channel, header.dataOffset() + (long) next * frame.length, frame, 0, frame.length);
        } catch (IOException e) {
            throw new ClipException("the array cannot be read: " + e.getMessage(), e);
        }
        next++;
        return Picture.ofRgb(format.width(), format.height(), frame);
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(next, next, 0, 0, false);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Read only: nothing is lost.
        }
    }
}
