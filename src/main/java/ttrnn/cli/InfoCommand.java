package ttrnn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;

/** {@code ttrnn info}: what this is and what it runs on. */
@Command(name = "info", description = "Version, JVM, cores, kernels in use and why.")
final class InfoCommand implements CliCommand {

    @Override
    public CommandResult run(Output output, Interruption interruption) {
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
        json.put("relaunched", Relaunch.ofThisProcess().isChild());

        Table table = Table.plain()
                .row("ttrnn", Version.read())
                .row("Java", json.get("java") + ", " + json.get("jvm"))
                .row("system", json.get("os") + ", " + runtime.availableProcessors() + " cores")
                .row("threads", Parallel.threads())
                .row("heap", "up to " + Format.bytes(runtime.maxMemory()))
                .row("kernels", Kernels.describe() + ": " + Kernels.reason());
        return new CommandResult(json, table.toString());
    }
}
