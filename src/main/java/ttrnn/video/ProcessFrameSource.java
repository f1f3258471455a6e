package ttrnn.video;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Frames of a clip that another process decodes. Closed, it hands the process on if that is fit for another clip. */
final class ProcessFrameSource implements FrameSource {
    private static final DecodeReport NOTHING_YET = new DecodeReport(0, 0, 0, 0, false);

    private final ClipDecoders owner;
    private final DecoderProcess process;
    private final DecodeLimits limits;
    private final ClipFormat format;
    private double ticksPerSecond;
    private DecodeReport report = NOTHING_YET;
    private long ticks;
    private long spentNanos;
    private byte[][] planes = new byte[3][0];
    private boolean ended;
    private boolean closed;

    ProcessFrameSource(Path clip, DecodeLimits limits, DecoderProcess process, ClipDecoders owner)
            throws ClipException {
        this.owner = owner;
        this.process = process;
        this.limits = limits;
        this.format = ask(out -> open(out, clip), this::readFormat);
    }

    private void open(DataOutputStream out, Path clip) throws IOException {
        out.writeByte(DecoderProcess.OPEN);
        out.writeUTF(clip.toAbsolutePath().toString());
        out.writeInt(limits.maxWidth());
        out.writeInt(limits.maxHeight());
        out.writeInt(limits.maxFrames());
        out.writeLong(limits.maxFileBytes());
        out.writeInt(limits.maxPictureBytes());
        out.writeLong(limits.frameMillis());
        out.writeLong(limits.clipMillis());
    }

    private <T> T ask(DecoderProcess.Request request, DecoderProcess.Answer<T> answer) throws ClipException {
        long left = limits.clipMillis() - TimeUnit.NANOSECONDS.toMillis(spentNanos);
        if (left <= 0) {
            throw limits.late(limits.clipMillis());
        }
        long start = System.nanoTime();
        try {
            return process.ask(request, answer, Math.min(left, limits.frameMillis()), limits);
        } finally {
            spentNanos += System.nanoTime() - start;
        }
    }

    private ClipFormat readFormat(DataInputStream in) throws IOException {
        if (in.readByte() != DecoderProcess.FORMAT) {
            throw error(in);
        }
        ClipFormat read = new ClipFormat(in.readUTF(), in.readUTF(), in.readInt(), in.readInt(), in.readDouble());
        ticksPerSecond = in.readDouble();
        return read;
    }

    private ClipException error(DataInputStream in) throws IOException {
        String message = in.readUTF();
        report = readReport(in);
        return new ClipException(message);
    }

    private static DecodeReport readReport(DataInputStream in) throws IOException {
        return new DecodeReport(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readBoolean());
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return report;
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public double ticksPerSecond() {
        return ticksPerSecond;
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        if (ended) {
            return null;
        }
        ended = true;
        Picture picture =
                ask(out -> out.writeByte(DecoderProcess.NEXT), this::readFrame).picture();
        ended = picture == null;
        return picture;
    }

    /** An answer may be that there are no more frames. */
    private record Shown(@Nullable Picture picture) {}

    private Shown readFrame(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        if (kind == DecoderProcess.ERROR) {
            throw error(in);
        }
        report = readReport(in);
        if (kind == DecoderProcess.END) {
            return new Shown(null);
        }
        ticks = in.readLong();
        int width = in.readInt();
        int height = in.readInt();
        limits.checkSize(width, height);
        boolean fullRange = in.readBoolean();
        int chromaWidth = (width + 1) / 2;
        int chroma = chromaWidth * ((height + 1) / 2);
        if (planes[0].length != width * height || planes[1].length != chroma) {
            planes = new byte[][] {new byte[width * height], new byte[chroma], new byte[chroma]};
        }
        for (byte[] plane : planes) {
            in.readFully(plane);
        }
        return new Shown(new Picture(width, height, planes[0], planes[1], planes[2], width, chromaWidth, fullRange));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ended = true;
            owner.giveBack(process);
        }
    }
}
