package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ttrnn.io.NpyFrameWriter;
import ttrnn.video.ClipException;
import ttrnn.video.FrameSource;

/** Decodes one clip after another into a store, a frame at a time. Not thread-safe: each thread has its own. */
final class ClipPreparer {
    private final StoreFolder store;
    private final PrepareSettings settings;
    private final ClipOpener opener;
    private final ClipDecoder decoder;

    ClipPreparer(StoreFolder store, PrepareSettings settings, ClipOpener opener) {
        this.store = store;
        this.settings = settings;
        this.opener = opener;
        this.decoder = new ClipDecoder(settings);
    }

    /**
     * Stores the frames of {@code clip}, or says why not.
     *
     * @throws IOException if the store cannot be written; what is wrong with a clip is in the outcome
     */
    PreparedClip prepare(ClipEntry clip) throws IOException {
        FrameSource source;
        ClipDecoder.Range range;
        try {
            range = decoder.range(opener, clip);
            source = ArrayFrames.open(clip.file(), opener);
        } catch (IOException | RuntimeException e) {
            return drop(clip, ClipDecoder.reason(e));
        }
        try (source) {
            return store(clip, source, FrameChoice.of(settings, source, range.length()), range);
        } catch (ClipException e) {
            return drop(clip, ClipDecoder.reason(e));
        }
    }

    private PreparedClip store(ClipEntry clip, FrameSource source, Chooser choice, ClipDecoder.Range range)
            throws IOException {
        Path target = store.frames(clip.id());
        Files.createDirectories(target.resolveSibling(""));
        try (NpyFrameWriter writer = new NpyFrameWriter(target, settings.height(), settings.width())) {
            String damage = decoder.decode(source, choice, range, writer::write);
            int frames = writer.frames();
            if (damage != null && (frames == 0 || settings.onBadClip() != OnBadClip.KEEP_READABLE)) {
                return drop(clip, damage);
            }
            SourceFile file = SourceFile.of(clip.file());
            ClipRecord record = new ClipRecord(
                    clip.id(),
                    clip.labels(),
                    clip.group(),
                    clip.part(),
                    frames,
                    choice.rate(),
                    settings.width(),
                    settings.height(),
                    clip.source(),
                    file.bytes(),
                    file.hash(),
                    writer.finish(),
                    DecoderVerdict.of(source),
                    damage);
            return new PreparedClip(
                    clip.id(), record, damage == null ? null : new BadClip(clip.source(), damage, frames));
        }
    }

    private PreparedClip drop(ClipEntry clip, String reason) throws IOException {
        Files.deleteIfExists(store.frames(clip.id()));
        return new PreparedClip(clip.id(), null, new BadClip(clip.source(), reason, 0));
    }
}
