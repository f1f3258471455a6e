package ttrnn.cli;

import ttrnn.dataset.BadClip;
import ttrnn.dataset.PrepareListener;

/** Shows how a preparation goes on. Its listener methods are called by one thread at a time. */
final class PrepareProgress implements PrepareListener, AutoCloseable {
    private final Output output;
    private final Progress progress;
    private final int clips;
    private volatile int through;
    private int bad;
    private boolean begun;

    PrepareProgress(Output output, int clips) {
        this.output = output;
        this.clips = clips;
        this.progress = output.progress("prepare", "clips", clips);
    }

    @Override
    public void clipDone(int done, int total, long frames) {
        if (!begun) {
            begun = true;
            progress.present(done - 1); // what the store had already
        }
        through = done;
        progress.step(1, frames + " frames" + (bad == 0 ? "" : ", " + bad + " bad"));
    }

    @Override
    public void badClip(BadClip clip) {
        bad++;
        output.verbose("bad: " + clip.clip() + ": " + clip.reason());
    }

    /** What to say after an interruption. */
    String stopped() {
        return "stopped after " + through + " of " + clips + " clips; run the same command again to go on";
    }

    @Override
    public void close() {
        progress.close();
    }
}
