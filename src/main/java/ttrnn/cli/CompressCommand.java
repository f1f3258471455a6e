package ttrnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.train.ModelCompression;
import ttrnn.train.ModelFile;
import ttrnn.train.Settings;
import ttrnn.tt.TtCompression;
import ttrnn.tt.TtTruncation;

/** {@code ttrnn compress}: a smaller input matrix for a model that is trained. */
@Command(
        name = "compress",
        description = {
            "Makes a tensor train of a dense model's input matrix (TT-SVD), or lowers the ranks of a train (rounding).",
            "Give --ranks or --tolerance. Learn on with train --init MODEL2, which mends what was lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn compress run --out small --ranks 8",
            "  ttrnn compress run --out small --tolerance 0.3",
            "  ttrnn train store --out tuned --init small --epochs 2"
        })
final class CompressCommand implements CliCommand {
    @Parameters(paramLabel = "MODEL", description = "The folder of a run, or a .safetensors file.")
    Path model;

    @Option(
            names = "--out",
            paramLabel = "MODEL2",
            required = true,
            description = "A folder for the new model, or a new .safetensors file.")
    Path out;

    @Option(names = "--ranks", paramLabel = "R,…", description = "Inner ranks, or one number for all.")
    @Nullable
    String ranks;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "Largest relative error of the input matrix (Frobenius' norm), 0 to 1; the ranks follow.")
    @Nullable
    Double tolerance;

    @Option(
            names = "--input-modes",
            paramLabel = "M,…",
            description = "Factors of the frame size, for a dense model (default: its own).")
    @Nullable
    String inputModes;

    @Option(
            names = "--output-modes",
            paramLabel = "N,…",
            description = "Factors of the hidden size, for a dense model (default: its own).")
    @Nullable
    String outputModes;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        TtTruncation truncation = truncation();
        Path file = out.toString().endsWith(".safetensors") ? out : out.resolve(ModelFile.NAME);
        if (Files.exists(file)) {
            throw CliException.usage("--out", file + " exists; name another, or remove it");
        }
        ModelFile before = ModelArgument.read(model);
        List<Integer> inputs =
                modes("--input-modes", inputModes, before.config().inputModes());
        List<Integer> outputs =
                modes("--output-modes", outputModes, before.config().outputModes());
        ModelCompression result = ModelCompression.of(before, inputs, outputs, truncation);
        if (file != out) {
            Files.createDirectories(out);
        }
        result.model().write(file);
        return result(file, before, result);
    }

    private static CommandResult result(Path file, ModelFile before, ModelCompression result) {
        TtCompression compression = result.compression();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("parametersBefore", before.model().parameterCount());
        json.put("parametersAfter", result.model().model().parameterCount());
        json.put("inputParametersBefore", compression.parametersBefore());
        json.put("inputParametersAfter", compression.parametersAfter());
        json.put("ranks", compression.matrix().shape().ranks());
        json.put("relativeError", compression.relativeError());
        Table table = Table.of("", "before", "after")
                .row("model", before.config(), result.model().config())
                .row("input matrix", number(compression.parametersBefore()), number(compression.parametersAfter()))
                .row(
                        "parameters",
                        number(before.model().parameterCount()),
                        number(result.model().model().parameterCount()));
        return new CommandResult(
                json,
                table + "\nrelative error of the input matrix: " + Format.threeDigits(compression.relativeError())
                        + "\nmodel: " + file + "\n");
    }

    private TtTruncation truncation() {
        if ((ranks == null) == (tolerance == null)) {
            throw CliException.usage("--ranks", "give either --ranks or --tolerance");
        }
        if (tolerance != null) {
            if (!(tolerance >= 0 && tolerance < 1)) {
                throw CliException.usage("--tolerance", "must be from 0 to below 1, not " + tolerance);
            }
            return TtTruncation.tolerance(tolerance);
        }
        return TtTruncation.ranks(modes("--ranks", ranks, List.of()).stream()
                .mapToInt(Integer::intValue)
                .toArray());
    }

    private static List<Integer> modes(String option, @Nullable String given, List<Integer> otherwise) {
        try {
            return given == null ? otherwise : Settings.INPUT_MODES.parse(given);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(option, String.valueOf(e.getMessage()));
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
