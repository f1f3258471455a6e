package ttrnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.PrepareSettings;
import ttrnn.nn.Parameter;
import ttrnn.train.ModelFile;
import ttrnn.train.TrainPlan;

/**
 * What a model file holds, and what the run beside it tells of its making.
 *
 * @param file the model file itself
 * @param run null if there is none beside it
 */
record ModelInfo(Path file, ModelFile model, @Nullable RunInfo run) {
    /**
     * Reads a model and its run.
     *
     * @param path the folder of a run, or a model file
     */
    static ModelInfo read(Path path) throws IOException {
        ModelFile model = ModelArgument.read(path);
        Path file = Files.isDirectory(path) ? path.resolve(ModelFile.NAME) : path;
        return new ModelInfo(file, model, RunInfo.beside(file));
    }

    Map<String, Object> json() throws IOException {
        Map<String, Object> tensors = new LinkedHashMap<>();
        for (Parameter parameter : model.model().parameters()) {
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("shape", parameter.value().shape().dimensions());
            tensor.put("parameters", parameter.value().size());
            tensors.put(parameter.name(), tensor);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("bytes", Files.size(file));
        json.put("sha256", sha256());
        json.put("classes", model.classes());
        json.put("parameters", model.model().parameterCount());
        json.put("inputParameters", inputParameters());
        json.put("denseInputParameters", denseInputParameters());
        json.put("tensors", tensors);
        json.put("preprocessing", model.preprocessing().frames());
        json.put("config", model.config().toMap());
        if (run != null) {
            json.put("run", run.fields());
        }
        return json;
    }

    String text() throws IOException {
        Table summary = Table.plain()
                .row("model", model.config())
                .row("file", file + ", " + Format.bytes(Files.size(file)))
                .row("sha256", sha256())
                .row("classes", model.classes().size() + ": " + String.join(", ", model.classes()))
                .row("frames", frames(model.preprocessing()))
                .row("parameters", model.model().parameterCount() + inputNote());
        if (run != null) {
            run.rows().forEach(row -> summary.row((Object[]) row));
        }
        Table tensors = Table.of("tensor", "shape", "parameters");
        for (Parameter parameter : model.model().parameters()) {
            String shape = Arrays.stream(parameter.value().shape().dimensions())
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" x "));
            tensors.row(parameter.name(), "[" + shape + "]", parameter.value().size());
        }
        Table settings = Table.of("setting", "value");
        model.config().toMap().forEach((name, value) -> settings.row(name, value));
        return summary + "\n" + tensors + "\n" + settings;
    }

    private String inputNote() {
        return denseInputParameters() == 0
                ? ""
                : "; the input matrix has " + inputParameters() + " of them, its dense twin would have "
                        + denseInputParameters();
    }

    private long inputParameters() {
        return model.model().parameters().stream()
                .filter(parameter -> parameter.name().contains(".core."))
                .mapToLong(parameter -> parameter.value().size())
                .sum();
    }

    /** Of the dense twin; 0 for a model without a train. */
    private long denseInputParameters() {
        return inputParameters() == 0
                ? 0
                : new TrainPlan(model.config(), model.classes().size(), 1, 1, 1).denseInputParameters();
    }

    /** For example "160x120, every 2nd, at most 200". */
    private static String frames(PrepareSettings settings) {
        StringBuilder text = new StringBuilder(settings.width() + "x" + settings.height() + " pixels");
        if (settings.framesPerSecond() > 0) {
            text.append(", ").append(settings.framesPerSecond()).append(" a second");
        } else {
            text.append(settings.every() == 1 ? ", all" : ", one of " + settings.every());
        }
        return text.append(settings.maxFrames() == 0 ? "" : ", at most " + settings.maxFrames())
                .toString();
    }

    private String sha256() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has SHA-256
        }
    }
}
