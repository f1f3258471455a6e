package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.nn.Parameter;
import ttrnn.testing.TinyStore;
import ttrnn.train.ModelFile;

/** A model learns on with clips of other classes. */
class TrainInitTest {
    @TempDir
    Path folder;

    private Run train(Path store, String run, String... options) {
        List<String> line = new ArrayList<>(List.of("train", store.toString(), "--out"));
        line.addAll(List.of(folder.resolve(run).toString(), "--epochs", "1"));
        line.addAll(List.of(options));
        return Run.of(line.toArray(new String[0]));
    }

    private static Map<String, float[]> weights(ModelFile model) {
        return model.model().parameters().stream()
                .collect(Collectors.toMap(
                        Parameter::name, parameter -> parameter.value().data()));
    }

    @Test
    void otherClassesGetANewHeadUponTheSameWeights() throws IOException {
        Path first = TinyStore.write(folder.resolve("first"), 2, 5);
        Run begun = train(first, "run", "--input-modes", "4,6,6", "--output-modes", "2,2,2", "--ranks", "2");
        assertThat(begun.exit()).as(begun.err()).isZero();
        Path other = TinyStore.write(folder.resolve("other"), 2, 6, "day", "night");
        String run = folder.resolve("run").toString();
        Run tuned = train(other, "tuned", "--init", run, "--learning-rate", "1e-9");
        assertThat(tuned.exit()).as(tuned.err()).isZero();
        assertThat(tuned.err())
                .contains("begins with the weights of " + run + "; its classes are others, so the head is new\n");
        ModelFile before = ModelArgument.read(folder.resolve("run"));
        ModelFile after = ModelArgument.read(folder.resolve("tuned"));
        assertThat(after.classes()).containsExactly("day", "night");
        Map<String, float[]> learnt = weights(after);
        weights(before).forEach((name, values) -> {
            if (name.startsWith("head.weight")) {
                assertThat(learnt.get(name)).hasSameSizeAs(values).isNotEqualTo(values);
            } else if (!name.startsWith("head.")) {
                assertThat(learnt.get(name)).as(name).containsExactly(values, within(1e-5f));
            }
        });
        assertThat(train(first, "again", "--init", run).err()).contains("begins with the weights of " + run + "\n");
    }
}
