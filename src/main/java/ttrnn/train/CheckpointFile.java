package ttrnn.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.io.Safetensors;
import ttrnn.io.SafetensorsFile;
import ttrnn.nn.optim.OptimizerState;
import ttrnn.tensor.Tensor;

/**
 * A checkpoint as a safetensors file: the tensors {@code model.NAME}, {@code best.NAME} and {@code optimizer.NAME.SLOT}, and
 * in the metadata {@code checkpoint}, a JSON object of the rest, and {@code sha256}, a hash of all of it. Numbers with a
 * fraction stand there as strings, which give the same bits back and can say Infinity.
 *
 * @param checkpoint the state
 * @param origin what the training comes from
 * @param started when it was begun, in words
 */
record CheckpointFile(Checkpoint checkpoint, Origin origin, String started) {
    private static final int FORMAT = 1;
    private static final String MODEL = "model.";
    private static final String BEST = "best.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String CONTENT = "checkpoint";
    private static final String HASH = "sha256";

    /** Writes the file whole or not at all. */
    void write(Path file) throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        checkpoint.weights().forEach((name, tensor) -> tensors.put(MODEL + name, tensor));
        checkpoint.best().weights().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
        checkpoint.optimizer().arrays().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        String content = Json.line(content());
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(CONTENT, content);
        metadata.put(HASH, hash(content, tensors));
        Safetensors.write(file, tensors, metadata);
    }

    private Map<String, Object> content() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", origin.version());
        json.put("config", origin.config().toMap());
        json.put("data", origin.data());
        json.put("started", started);
        json.put("epoch", checkpoint.epoch());
        json.put("step", checkpoint.step());
        json.put("steps", checkpoint.steps());
        Sums sums = checkpoint.sums();
        Map<String, Object> sumsJson = new LinkedHashMap<>();
        sumsJson.put("steps", sums.steps());
        sumsJson.put("clips", sums.clips());
        sumsJson.put("loss", text(sums.loss()));
        sumsJson.put("norm", text(sums.norm()));
        sumsJson.put("saturation", text(sums.saturation()));
        sumsJson.put("right", sums.right());
        sumsJson.put("seconds", text(sums.seconds()));
        json.put("sums", sumsJson);
        json.put("rateFactor", text(checkpoint.rateFactor()));
        LearningRate.State rate = checkpoint.rate();
        Map<String, Object> rateJson = new LinkedHashMap<>();
        rateJson.put("epochs", rate.epochs());
        rateJson.put("lowestLoss", text(rate.lowestLoss()));
        rateJson.put("waited", rate.waited());
        rateJson.put("reductions", rate.reductions());
        json.put("rate", rateJson);
        json.put(
                "epochs",
                checkpoint.epochs().stream().map(CheckpointFile::metrics).toList());
        Best best = checkpoint.best();
        Map<String, Object> bestJson = new LinkedHashMap<>();
        bestJson.put("epoch", best.epoch());
        bestJson.put("accuracy", text(best.accuracy()));
        bestJson.put("loss", text(best.loss()));
        json.put("best", bestJson);
        json.put("optimizerSteps", checkpoint.optimizer().steps());
        return json;
    }

    private static Map<String, @Nullable Object> metrics(EpochMetrics epoch) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(epoch.toMap());
        json.replaceAll((name, value) -> value instanceof Double number ? text(number) : value);
        return json;
    }

    private static String text(double value) {
        return Double.toString(value);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException in one line: which file, and what is wrong with it
     */
    static CheckpointFile read(Path file) throws IOException {
        SafetensorsFile content = Safetensors.read(file);
        try {
            return of(content);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static CheckpointFile of(SafetensorsFile file) throws IOException {
        String text = file.metadata().get(CONTENT);
        if (text == null) {
            throw new IOException("this is no checkpoint");
        }
        if (!hash(text, file.tensors()).equals(file.metadata().get(HASH))) {
            throw new IOException("its content does not match its checksum: it was damaged");
        }
        JsonObject json = Json.parse(text);
        long format = json.integer("format");
        if (format > FORMAT) {
            throw new IOException(
                    "a newer version made it (format " + format + ", this one reads up to " + FORMAT + ")");
        }
        Origin origin = new Origin(
                json.string("version"), TrainConfig.defaults().with(json.object("config")), json.string("data"));
        JsonObject best = json.object("best");
        JsonObject rate = json.object("rate");
        List<EpochMetrics> epochs = new ArrayList<>();
        for (JsonObject epoch : json.objects("epochs")) {
            epochs.add(metrics(epoch));
        }
        Checkpoint checkpoint = new Checkpoint(
                json.integer("epoch", 1),
                json.integer("step", 0),
                json.integer("steps", 0),
                sums(json.object("sums")),
                number(json, "rateFactor"),
                new LearningRate.State(
                        rate.integer("epochs", 0),
                        number(rate, "lowestLoss"),
                        rate.integer("waited", 0),
                        rate.integer("reductions", 0)),
                epochs,
                new Best(
                        best.integer("epoch", 0),
                        number(best, "accuracy"),
                        number(best, "loss"),
                        named(BEST, file.tensors())),
                named(MODEL, file.tensors()),
                new OptimizerState(json.integer("optimizerSteps", 0), named(OPTIMIZER, file.tensors())));
        return new CheckpointFile(checkpoint, origin, json.string("started"));
    }

    private static Sums sums(JsonObject json) throws IOException {
        return new Sums(
                json.integer("steps", 0),
                json.integer("clips", 0),
                number(json, "loss"),
                number(json, "norm"),
                json.has("saturation") ? number(json, "saturation") : Double.NaN,
                json.integer("right", 0),
                number(json, "seconds"));
    }

    private static EpochMetrics metrics(JsonObject json) throws IOException {
        boolean judged = json.has("validationLoss");
        return new EpochMetrics(
                json.integer("epoch", 1),
                number(json, "learningRate"),
                number(json, "loss"),
                number(json, "accuracy"),
                number(json, "gradientNorm"),
                judged ? (Double) number(json, "validationLoss") : null,
                judged ? (Double) number(json, "validationAccuracy") : null,
                number(json, "seconds"),
                json.has("gateSaturation") ? (Double) number(json, "gateSaturation") : null);
    }

    private static double number(JsonObject json, String name) throws IOException {
        return Double.parseDouble(json.string(name));
    }

    /** The tensors whose names begin with {@code prefix}, without it. */
    private static Map<String, Tensor> named(String prefix, Map<String, Tensor> tensors) {
        Map<String, Tensor> named = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), tensor);
            }
        });
        return named;
    }

    private static String hash(String content, Map<String, Tensor> tensors) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.getBytes(StandardCharsets.UTF_8));
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                String head = "\n" + entry.getKey() + " " + entry.getValue().shape() + "\n";
                digest.update(head.getBytes(StandardCharsets.UTF_8));
                float[] data = entry.getValue().data();
                for (int at = 0; at < data.length; ) {
                    int n = Math.min(chunk.capacity() / Float.BYTES, data.length - at);
                    chunk.clear().asFloatBuffer().put(data, at, n);
                    digest.update(chunk.limit(n * Float.BYTES));
                    at += n;
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
