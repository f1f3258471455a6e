package ttrnn.video;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The process in which H.264 is decoded: requests come in on standard input, frames go out on standard output. {@link
 * DecoderProcess} is the other end and describes what is said. It ends when its input does, even in the middle of a
 * decoder's endless loop: a parent that was killed leaves nothing behind.
 */
final class DecoderMain {
    /** One request: a clip to open, or no clip for the next frame of the one that is open. */
    private record Request(@Nullable String clip, DecodeLimits limits) {}

    private final DataOutputStream out;
    private @Nullable FrameSource source;

    private DecoderMain(DataOutputStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        // Whatever JCodec prints would stand between the frames.
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        Thread listener = new Thread(() -> listen(requests), "requests");
        listener.setDaemon(true);
        listener.start();
        out.writeLong(DecoderProcess.GREETING);
        out.flush();
        DecoderMain decoder = new DecoderMain(out);
        while (true) {
            decoder.answer(requests.take());
            out.flush();
        }
    }

    private static void listen(BlockingQueue<Request> requests) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
            DecodeLimits limits = DecodeLimits.defaults();
            while (true) {
                if (in.readByte() == DecoderProcess.OPEN) {
                    String clip = in.readUTF();
                    limits = new DecodeLimits(
                            in.readInt(),
                            in.readInt(),
                            in.readInt(),
                            in.readLong(),
                            in.readInt(),
                            in.readLong(),
                            in.readLong());
                    requests.add(new Request(clip, limits));
                } else {
                    requests.add(new Request(null, limits));
                }
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void answer(Request request) throws IOException {
        try {
            FrameSource open = source;
            if (request.clip() != null) {
                if (open != null) {
                    open.close();
                }
                source = null;
                FrameSource opened = FrameSources.openHere(Path.of(request.clip()), request.limits());
                source = opened;
                write(opened.format());
            } else if (open != null) {
                Picture picture = open.next();
                out.writeByte(picture == null ? DecoderProcess.END : DecoderProcess.FRAME);
                write(open.report());
                if (picture != null) {
                    out.writeLong(open.ticks());
                    write(picture);
                }
            }
        } catch (ClipException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            fail("not decoded: " + e);
        }
    }

    private void fail(String message) throws IOException {
        out.writeByte(DecoderProcess.ERROR);
        out.writeUTF(message.length() > 1000 ? message.substring(0, 1000) : message);
        write(source == null ? new DecodeReport(0, 0, 0, 0, false) : source.report());
    }

    private void write(ClipFormat format) throws IOException {
        out.writeByte(DecoderProcess.FORMAT);
        out.writeUTF(format.container());
        out.writeUTF(format.codec());
        out.writeInt(format.width());
        out.writeInt(format.height());
        out.writeDouble(format.framesPerSecond());
        out.writeDouble(source == null ? 0 : source.ticksPerSecond());
    }

    private void write(DecodeReport report) throws IOException {
        out.writeInt(report.frames());
        out.writeInt(report.whole());
        out.writeInt(report.sliceErrors());
        out.writeInt(report.missingMacroblocks());
        out.writeBoolean(report.truncated());
    }

    private void write(Picture picture) throws IOException {
        out.writeInt(picture.width());
        out.writeInt(picture.height());
        out.writeBoolean(picture.fullRange());
        int chromaWidth = (picture.width() + 1) / 2;
        int chromaHeight = (picture.height() + 1) / 2;
        write(picture.y(), picture.lumaStride(), picture.width(), picture.height());
        write(picture.u(), picture.chromaStride(), chromaWidth, chromaHeight);
        write(picture.v(), picture.chromaStride(), chromaWidth, chromaHeight);
    }

    private void write(byte[] plane, int stride, int width, int height) throws IOException {
        for (int y = 0; y < height; y++) {
            out.write(plane, y * stride, width);
        }
    }
}
