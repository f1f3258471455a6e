package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import ttrnn.dataset.ClipOpener;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.FoundClips;
import ttrnn.dataset.Prepare;
import ttrnn.dataset.PrepareListener;
import ttrnn.dataset.PrepareResult;
import ttrnn.dataset.PrepareSettings;
import ttrnn.dataset.Shard;
import ttrnn.kernel.Parallel;
import ttrnn.train.ClipAnswer;
import ttrnn.train.ClipWork;
import ttrnn.train.ModelFile;
import ttrnn.video.DecodeLimits;
import ttrnn.video.FrameSources;

/**
 * Who does the work of prepare, train, evaluate and predict: this process, unless another program calls {@link
 * Main#runOn(Backend, String...)}. Results do not depend on it.
 */
public interface Backend {
    /** This process. */
    Backend HERE = new Backend() {};

    /** A command whose work may be done elsewhere. */
    interface User {
        void use(Backend backend);
    }

    /**
     * Fills a store.
     *
     * @param opener opens clips in this process
     * @param free bytes of disk that may be filled
     */
    default PrepareResult prepare(
            FoundClips found,
            Path store,
            PrepareSettings settings,
            ClipOpener opener,
            Shard shard,
            long free,
            PrepareListener listener)
            throws IOException {
        Prepare.Means means = new Prepare.Means(Parallel.threads(), shard, free);
        return Prepare.run(found, store, settings, opener, means, listener);
    }

    /** Who computes on clips of a store. */
    default ClipWork.Factory work(ClipStore store) {
        return ClipWork::here;
    }

    /** The answers to video files and frame arrays, in their order; what cannot be read has no probabilities. */
    default Iterator<ClipAnswer> answers(Path path, ModelFile model, List<Path> clips) {
        return clips.stream()
                .map(clip -> ClipAnswer.of(model, clip, file -> FrameSources.open(file, DecodeLimits.defaults())))
                .iterator();
    }
}
