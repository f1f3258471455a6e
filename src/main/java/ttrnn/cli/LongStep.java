package ttrnn.cli;

import ttrnn.train.TrainRun;

/**
 * What happens after a wish that a training end: it has some seconds to finish its step. If that does not suffice, the state
 * before the step is saved and the process ends in the middle of it, so that it is gone within ten seconds.
 */
final class LongStep {
    private static final long PATIENCE_MILLIS = 4000;

    private LongStep() {}

    /** Begins to wait, in a thread of its own. */
    static void limit(TrainRun run, Output output, Interruption interruption) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(PATIENCE_MILLIS);
                        run.stopInMidStep(where -> end(interruption.exception(where), output, interruption));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        end(e, output, interruption);
                    }
                },
                "end in the middle of a step");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(RuntimeException reason, Output output, Interruption interruption) {
        interruption.endAtOnce(output.failure(Failure.of(reason), reason));
    }
}
