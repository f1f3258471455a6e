package ttrnn.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ttrnn.train.RunFolder;
import ttrnn.train.TrainConfig;

/** {@code ttrnn demo}: the whole job on the clips that come with the project. */
@Command(
        name = "demo",
        description = {
            "The whole job on the 11 classes of motion in data/: prepare, stats, train, evaluate, predict, report.",
            "Takes about a minute on two cores. An earlier demo in the same folder is replaced."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn demo", "  ttrnn demo --out /tmp/demo --json"})
final class DemoCommand implements CliCommand {
    /** Half the size of the clips. */
    private static final FrameSize SIZE = new FrameSize(40, 30);

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A folder for the store and the run (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("demo-out");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The project's folder data (default: the one here or beside the jar's folder).")
    @Nullable
    Path data;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        Path folder = data();
        TrainConfig config = TrainOptions.read(folder.resolve("configs/demo.json"), TrainConfig.defaults());
        PrepareOptions preparation = new PrepareOptions();
        preparation.layout = "ucf11";
        preparation.size = SIZE;
        Chain chain = new Chain(folder.resolve("motion"), out, preparation, config, output, interruption);
        return chain.run(() -> RunFolder.replace(Chain.runOf(out)));
    }

    private Path data() {
        List<Path> candidates = data != null ? List.of(data) : List.of(Path.of("data"), besideTheJar());
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate.resolve("motion"))) {
                return candidate;
            }
        }
        throw CliException.usage(
                "--data",
                "no folder motion in " + candidates + "; run the demo in a checkout of the project, or name its folder"
                        + " data");
    }

    /** data/ of the checkout in whose target/ the jar lies. */
    private static Path besideTheJar() {
        try {
            Path jar = Path.of(DemoCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("../data").normalize();
        } catch (URISyntaxException e) {
            return Path.of("data");
        }
    }
}
