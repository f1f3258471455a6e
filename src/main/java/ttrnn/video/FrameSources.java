package ttrnn.video;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens clips. What a file is decides its content, never its name: MPEG program and transport streams and raw MPEG
 * video with MPEG-1 or progressive MPEG-2 (UCF11), AVI with MPEG-4 part 2 (UCF101) or MJPEG, MP4, MOV and Matroska with
 * progressive H.264, folders of PNG and JPEG pictures. Everything else is refused by name, with the command that
 * converts it.
 */
public final class FrameSources {
    private FrameSources() {}

    /**
     * Opens a clip with {@link DecodeLimits#defaults}.
     *
     * @throws ClipException if it is missing, empty, no clip, cut short before its first frame, or not supported
     */
    public static FrameSource open(Path clip) throws ClipException {
        return open(clip, DecodeLimits.defaults());
    }

    /**
     * Opens a clip and reads its headers. H.264 is decoded in a process of its own, which ends when the source is closed;
     * {@link ClipDecoders} keeps it for the next clip.
     *
     * @throws ClipException if it is missing, empty, no clip, cut short before its first frame, not supported, or
     *     larger than {@code limits} allow
     */
    public static FrameSource open(Path clip, DecodeLimits limits) throws ClipException {
        ClipDecoders decoders = new ClipDecoders(limits);
        boolean opened = false;
        try {
            FrameSource source = decoders.open(clip);
            // With nobody to hand it on to, the process ends as it is given back.
            decoders.close();
            opened = true;
            return source;
        } finally {
            if (!opened) {
                decoders.close();
            }
        }
    }

    static FrameSource open(Path clip, DecodeLimits limits, ClipDecoders decoders) throws ClipException {
        return open(clip, limits, (in, tracks, container, hint) -> {
            in.close();
            return decoders.openElsewhere(clip);
        });
    }

    /** Opens a clip to be decoded in this very process, whatever it is. */
    static FrameSource openHere(Path clip, DecodeLimits limits) throws ClipException {
        return open(clip, limits, (in, tracks, container, hint) -> {
            TransportTrack.Opened opened = tracks.read();
            FrameSource source = null;
            try {
                source = new H264FrameSource(opened.in(), opened.track(), container.title(), limits, hint);
                return source;
            } finally {
                // A track that was read into a file of its own needs the clip no more, and the file only if it is
                // decoded.
                if (opened.in() != in) {
                    closeQuietly(source == null ? opened.in() : in);
                }
            }
        });
    }

    /** What becomes of an H.264 track. */
    private interface TrackOpener {
        FrameSource open(ClipInput in, TrackReader track, ClipContainer container, ConversionHint hint)
                throws IOException;
    }

    /** Reads a track in the process that decodes it. */
    private interface TrackReader {
        TransportTrack.Opened read() throws IOException;
    }

    private static FrameSource open(Path clip, DecodeLimits limits, TrackOpener tracks) throws ClipException {
        ClipInput in = null;
        boolean opened = false;
        try {
            if (Files.isDirectory(clip)) {
                return new LimitedFrameSource(PictureFolder.open(clip, limits), limits);
            }
            in = ClipInput.open(clip);
            FrameSource source = open(in, limits, new ConversionHint(clip), tracks);
            opened = true;
            return source instanceof ProcessFrameSource ? source : new LimitedFrameSource(source, limits);
        } catch (ClipException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ClipException("the file does not exist", e);
        } catch (AccessDeniedException e) {
            throw new ClipException("the file may not be read; check its permissions", e);
        } catch (IOException e) {
            throw new ClipException("the clip cannot be read: " + e.getMessage(), e);
        } finally {
            if (!opened && in != null) {
                closeQuietly(in);
            }
        }
    }

    private static FrameSource open(ClipInput in, DecodeLimits limits, ConversionHint hint, TrackOpener tracks)
            throws IOException {
        if (in.size() == 0) {
            throw new ClipException("the file is empty; copy it again");
        }
        if (in.size() > limits.maxFileBytes()) {
            throw new ClipException("the file has " + in.size() + " bytes, more than " + limits.maxFileBytes()
                    + "; cut the clip, or raise the limit");
        }
        ClipContainer container = ClipContainer.of(in);
        in.seek(0);
        return switch (container) {
            case MPEG_PS -> new MpegFrameSource(in, new ProgramStream(in), container.title(), limits, hint);
            case MPEG_VIDEO -> new MpegFrameSource(in, new RawStream(in), container.title(), limits, hint);
            case MPEG4_VIDEO ->
                new Mpeg4FrameSource(
                        in, new RawChunks(in, limits.maxPictureBytes()), container.title(), 0, limits, hint);
            case AVI -> openAvi(in, limits, hint);
            case MPEG_TS -> openTransport(in, limits, hint, tracks);
            case MP4, MOV -> {
                VideoTrack track = Mp4Reader.read(in, container.title(), limits, hint);
                yield openTrack(in, track, container, limits, hint, tracks);
            }
            case MATROSKA, WEBM -> {
                VideoTrack track = MatroskaReader.read(in, container.title(), limits, hint);
                yield openTrack(in, track, container, limits, hint, tracks);
            }
            case UNKNOWN ->
                throw new ClipException(
                        "this is no video clip this program knows; if another player shows it, " + hint.convert());
            default ->
                throw new ClipException(container.title() + " with " + UnsupportedCodec.name(container, in)
                        + " video is not supported; " + hint.convert());
        };
    }

    private static FrameSource openTransport(ClipInput in, DecodeLimits limits, ConversionHint hint, TrackOpener tracks)
            throws IOException {
        TransportStream stream = new TransportStream(in, hint);
        if (stream.isH264()) {
            return tracks.open(in, () -> TransportTrack.open(stream, limits, hint), ClipContainer.MPEG_TS, hint);
        }
        return new MpegFrameSource(in, stream, ClipContainer.MPEG_TS.title(), limits, hint);
    }

    private static FrameSource openAvi(ClipInput in, DecodeLimits limits, ConversionHint hint) throws IOException {
        AviReader chunks = new AviReader(in, limits.maxPictureBytes());
        if (UnsupportedCodec.isMjpeg(chunks.codec())) {
            return new MjpegFrameSource(in, chunks, limits, hint);
        }
        if (!UnsupportedCodec.isMpeg4(chunks.codec())) {
            throw new ClipException("AVI with " + UnsupportedCodec.ofCode(chunks.codec()) + " video is not supported; "
                    + hint.convert());
        }
        return new Mpeg4FrameSource(in, chunks, ClipContainer.AVI.title(), 0, limits, hint);
    }

    private static FrameSource openTrack(
            ClipInput in,
            VideoTrack track,
            ClipContainer container,
            DecodeLimits limits,
            ConversionHint hint,
            TrackOpener tracks)
            throws IOException {
        if (UnsupportedCodec.isMpeg4(track.codec())) {
            TrackChunks chunks = new TrackChunks(in, track);
            return new Mpeg4FrameSource(in, chunks, container.title(), track.clockwise(), limits, hint);
        }
        if (!UnsupportedCodec.isH264(track.codec())) {
            throw new ClipException(container.title() + " with " + UnsupportedCodec.ofCode(track.codec())
                    + " video is not supported; " + hint.convert());
        }
        return tracks.open(in, () -> new TransportTrack.Opened(in, track), container, hint);
    }

    private static void closeQuietly(ClipInput in) {
        try {
            in.close();
        } catch (IOException e) {
            // The clip was refused already; that is the error to tell.
        }
    }
}
