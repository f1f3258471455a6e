package ttrnn.dataset;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ttrnn.video.ClipException;
import ttrnn.video.FrameSource;

/**
 * How much disk the clips that are still to be decoded will take. A few of them are decoded to learn how many frames a byte
 * of theirs makes; of a long one only the beginning, so that the estimate is rather too low than too high.
 */
final class StoreEstimate {
    private static final int CLIPS_AT_MOST = 4;
    private static final int CLIPS_FOR_EACH = 20;
    private static final int FRAMES_AT_MOST = 500;

    /** Frames smaller than this are hardly found; with fewer bytes than they would make, nothing needs to be looked at. */
    private static final int SMALLEST_FRAME = 200;

    /** Header of the frames' file, line of the manifest. */
    private static final long BYTES_BESIDE = 700;

    private StoreEstimate() {}

    /**
     * Bytes that {@code clips} will take, roughly.
     *
     * @param enough more is not asked for: if the clips take less beyond doubt, the answer may be 0
     */
    static long bytes(List<ClipEntry> clips, PrepareSettings settings, ClipOpener opener, long enough) {
        long frameBytes = 3L * settings.width() * settings.height();
        Map<String, Long> sources = new HashMap<>();
        double most = 0;
        for (ClipEntry clip : clips) {
            long bytes = size(clip);
            sources.put(clip.id(), bytes);
            most += frames(settings, (double) bytes / SMALLEST_FRAME + 1) * frameBytes + BYTES_BESIDE;
        }
        if (most < enough) {
            return 0;
        }
        int sampled = Math.min(CLIPS_AT_MOST, 1 + clips.size() / CLIPS_FOR_EACH);
        double frames = 0;
        double bytes = 0;
        for (int i = 0; i < sampled; i++) {
            ClipEntry clip = clips.get((int) ((2L * i + 1) * clips.size() / (2L * sampled)));
            int chosen = chosen(clip, settings, opener);
            frames += chosen;
            bytes += chosen == 0 ? 0 : sources.getOrDefault(clip.id(), 0L);
        }
        if (bytes == 0) {
            return 0;
        }
        double sum = 0;
        for (long size : sources.values()) {
            sum += frames(settings, frames / bytes * size) * frameBytes + BYTES_BESIDE;
        }
        return (long) sum;
    }

    private static long size(ClipEntry clip) {
        try {
            return SourceFile.size(clip.file());
        } catch (IOException e) {
            return 0; // what is wrong with it is told when it is prepared
        }
    }

    /** Stored frames of a clip, if its length alone would make {@code free}. */
    private static double frames(PrepareSettings settings, double free) {
        if (settings.sampling().uniform() > 0) {
            return settings.sampling().uniform();
        }
        return settings.maxFrames() > 0 ? Math.min(settings.maxFrames(), free) : free;
    }

    private static int chosen(ClipEntry clip, PrepareSettings settings, ClipOpener opener) {
        int chosen = 0;
        try (FrameSource source = ArrayFrames.open(clip.file(), opener)) {
            Chooser chooser = FrameChoice.of(settings, source, 1);
            for (int i = 0; i < FRAMES_AT_MOST && source.next() != null; i++) {
                chosen += chooser.next(source.ticksPerSecond() > 0 ? source.ticks() : i);
            }
            return chosen;
        } catch (ClipException e) {
            return chosen;
        } catch (IOException | RuntimeException e) {
            return 0; // what is wrong with it is told when it is prepared
        }
    }
}
