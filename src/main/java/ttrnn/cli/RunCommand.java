package ttrnn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.train.RunFolder;
import ttrnn.train.TrainConfig;

/** {@code ttrnn run}: one's own clips to a model and a report, in one command. */
@Command(
        name = "run",
        description = {
            "The whole job on your own clips: prepare, stats, train, evaluate, predict, report.",
            "Takes the options of prepare and of train."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn run clips --out job                      clips/CLASS/CLIP.mpg or .avi",
            "  ttrnn run UCF11 --out job --epochs 30 --max-length 200"
        })
final class RunCommand implements CliCommand, TrainOptions.Holder {
    @Parameters(paramLabel = "SRC", description = "The folder of the clips.")
    Path source;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A folder for the store and the run.")
    Path out;

    @Mixin
    PrepareOptions preparation = new PrepareOptions();

    @Mixin
    TrainOptions training = new TrainOptions();

    @Override
    public TrainOptions trainOptions() {
        return training;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        TrainConfig config = training.toConfig(TrainConfig.defaults());
        preparation.checkFits(config);
        RunFolder.refuseUsed(Chain.runOf(out));
        Chain chain = new Chain(source, out, preparation, config, output, interruption);
        return chain.run(() -> RunFolder.create(Chain.runOf(out)));
    }
}
