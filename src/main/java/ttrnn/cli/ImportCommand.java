package ttrnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.tensor.Tensor;
import ttrnn.train.ForeignWeights;
import ttrnn.train.ModelFile;
import ttrnn.train.TrainConfig;

/** {@code ttrnn import}: weights of another program to a model of ours. */
@Command(
        name = "import",
        description = {
            "Makes a model of weights that Keras, PyTorch or NumPy wrote, in an .npz archive or a safetensors file.",
            "keras: get_weights() of a TT layer of Yang et al. (TTRNN.py) or of GRU, LSTM, SimpleRNN, and a Dense layer.",
            "pytorch: state_dict() of a GRU, LSTM or RNN and a Linear layer. ttrnn: our own names (docs/model-files.md).",
            "The settings of the architecture are options of train; classes and frames come from a store, or from"
                    + " --classes and --size."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn import weights.npz --from keras --model tt-gru --ranks 4 --store store --out model",
            "  ttrnn import lstm.npz --from pytorch --model lstm --classes run,walk --size 160x120 --out model"
        })
final class ImportCommand implements CliCommand, TrainOptions.Holder {
    @Parameters(paramLabel = "WEIGHTS", description = "An .npz archive or a safetensors file.")
    Path weights;

    @Option(
            names = "--from",
            paramLabel = "PROGRAM",
            required = true,
            description = "What wrote them: keras, pytorch, ttrnn.")
    String from = "";

    @Option(
            names = "--out",
            paramLabel = "MODEL",
            required = true,
            description = "A folder for the model, or a new .safetensors file.")
    Path out;

    @Option(names = "--store", paramLabel = "STORE", description = "Has the classes and how frames were made.")
    @Nullable
    Path store;

    @Option(
            names = "--classes",
            paramLabel = "A,…",
            split = ",",
            description = "Without a store: names of the classes, in the order of the head.")
    @Nullable
    List<String> classes;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Without a store: size of a frame (default: 160x120).")
    FrameSize size = new FrameSize(160, 120);

    @Mixin
    TrainOptions options = new TrainOptions();

    @Override
    public TrainOptions trainOptions() {
        return options;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        ForeignWeights.Source source = source();
        Path file = out.toString().endsWith(".safetensors") ? out : out.resolve(ModelFile.NAME);
        if (Files.exists(file)) {
            throw CliException.usage("--out", file + " exists; name another, or remove it");
        }
        if (!Files.isRegularFile(weights)) {
            throw CliException.usage(weights.toString(), "no such file; name an .npz archive or a safetensors file");
        }
        if ((store == null) == (classes == null)) {
            throw CliException.usage("--store", "give either a store or --classes");
        }
        ClipStore clips = store == null ? null : ClipStore.open(store);
        List<String> names = clips == null ? List.copyOf(classes == null ? List.of() : classes) : clips.classes();
        PrepareSettings frames = clips == null
                ? new PrepareSettings(size.width(), size.height(), 1, 0, 0, OnBadClip.SKIP)
                : clips.settings();
        Map<String, Tensor> arrays = ModelFile.weights(weights);
        TrainConfig config = ForeignWeights.config(source, options.toConfig(TrainConfig.defaults()), arrays);
        Map<String, Tensor> ours;
        try {
            ours = ForeignWeights.map(source, config, arrays);
        } catch (IllegalArgumentException e) {
            throw CliException.data(weights.toString(), String.valueOf(e.getMessage()));
        }
        ModelFile model = ModelFile.ofWeights(weights, config, names, frames, ours);
        if (file != out) {
            Files.createDirectories(out);
        }
        model.write(file);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("parameters", model.model().parameterCount());
        json.put("classes", names);
        return new CommandResult(
                json, config + ": " + model.model().parameterCount() + " numbers\nmodel: " + file + "\n");
    }

    private ForeignWeights.Source source() {
        for (ForeignWeights.Source source : ForeignWeights.Source.values()) {
            if (source.toString().equals(from)) {
                return source;
            }
        }
        throw CliException.usage("--from", "must be keras, pytorch or ttrnn, not \"" + from + "\"");
    }
}
