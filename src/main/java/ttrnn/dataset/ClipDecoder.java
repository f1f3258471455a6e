package ttrnn.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import ttrnn.tensor.Rng;
import ttrnn.video.ClipException;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameFitter;
import ttrnn.video.FrameSource;
import ttrnn.video.Picture;

/** Brings the chosen frames of a clip to the size that is asked for, one at a time. Not thread-safe. */
final class ClipDecoder {
    /** Takes a frame [height, width, 3], whose bytes are valid during the call. */
    @FunctionalInterface
    interface Sink {
        void frame(byte[] rgb) throws IOException;
    }

    /**
     * Frames in a row, of the clip's own and of those chosen.
     *
     * @param from first of the clip's frames
     * @param to the one after the last
     * @param firstStored first of the chosen frames
     * @param stored how many of them
     */
    record Range(int from, int to, int firstStored, int stored) {
        /** Frames that may be chosen from. */
        int length() {
            return to - from;
        }
    }

    private final PrepareSettings settings;
    private final FrameFitter fitter;
    private byte[] frame;
    private byte[] before;
    private byte[] mixed;

    ClipDecoder(PrepareSettings settings) {
        this.settings = settings;
        this.fitter = new FrameFitter(
                settings.width(), settings.height(), settings.sampling().fit());
        this.frame = new byte[settings.width() * settings.height() * 3];
        this.before = new byte[frame.length];
        this.mixed = new byte[frame.length];
    }

    /** The frames of a clip that are to be looked at; decodes it once if that depends on how many it has. */
    Range range(ClipOpener opener, ClipEntry clip) throws IOException {
        int most = settings.maxFrames() == 0 ? Integer.MAX_VALUE : settings.maxFrames();
        Sampling sampling = settings.sampling();
        if (!sampling.needsLength(settings.maxFrames())) {
            return sampling.ofClip()
                    ? new Range(0, most, 0, Integer.MAX_VALUE)
                    : new Range(0, Integer.MAX_VALUE, 0, most);
        }
        Rng rng = new Rng(sampling.seed()).split("window").split(clip.id());
        if (sampling.ofClip() || sampling.uniform() > 0) {
            int all = count(opener, clip, null);
            int length = Math.min(all, most);
            int from = first(all, length, rng);
            return new Range(from, from + length, 0, Integer.MAX_VALUE);
        }
        int all = count(opener, clip, settings);
        int length = Math.min(all, most);
        return new Range(0, Integer.MAX_VALUE, first(all, length, rng), length);
    }

    private int first(int all, int length, Rng rng) {
        return switch (settings.sampling().window()) {
            case START -> 0;
            case MIDDLE -> (all - length) / 2;
            case END -> all - length;
            case RANDOM -> all == length ? 0 : rng.nextInt(all - length + 1);
        };
    }

    /** The whole frames of a clip, or how many are chosen of them. */
    private static int count(ClipOpener opener, ClipEntry clip, @Nullable PrepareSettings choosing) throws IOException {
        try (FrameSource source = ArrayFrames.open(clip.file(), opener)) {
            Chooser chooser = choosing == null ? null : FrameChoice.of(choosing, source, 0);
            int frames = 0;
            int chosen = 0;
            try {
                while (source.next() != null
                        && source.report().frames() <= source.report().whole()) {
                    chosen += chooser == null ? 0 : chooser.next(ticks(source, frames));
                    frames++;
                }
            } catch (ClipException e) {
                // What comes before the damage counts; the damage is told when the frames are decoded.
            }
            return chooser == null ? frames : chosen + chooser.rest();
        }
    }

    /** A frame without a time of its own is shown at its number. */
    private static long ticks(FrameSource source, int frame) {
        return source.ticksPerSecond() > 0 ? source.ticks() : frame;
    }

    /**
     * Gives out the chosen frames up to the end or the first damage.
     *
     * @return what the damage is, null if there is none
     * @throws IOException what the sink threw
     */
    @Nullable
    String decode(FrameSource source, Chooser chooser, Range range, Sink sink) throws IOException {
        Output output = new Output(range, sink);
        for (int index = 0; !output.full(); index++) {
            Picture picture;
            DecodeReport report;
            try {
                picture = source.next();
                report = source.report();
            } catch (ClipException | RuntimeException e) {
                rest(chooser, output);
                return reason(e);
            }
            if (picture == null || report.frames() > report.whole()) {
                rest(chooser, output);
                String damage = damage(report);
                return damage != null ? damage : output.given == 0 ? "has no frames" : null;
            }
            if (index >= range.to()) {
                break;
            }
            if (index >= range.from()) {
                take(picture, ticks(source, index), chooser, output);
            }
        }
        rest(chooser, output);
        return null;
    }

    private void take(Picture picture, long ticks, Chooser chooser, Output output) throws IOException {
        int count = chooser.next(ticks);
        if (chooser.looksBack()) {
            byte[] free = before;
            before = frame;
            frame = free;
            fitter.toRgb(picture, frame);
        } else if (count > 0 && output.wants(count)) {
            fitter.toRgb(picture, frame);
        }
        for (int i = 0; i < count; i++) {
            output.frame(mix(chooser.weight(i)));
        }
    }

    private void rest(Chooser chooser, Output output) throws IOException {
        for (int rest = chooser.rest(); rest > 0; rest--) {
            output.frame(frame);
        }
    }

    private byte[] mix(int weight) {
        if (weight == 0 || weight == Chooser.NEWEST) {
            return weight == 0 ? before : frame;
        }
        for (int i = 0; i < mixed.length; i++) {
            int sum = (before[i] & 0xff) * (Chooser.NEWEST - weight) + (frame[i] & 0xff) * weight;
            mixed[i] = (byte) ((sum + Chooser.NEWEST / 2) / Chooser.NEWEST);
        }
        return mixed;
    }

    /** Passes on the frames that the range has. */
    private static final class Output {
        private final Range range;
        private final Sink sink;
        private int chosen;
        private int given;

        Output(Range range, Sink sink) {
            this.range = range;
            this.sink = sink;
        }

        boolean full() {
            return given == range.stored();
        }

        boolean wants(int count) {
            return chosen + count > range.firstStored();
        }

        void frame(byte[] rgb) throws IOException {
            if (chosen++ >= range.firstStored() && !full()) {
                sink.frame(rgb);
                given++;
            }
        }
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
