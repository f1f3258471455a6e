package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.testing.TinyStore;

/** Trainings whose clips are computed one by one, in turn by three workers that know the clips' names alone. */
class StoreWorkTest {
    private static final String CONFIG = "\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":2,"
            + "\"batchSize\":5,\"testGroups\":[\"c\"],\"validationGroups\":[\"d\"],\"dropout\":0.2,\"shift\":0.3";

    @TempDir
    static Path stores;

    @TempDir
    Path folder;

    private static Path store;

    @BeforeAll
    static void makeStore() throws IOException {
        store = TinyStore.write(stores.resolve("store"), 3, 1);
    }

    private static TrainRun run(String more) throws IOException {
        TrainConfig config = TrainConfig.defaults().with(Json.parse("{" + CONFIG + more + "}"));
        return new TrainRun(ClipStore.open(store), config);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"model\":\"tt-lstm\",\"layers\":2,\"bidirectional\":true,\"gateTrains\":\"separate\",\"l2\":0.01",
                ",\"model\":\"tt-rnn\",\"stepPooling\":\"mean\",\"labels\":\"several\",\"clipNorm\":0.1",
                ",\"model\":\"gru\",\"recurrentDropout\":0.3,\"labelSmoothing\":0.1,\"normalize\":\"standard\"",
                ",\"model\":\"lstm\",\"mirror\":true,\"schedule\":\"plateau\"",
                ",\"model\":\"rnn\",\"flip\":true,\"validate\":false",
                ",\"model\":\"tt-mlp\",\"frames\":3"
            })
    void clipsComputedOneByOneElsewhereGiveTheSameRun(String more) throws Exception {
        run(more).run(RunFolder.create(file("here")), RunOptions.of("1"), new TrainListener() {});
        run(more).run(RunFolder.create(file("there")), RunOptions.of("1"), new TrainListener() {}, this::workers);
        for (String name : List.of("model.safetensors", "predictions.jsonl")) {
            assertThat(file("there/" + name)).hasSameBinaryContentAs(file("here/" + name));
        }
        assertThat(numbers(file("there/metrics.csv"))).isEqualTo(numbers(file("here/metrics.csv")));
    }

    /** Metrics without the seconds. */
    private static List<String> numbers(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        int seconds = List.of(lines.get(0).split(",", -1)).indexOf("seconds");
        List<String> rest = new ArrayList<>();
        for (String line : lines) {
            List<String> fields = new ArrayList<>(List.of(line.split(",", -1)));
            fields.remove(seconds);
            rest.add(String.join(",", fields));
        }
        return rest;
    }

    private ClipWork workers(ModelFile model) {
        return new Workers(model, List.of(worker(model), worker(model), worker(model)));
    }

    /** With a model of its own. */
    private StoreWork worker(ModelFile model) {
        try {
            model.write(file("worker.safetensors"));
            return new StoreWork(ClipStore.open(store), ModelFile.read(file("worker.safetensors")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Workers(ModelFile model, List<StoreWork> workers) implements ClipWork {
        private StoreWork worker(int clip) {
            StoreWork worker = workers.get(clip % workers.size());
            worker.setWeights(StoreWork.weights(model));
            return worker;
        }

        @Override
        public StepGradients gradients(int epoch, List<Example> batch) {
            List<ClipGradients> parts = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                parts.add(worker(i).gradients(epoch, List.of(batch.get(i).id()), batch.size()));
            }
            return StepGradients.of(model.config(), model.model(), batch, ClipGradients.sum(parts));
        }

        @Override
        public List<float[]> probabilities(List<Example> examples) {
            List<float[]> all = new ArrayList<>();
            for (int i = 0; i < examples.size(); i++) {
                all.addAll(worker(i).probabilities(List.of(examples.get(i).id())));
            }
            return all;
        }
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws Exception {
        ModelFile[] model = new ModelFile[1];
        ClipWork.Factory keep = file -> {
            model[0] = file;
            return workers(file);
        };
        run("").run(RunFolder.create(file("run")), RunOptions.of("1"), new TrainListener() {}, keep);
        StoreWork worker = worker(model[0]);
        assertThatThrownBy(() -> worker.setWeights(new float[3]))
                .hasMessageMatching("weights: the model has \\d+, there are 3");
        ClipGradients wrong = new ClipGradients(new float[2], new float[3], 0, 0);
        Example clip = new Example(
                "a",
                model[0].view()
                        .of(ClipStore.open(store)
                                .frames(ClipStore.open(store).clips().get(0))),
                0);
        assertThatThrownBy(() -> StepGradients.of(model[0].config(), model[0].model(), List.of(clip), wrong))
                .hasMessageMatching("gradients: the model has \\d+ weights, there are gradients of 3");
    }
}
