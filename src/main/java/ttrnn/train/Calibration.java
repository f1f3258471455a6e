package ttrnn.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ttrnn.tensor.FrameSequence;

/**
 * How long steps of a training take on this machine, seen in some seconds of real steps on short pieces of clips, with a
 * model that is thrown away: {@code seconds = perStep + perFrame * frames}.
 *
 * @param perStep seconds that a step takes however many frames it has
 * @param perFrame seconds that a step takes for each frame
 */
public record Calibration(double perStep, double perFrame) {
    /** Frames are judged, in a forward pass only, in about this share of the time in which they are learnt from. */
    private static final double JUDGING = 0.35;
    /** Long enough that the clock and the machine's other work matter little. */
    private static final double LONG_STEP_SECONDS = 0.25;

    private static final double MOST_SECONDS = 10;
    /** A training shorter than this need not be foretold well. */
    private static final double SHORT_TRAINING_SECONDS = 5;

    private static final int SEEN = 5;

    /**
     * Runs steps.
     *
     * @param clips to learn from, at least one; the longest are used
     * @param classes number of classes
     */
    static Calibration of(TrainConfig config, int classes, List<Example> clips, TrainPlan plan) {
        List<Example> longest = clips.stream()
                .sorted(Comparator.comparingInt((Example clip) -> clip.frames().length())
                        .reversed())
                .limit(config.batchSize())
                .toList();
        // One step an epoch, and no end but ours.
        TrainConfig endless = config.with(Settings.EPOCHS, 1 << 20)
                .with(Settings.PATIENCE, 0)
                .with(Settings.CROP, 0.0)
                .with(Settings.ON_NON_FINITE, NonFinite.SKIP);
        Steps steps = new Steps(longest, plan);
        try {
            new Trainer(
                            endless,
                            Models.create(endless, classes),
                            steps.pieces,
                            List.of(),
                            new Augmentation(0, 0, 1, 1),
                            steps)
                    .run();
        } catch (TrainException e) {
            // Numbers that go wild take no other time, and say nothing of the training itself.
        }
        return steps.result();
    }

    /**
     * Decides how many frames of each clip the next step sees: ever more, until a step takes long enough; then the same
     * until steps get no faster, for at first the JVM compiles; then one frame, for what does not depend on frames.
     */
    private static final class Steps implements TrainListener {
        private final TrainPlan plan;
        private final List<Example> pieces = new ArrayList<>();
        private final int longest;
        private final long end = System.nanoTime() + (long) (MOST_SECONDS * 1e9);
        private int length = 1;
        private long before = System.nanoTime();
        private final List<Double> seconds = new ArrayList<>();
        private double least = Double.POSITIVE_INFINITY;
        private int sinceLeast;
        private double large;
        private long largeFrames;
        private boolean done;

        Steps(List<Example> clips, TrainPlan plan) {
            this.plan = plan;
            this.longest = clips.get(0).frames().length();
            for (Example clip : clips) {
                pieces.add(new Example(clip.id(), new Piece(clip.frames()), clip.label()));
            }
        }

        /** The first frames of a clip, as many as the next step shall have. */
        private final class Piece implements FrameSequence {
            private final FrameSequence frames;

            Piece(FrameSequence frames) {
                this.frames = frames;
            }

            @Override
            public int length() {
                return Math.min(length, frames.length());
            }

            @Override
            public int frameSize() {
                return frames.frameSize();
            }

            @Override
            public void read(int first, int count, byte[] target, int offset) {
                frames.read(first, count, target, offset);
            }
        }

        @Override
        public void step(int epoch, int clips, double loss) {
            long now = System.nanoTime();
            double took = (now - before) / 1e9;
            seconds.add(took);
            sinceLeast = took < 0.95 * least ? 0 : sinceLeast + 1;
            least = Math.min(least, took);
            if (largeFrames > 0) {
                done = seconds.size() >= SEEN || (isLate() && seconds.size() > 1);
            } else if (least < LONG_STEP_SECONDS && length < longest && !isLate()) {
                see(2 * length);
            } else if (sinceLeast >= SEEN || isShort() || (isLate() && seconds.size() > 1)) {
                large = median();
                largeFrames = frames();
                see(1);
            }
            before = System.nanoTime();
        }

        private boolean isLate() {
            return System.nanoTime() > end;
        }

        private long frames() {
            return pieces.stream().mapToLong(piece -> piece.frames().length()).sum();
        }

        private void see(int frames) {
            length = frames;
            seconds.clear();
            least = Double.POSITIVE_INFINITY;
            sinceLeast = 0;
        }

        @Override
        public boolean stopRequested() {
            return done;
        }

        private boolean isShort() {
            double perFrame = median() / frames();
            return perFrame * plan.clips() * plan.length() * plan.config().epochs() < SHORT_TRAINING_SECONDS;
        }

        /** Of the last steps; the first ones were slower, while the JVM compiled. */
        private double median() {
            List<Double> last = seconds.subList(Math.max(0, seconds.size() - SEEN), seconds.size());
            return last.isEmpty() ? 0 : last.stream().sorted().toList().get(last.size() / 2);
        }

        Calibration result() {
            if (largeFrames == 0) {
                return new Calibration(0, median() / frames());
            }
            long more = largeFrames - frames();
            double perFrame = more <= 0 || large <= median() ? large / largeFrames : (large - median()) / more;
            return new Calibration(Math.max(0, large - perFrame * largeFrames), perFrame);
        }
    }

    /** Of an epoch with its judgement by the validation clips. */
    public double secondsPerEpoch(TrainPlan plan) {
        double steps = Math.ceil((double) plan.clips() / plan.config().batchSize());
        return steps * perStep + perFrame * (plan.clips() * plan.length() + JUDGING * plan.validationFrames());
    }
}
