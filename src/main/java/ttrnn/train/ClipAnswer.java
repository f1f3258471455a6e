package ttrnn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipOpener;
import ttrnn.dataset.ClipReader;
import ttrnn.tensor.FrameSequence;

/**
 * What a model says of a video file or frame array.
 *
 * @param probabilities by class; null if the clip cannot be read
 * @param problem why it cannot be read, one line; empty if it can
 */
public record ClipAnswer(float @Nullable [] probabilities, String problem) {
    /**
     * The probabilities.
     *
     * @throws IOException with the problem, if there is one
     */
    public float[] orThrow() throws IOException {
        if (probabilities == null) {
            throw new IOException(problem);
        }
        return probabilities;
    }

    /** Decodes the clip as the model's training clips were, and asks the model. */
    public static ClipAnswer of(ModelFile model, Path clip, ClipOpener opener) {
        try {
            ClipReader reader = new ClipReader(model.preprocessing(), opener);
            FrameSequence frames =
                    reader.read(clip, model.config().maxLength(), model.config().cutEnd());
            List<FrameSequence> one = List.of(model.view().of(frames));
            return new ClipAnswer(
                    Evaluation.probabilities(model.model(), one, model.config().inputScale())
                            .get(0),
                    "");
        } catch (IOException e) {
            return new ClipAnswer(null, String.valueOf(e.getMessage()));
        }
    }
}
