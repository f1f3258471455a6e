package ttrnn.video;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A clip's planes as FFmpeg decodes them, frame by frame; the calling test is skipped where there is no FFmpeg. */
final class Ffmpeg implements Closeable {
    private final Process process;
    private final InputStream planes;
    private final byte[] frame;
    private final boolean tall;

    private Ffmpeg(Process process, int frameBytes, boolean tall) {
        this.tall = tall;
        this.process = process;
        this.planes = process.getInputStream();
        this.frame = new byte[frameBytes];
    }

    static void assumeThere() {
        boolean there;
        try {
            there = new ProcessBuilder("ffmpeg", "-version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Assumptions.assumeTrue(there, "no ffmpeg on this machine");
    }

    /** Whether FFmpeg, decoding strictly, says that something is wrong with a clip. */
    static boolean complains(Path clip) throws IOException {
        assumeThere();
        List<String> command = List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-err_detect",
                "crccheck+bitstream+buffer",
                "-i",
                clip.toString(),
                "-f",
                "null",
                "-");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            return said.readAllBytes().length > 0;
        }
    }

    /** Begins to decode a clip whose first picture is {@code like}. */
    static Ffmpeg open(Path clip, Picture like) throws IOException {
        // Of 4:2:2, a picture has every second row of chroma.
        boolean tall = like.chromaStride() == like.lumaStride();
        int chroma = ((like.width() + 1) / 2) * (tall ? like.height() : (like.height() + 1) / 2);
        List<String> command = List.of(
                "ffmpeg",
                "-v",
                "quiet",
                "-nostdin",
                "-threads",
                "1",
                // Without this, some means that round down are only near.
                "-flags",
                "+bitexact",
                "-i",
                clip.toString(),
                "-f",
                "rawvideo",
                "-vsync",
                "passthrough",
                "-pix_fmt",
                like.fullRange() ? "yuvj420p" : tall ? "yuv422p" : "yuv420p",
                "-");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Ffmpeg(process, like.width() * like.height() + 2 * chroma, tall);
    }

    /** Whether there was one more frame. */
    boolean next() throws IOException {
        return planes.readNBytes(frame, 0, frame.length) == frame.length;
    }

    /** Decibels over all samples of the frame; infinite if all are equal. */
    double psnr(Picture picture) {
        long squares = 0;
        int at = 0;
        for (int p = 0; p < 3; p++) {
            byte[] plane = p == 0 ? picture.y() : p == 1 ? picture.u() : picture.v();
            int stride = p == 0 ? picture.lumaStride() : picture.chromaStride();
            int width = p == 0 ? picture.width() : (picture.width() + 1) / 2;
            int height = p == 0 ? picture.height() : (picture.height() + 1) / 2;
            for (int y = 0; y < height; y++) {
                at += tall && p > 0 && y > 0 ? width : 0;
                for (int x = 0; x < width; x++) {
                    int difference = (plane[y * stride + x] & 0xff) - (frame[at++] & 0xff);
                    squares += (long) difference * difference;
                }
            }
            at += tall && p > 0 && picture.height() % 2 == 0 ? width : 0;
        }
        return squares == 0 ? Double.POSITIVE_INFINITY : 10 * StrictMath.log10(255.0 * 255 * frame.length / squares);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
