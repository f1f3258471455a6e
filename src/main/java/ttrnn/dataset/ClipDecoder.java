package ttrnn.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import ttrnn.video.ClipException;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameResizer;
import ttrnn.video.FrameSource;
import ttrnn.video.Picture;

/** Brings the chosen frames of a clip to the size that is asked for, one at a time. Not thread-safe. */
final class ClipDecoder {
    /** Takes a frame [height, width, 3], whose bytes are valid during the call. */
    @FunctionalInterface
    interface Sink {
        void frame(byte[] rgb) throws IOException;
    }

    private final int maxFrames;
    private final FrameResizer resizer;
    private final byte[] frame;

    ClipDecoder(PrepareSettings settings) {
        this.maxFrames = settings.maxFrames() == 0 ? Integer.MAX_VALUE : settings.maxFrames();
        this.resizer = new FrameResizer(settings.width(), settings.height());
        this.frame = new byte[settings.width() * settings.height() * 3];
    }

    /**
     * Gives out the chosen frames up to the end or the first damage.
     *
     * @return what the damage is, null if there is none
     * @throws IOException what the sink threw
     */
    @Nullable
    String decode(FrameSource source, FrameChoice choice, Sink sink) throws IOException {
        int given = 0;
        while (given < maxFrames) {
            Picture picture;
            DecodeReport report;
            try {
                picture = source.next();
                report = source.report();
            } catch (ClipException | RuntimeException e) {
                return reason(e);
            }
            if (picture == null || report.frames() > report.whole()) {
                String damage = damage(report);
                return damage != null ? damage : given == 0 ? "has no frames" : null;
            }
            int copies = Math.min(choice.next(), maxFrames - given);
            if (copies > 0) {
                resizer.toRgb(picture, frame, 0);
            }
            for (int i = 0; i < copies; i++) {
                sink.frame(frame);
            }
            given += copies;
        }
        return null;
    }

    private static @Nullable String damage(DecodeReport report) {
        if (report.clean()) {
            return null;
        }
        String after = " after " + report.whole() + (report.whole() == 1 ? " whole frame" : " whole frames");
        if (report.sliceErrors() == 0 && report.missingMacroblocks() == 0) {
            return "is cut short" + after;
        }
        return "is damaged" + after + ": " + report.sliceErrors() + " slices not decoded, "
                + report.missingMacroblocks() + " macroblocks missing";
    }

    /** One line. An exception that is none of a clip's is a fault of the decoder, but costs this clip only. */
    static String reason(Exception e) {
        String message = e instanceof IOException && e.getMessage() != null ? e.getMessage() : "not decoded: " + e;
        return message.lines().findFirst().orElse(message);
    }
}
