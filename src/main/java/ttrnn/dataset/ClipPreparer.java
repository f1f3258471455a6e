package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import ttrnn.io.NpyFrameWriter;
import ttrnn.video.ClipException;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameResizer;
import ttrnn.video.FrameSource;
import ttrnn.video.Picture;

/** Decodes one clip after another into a store, a frame at a time. Not thread-safe: each thread has its own. */
final class ClipPreparer {
    private final StoreFolder store;
    private final PrepareSettings settings;
    private final ClipOpener opener;
    private final FrameResizer resizer;
    private final byte[] frame;

    ClipPreparer(StoreFolder store, PrepareSettings settings, ClipOpener opener) {
        this.store = store;
        this.settings = settings;
        this.opener = opener;
        this.resizer = new FrameResizer(settings.width(), settings.height());
        this.frame = new byte[settings.width() * settings.height() * 3];
    }

    /**
     * What became of a clip.
     *
     * @param record its line in the store, null if nothing of it was kept
     * @param bad what is wrong with it, null if nothing is
     */
    record Outcome(@Nullable ClipRecord record, @Nullable BadClip bad) {}

    /**
     * Stores the frames of {@code clip}, or says why not.
     *
     * @throws IOException if the store cannot be written; what is wrong with a clip is in the outcome
     */
    Outcome prepare(ClipEntry clip) throws IOException {
        FrameSource source;
        try {
            source = opener.open(clip.file());
        } catch (IOException | RuntimeException e) {
            return drop(clip, reason(e));
        }
        try (source) {
            double rate = source.format().framesPerSecond();
            if (settings.framesPerSecond() > 0 && !(rate > 0)) {
                return drop(clip, "does not say its frames a second, so fps cannot be kept: use every instead");
            }
            return store(clip, source, new FrameChoice(settings, rate));
        }
    }

    private Outcome store(ClipEntry clip, FrameSource source, FrameChoice choice) throws IOException {
        Path target = store.frames(clip.id());
        Files.createDirectories(target.resolveSibling(""));
        try (NpyFrameWriter writer = new NpyFrameWriter(target, settings.height(), settings.width())) {
            String damage = copy(source, choice, writer);
            int frames = writer.frames();
            if (damage != null && (frames == 0 || settings.onBadClip() != OnBadClip.KEEP_READABLE)) {
                return drop(clip, damage);
            }
            ClipRecord record = new ClipRecord(
                    clip.id(),
                    clip.label(),
                    clip.group(),
                    frames,
                    choice.rate(),
                    settings.width(),
                    settings.height(),
                    clip.source(),
                    Files.size(clip.file()),
                    writer.finish(),
                    damage);
            return new Outcome(record, damage == null ? null : new BadClip(clip.source(), damage, frames));
        }
    }

    /** Writes the chosen frames up to the end or the first damage; gives what the damage is. */
    private @Nullable String copy(FrameSource source, FrameChoice choice, NpyFrameWriter writer) throws IOException {
        int most = settings.maxFrames() == 0 ? Integer.MAX_VALUE : settings.maxFrames();
        while (writer.frames() < most) {
            Picture picture;
            String damage;
            try {
                picture = source.next();
                damage = damage(source.report());
            } catch (ClipException | RuntimeException e) {
                return reason(e);
            }
            if (damage != null || picture == null) {
                return damage != null ? damage : writer.frames() == 0 ? "has no frames" : null;
            }
            int copies = Math.min(choice.next(), most - writer.frames());
            if (copies > 0) {
                resizer.toRgb(picture, frame, 0);
            }
            for (int i = 0; i < copies; i++) {
                writer.write(frame);
            }
        }
        return null;
    }

    private Outcome drop(ClipEntry clip, String reason) throws IOException {
        Files.deleteIfExists(store.frames(clip.id()));
        return new Outcome(null, new BadClip(clip.source(), reason, 0));
    }

    private static @Nullable String damage(DecodeReport report) {
        if (report.clean()) {
            return null;
        }
        String after = " after " + Math.max(0, report.frames() - 1) + " whole frames";
        if (report.sliceErrors() == 0 && report.missingMacroblocks() == 0) {
            return "is cut short" + after;
        }
        return "is damaged" + after + ": " + report.sliceErrors() + " slices not decoded, "
                + report.missingMacroblocks() + " macroblocks missing";
    }

    /** One line. An exception that is none of a clip's is a fault of the decoder, but costs this clip only. */
    private static String reason(Exception e) {
        String message = e instanceof IOException && e.getMessage() != null ? e.getMessage() : "not decoded: " + e;
        return message.lines().findFirst().orElse(message);
    }
}
