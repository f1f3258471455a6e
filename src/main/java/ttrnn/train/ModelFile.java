package ttrnn.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.dataset.DatasetException;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.io.Npz;
import ttrnn.io.Safetensors;
import ttrnn.io.SafetensorsFile;
import ttrnn.nn.Classifier;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

/**
 * A trained model with all that is needed to use it: weights by name, configuration, classes, and how its frames were
 * prepared. The file is a function of these alone.
 *
 * @param config how it was trained
 * @param classes names of the classes, in the order of the scores
 * @param preprocessing how clips become frames
 * @param model the model itself
 */
public record ModelFile(TrainConfig config, List<String> classes, PrepareSettings preprocessing, Classifier model) {
    /** Version of the metadata. */
    private static final long FORMAT = 1;
    /** Name of the file in the folder of a run. */
    public static final String NAME = "model.safetensors";

    public ModelFile {
        classes = List.copyOf(classes);
    }

    /** What the model is shown of a clip. */
    public ClipView view() {
        return ClipView.of(config, preprocessing.width(), preprocessing.height());
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) throws IOException {
        Map<String, Tensor> weights = new TreeMap<>();
        for (Parameter parameter : model.parameters()) {
            weights.put(parameter.name(), parameter.value());
        }
        weights.putAll(model.constants());
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("format", Json.line(FORMAT));
        metadata.put("config", config.toJson());
        metadata.put("classes", Json.line(classes));
        metadata.put("preprocessing", Json.line(preprocessing.frames()));
        Safetensors.write(file, weights, metadata);
    }

    /**
     * Reads a model.
     *
     * @param path a file, or the folder of a run
     * @throws IOException with one line: which file, and what is wrong with it
     */
    public static ModelFile read(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
        if (!Files.exists(file)) {
            throw new IOException("no model in " + path + (Files.isDirectory(path) ? ": " + NAME + " is missing" : "")
                    + "; train one with train STORE --out RUN");
        }
        SafetensorsFile content;
        try {
            content = Safetensors.read(file);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; name a model that train wrote, or train again", e);
        }
        try {
            return of(content);
        } catch (IOException | IllegalArgumentException | DatasetException e) {
            throw new IOException(file + ": no model of this program: " + e.getMessage(), e);
        }
    }

    /**
     * A model of weights that carry no metadata: a safetensors file, or an npz archive.
     *
     * @throws IOException with one line: which file, and what is wrong with it or with the settings for it
     */
    public static ModelFile ofWeights(
            Path file, TrainConfig config, List<String> classes, PrepareSettings preprocessing) throws IOException {
        return ofWeights(file, config, classes, preprocessing, weights(file));
    }

    /** The same of weights that were read from {@code file}. */
    public static ModelFile ofWeights(
            Path file,
            TrainConfig config,
            List<String> classes,
            PrepareSettings preprocessing,
            Map<String, Tensor> weights)
            throws IOException {
        try {
            return new ModelFile(config, classes, preprocessing, build(config, classes, preprocessing, weights));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ": these weights do not fit: " + e.getMessage(), e);
        }
    }

    /** The arrays of a safetensors file or an npz archive; its first bytes say which. */
    public static Map<String, Tensor> weights(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(2);
        }
        boolean zip = start.length == 2 && start[0] == 'P' && start[1] == 'K';
        return zip ? Npz.read(file) : Safetensors.read(file).tensors();
    }

    /** Writes the weights alone, as an npz archive with their names. */
    public void writeWeights(Path file) throws IOException {
        Map<String, Tensor> weights = new TreeMap<>();
        model.parameters().forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        weights.putAll(model.constants());
        Npz.write(file, weights);
    }

    private static ModelFile of(SafetensorsFile content) throws IOException {
        if (!content.metadata().containsKey("format")) {
            throw new IOException(
                    "its metadata have no format, config, classes and preprocessing, as train writes them;"
                            + " for weights alone there are evaluate --config and import");
        }
        JsonObject metadata = Json.parse(Json.line(content.metadata()));
        long format = parse(metadata, "format").integer("format");
        if (format > FORMAT) {
            throw new IOException("a newer version made it (format " + format + ", this one reads up to " + FORMAT
                    + "); use that version");
        }
        TrainConfig config =
                TrainConfig.defaults().with(parse(metadata, "config").object("config"));
        List<String> classes = parse(metadata, "classes").strings("classes");
        PrepareSettings preprocessing =
                PrepareSettings.read(parse(metadata, "preprocessing").object("preprocessing"));
        Classifier model = build(config, classes, preprocessing, content.tensors());
        return new ModelFile(config, classes, preprocessing, model);
    }

    /** The model of given weights, with what is known of its frames. */
    private static Classifier build(
            TrainConfig config, List<String> classes, PrepareSettings preprocessing, Map<String, Tensor> tensors)
            throws IOException {
        int frame = preprocessing.width() * preprocessing.height() * 3;
        if (frame != config.frameSize()) {
            throw new IOException("its input modes " + config.inputModes() + " do not make a frame of "
                    + preprocessing.width() + "x" + preprocessing.height() + "x3");
        }
        Map<String, Tensor> weights = new TreeMap<>(tensors);
        Map<String, Tensor> constants = new TreeMap<>(tensors);
        weights.keySet().removeIf(Preparations::isConstant);
        constants.keySet().removeIf(name -> !Preparations.isConstant(name));
        Classifier weighed = Models.of(config, weights);
        Classifier model = Preparations.of(config, preprocessing.width(), preprocessing.height(), constants, weighed);
        if (model.classes() != classes.size()) {
            throw new IOException("the head has " + model.classes() + " classes, their names are " + classes.size());
        }
        return model;
    }

    /** An entry of the metadata is JSON in a string; wrapped in an object, any of them can be read. */
    private static JsonObject parse(JsonObject metadata, String name) throws IOException {
        try {
            return Json.parse("{\"" + name + "\":" + metadata.string(name) + "}");
        } catch (IOException e) {
            throw new IOException("metadata " + name + ": " + e.getMessage(), e);
        }
    }
}
