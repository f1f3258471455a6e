package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;

/** {@code ttrnn info}: what this is and what it runs on. */
@Command(
        name = "info",
        description = "Version, JVM, cores, kernels in use and why; with a model, its content and provenance.",
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn info", "  ttrnn info run"})
final class InfoCommand implements CliCommand {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The folder of a run, or a .safetensors file.")
    @Nullable
    Path model;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        CommandResult machine = machine();
        if (model == null) {
            return machine;
        }
        ModelInfo info = ModelInfo.read(model);
        Map<String, Object> json = new LinkedHashMap<>(machine.json());
        json.put("model", info.json());
        return new CommandResult(json, info.text());
    }

    private static CommandResult machine() {
        FmaSpeed fma = FmaSpeed.measure();
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", Version.read());
        json.put("java", System.getProperty("java.version"));
        json.put("jvm", System.getProperty("java.vm.name") + " (" + System.getProperty("java.vm.info") + ")");
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        json.put("cores", runtime.availableProcessors());
        json.put("threads", Parallel.threads());
        json.put("maxHeapBytes", runtime.maxMemory());
        json.put("kernels", Kernels.describe());
        json.put("kernelsReason", Kernels.reason());
        json.put("fma", fma.emulated() ? "emulated" : "hardware");
        json.put("relaunched", Relaunch.ofThisProcess().isChild());

        Table table = Table.plain()
                .row("ttrnn", Version.read())
                .row("Java", json.get("java") + ", " + json.get("jvm"))
                .row("system", json.get("os") + ", " + runtime.availableProcessors() + " cores")
                .row("threads", Parallel.threads())
                .row("heap", "up to " + Format.bytes(runtime.maxMemory()))
                .row("kernels", Kernels.describe() + ": " + Kernels.reason())
                .row("Math.fma", fma.description());
        return new CommandResult(json, table.toString());
    }
}
