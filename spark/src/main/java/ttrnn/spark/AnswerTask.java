package ttrnn.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import ttrnn.train.ClipAnswer;
import ttrnn.train.ModelFile;

/** Decodes video files and asks a model. */
final class AnswerTask implements FlatMapFunction<Iterator<String>, AnswerTask.Answer> {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final Broadcast<byte[]> model;

    AnswerTask(String job, Broadcast<byte[]> model) {
        this.job = job;
        this.model = model;
    }

    /** A {@link ClipAnswer} that can be sent. */
    record Answer(float @Nullable [] probabilities, String problem) implements Serializable {
        ClipAnswer toClipAnswer() {
            return new ClipAnswer(probabilities, problem);
        }
    }

    @Override
    public Iterator<Answer> call(Iterator<String> clips) {
        ModelFile file = Executor.instance().model(job, model::value);
        List<Answer> answers = new ArrayList<>();
        while (clips.hasNext()) {
            ClipAnswer answer = ClipAnswer.of(
                    file, Path.of(clips.next()), Executor.instance().decoders()::open);
            answers.add(new Answer(answer.probabilities(), answer.problem()));
        }
        return answers.iterator();
    }
}
