package ttrnn.train;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.Split;
import ttrnn.io.Json;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;

/**
 * Where a model comes from: the content of {@code run.json}.
 *
 * @param version of this program
 * @param started when the training began, before all resumptions
 * @param parameters numbers in the model
 */
record Provenance(ClipStore store, TrainConfig config, Split split, String version, Instant started, long parameters) {
    /** All that is known when a training begins. */
    Map<String, Object> atBegin() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("version", version);
        run.put("java", System.getProperty("java.version"));
        run.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        run.put("kernels", Kernels.describe());
        run.put("threads", Parallel.threads());
        run.put("cores", Runtime.getRuntime().availableProcessors());
        run.put("started", started.toString());
        run.put("seed", config.seed());
        run.put("store", store.path().toString());
        run.put("storeSha256", hash(store, clip -> clip.id() + " " + clip.sha256()));
        run.put("dataSha256", dataHash(store));
        run.put("classes", store.classes());
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("train", split.train());
        parts.put("validation", split.validation());
        parts.put("test", split.test());
        run.put("split", parts);
        run.put("parameters", parameters);
        return run;
    }

    /** The same with how it ended. */
    Map<String, Object> atEnd(TrainRun.Summary summary) {
        Map<String, Object> run = atBegin();
        run.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("bestEpoch", summary.result().bestEpoch());
        Map<String, Object> results = new LinkedHashMap<>();
        put(results, "train", summary.training());
        put(results, "validation", summary.validation());
        put(results, "test", summary.test());
        run.put("results", results);
        run.put("resources", summary.resources().toMap());
        return run;
    }

    private static void put(Map<String, Object> results, String part, @Nullable Evaluation evaluation) {
        if (evaluation == null) {
            return;
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("clips", evaluation.clips());
        numbers.put("accuracy", evaluation.accuracy());
        numbers.put("loss", evaluation.loss());
        if (evaluation.several()) {
            numbers.put("meanAveragePrecision", evaluation.meanAveragePrecision());
        }
        results.put(part, numbers);
    }

    /** One hash of all that decides a training: ids, labels, groups, lengths, and the frames' own hashes. */
    static String dataHash(ClipStore store) {
        return hash(
                store,
                clip -> Json.line(List.of(
                        clip.id(),
                        clip.labels().size() == 1 ? clip.label() : clip.labels(),
                        clip.groupOrId(),
                        clip.frames(),
                        clip.sha256())));
    }

    private static String hash(ClipStore store, Function<ClipRecord, String> words) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ClipRecord clip : store.clips()) {
                digest.update((words.apply(clip) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has SHA-256
        }
    }
}
