package ttrnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.train.ModelFile;

/** {@code ttrnn export}: a model's weights for NumPy. */
@Command(
        name = "export",
        description = {
            "Writes the weights of a model as an .npz archive, which numpy.load opens.",
            "The model file itself is a safetensors file and needs no export for programs that read those."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn export run --out weights.npz"})
final class ExportCommand implements CliCommand {
    @Parameters(paramLabel = "MODEL", description = "The folder of a run, or a .safetensors file.")
    Path model;

    @Option(names = "--out", paramLabel = "FILE.npz", required = true, description = "A new file.")
    Path out;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        if (!out.toString().endsWith(".npz")) {
            throw CliException.usage("--out", out + " must end with .npz");
        }
        if (Files.exists(out)) {
            throw CliException.usage("--out", out + " exists; name another, or remove it");
        }
        ModelFile file = ModelArgument.read(model);
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        file.writeWeights(out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", out.toString());
        json.put("arrays", file.model().parameters().size());
        json.put("parameters", file.model().parameterCount());
        return new CommandResult(
                json,
                file.model().parameters().size() + " arrays, " + file.model().parameterCount() + " numbers: " + out
                        + "\n");
    }
}
