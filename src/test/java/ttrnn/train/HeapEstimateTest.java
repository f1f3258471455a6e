package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** What a training is thought to need, and how it does with less. */
class HeapEstimateTest {
    private static final int BATCH = 5;
    private static final String CONFIG = "\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":3,"
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

    /** Trains with so much heap, and returns the model file and what stands in the predictions. */
    private List<byte[]> trained(String more, String name, long heapBytes) throws IOException {
        Path at = folder.resolve(name);
        run(more).run(RunFolder.create(at), RunOptions.of("1"), new TrainListener() {}, file -> {
            Augmentation augmentation = Augmentation.of(file.config(), 8, 6);
            return new LocalWork(file.config(), file.model(), augmentation, heapBytes);
        });
        List<byte[]> files = new ArrayList<>();
        for (String one : List.of(ModelFile.NAME, "predictions.jsonl")) {
            files.add(Files.readAllBytes(at.resolve(one)));
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"model\":\"tt-lstm\",\"layers\":2,\"l2\":0.01,\"labelSmoothing\":0.1,\"clipNorm\":0.1",
                ",\"model\":\"gru\",\"recurrentDropout\":0.3,\"labels\":\"several\""
            })
    void batchesThatDoNotFitAreTakenClipByClipToTheSameBits(String more) throws IOException {
        List<byte[]> whole = trained(more, "whole", Long.MAX_VALUE);
        assertThat(trained(more, "clip by clip", 0)).usingRecursiveComparison().isEqualTo(whole);
        HeapEstimate estimate = new HeapEstimate(run(more).plan().config(), 2);
        long some = estimate.bytes(BATCH, 22, 6); // batches of 5 clips of 3 to 6 frames
        assertThat(trained(more, "some", some)).usingRecursiveComparison().isEqualTo(whole);
    }

    @Test
    void aPlanCountsTheLongestClipsThatMakeABatch() throws IOException {
        TrainPlan plan = run("").plan();
        List<Integer> lengths = ClipStore.open(store).clips().stream()
                .filter(clip -> List.of("a", "b").contains(clip.group()))
                .map(clip -> -clip.frames())
                .sorted()
                .toList();
        assertThat(plan.longestBatch())
                .isEqualTo(-lengths.subList(0, BATCH).stream().mapToInt(n -> n).sum());
        assertThat(plan.longestBatch()).isLessThan((long) BATCH * plan.longest());
    }

    @Test
    void aBatchNeedsMoreHeapThanItsClipsOneByOne() {
        TrainPlan plan = new TrainPlan(TrainConfig.defaults(), 11, 1600, 200, 900);
        assertThat(plan.longestBatch()).isEqualTo(16 * 900);
        assertThat(plan.leastHeapBytes()).isLessThan(plan.peakHeapBytes() / 4);
        assertThat(plan.heapBytesWithin(Long.MAX_VALUE)).isEqualTo(plan.peakHeapBytes());
        assertThat(plan.heapBytesWithin(0)).isEqualTo(plan.leastHeapBytes());
        Needs tight = new Needs(plan.peakHeapBytes(), plan.leastHeapBytes(), plan.peakHeapBytes() - 1, 1, 1);
        assertThat(tight.heapIsTight()).isTrue();
        assertThat(tight.heapIsShort()).isFalse();
        Needs few = new Needs(plan.peakHeapBytes(), plan.leastHeapBytes(), plan.leastHeapBytes() - 1, 1, 1);
        assertThat(few.heapIsTight()).isFalse();
        assertThat(few.heapIsShort()).isTrue();
    }
}
