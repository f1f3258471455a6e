package ttrnn.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.tensor.Shape;
import ttrnn.video.ClipException;

/** The command line with two commands more: one that fails as asked, one that works until it is interrupted. */
public final class TestMain {
    private TestMain() {}

    public static void main(String[] args) {
        Main.start(TestMain.class, commands(), args);
    }

    static CommandLine commands() {
        return Main.commands()
                .addSubcommand(new Fail())
                .addSubcommand(new Work())
                .addSubcommand(new Stubborn());
    }

    @Command(name = "fail")
    static final class Fail implements CliCommand {
        @Parameters(paramLabel = "KIND")
        String kind = "";

        @Override
        public CommandResult run(Output output, Interruption interruption) throws Exception {
            output.message("about to fail");
            System.out.println("a library's chatter");
            switch (kind) {
                case "usage" -> throw CliException.usage("--ranks", "3 ranks for 4 modes; give the 3 inner ones");
                case "data" -> throw CliException.data("a.mpg, frame 3", "cut off; copy the clip again");
                case "resources" -> throw CliException.resources("/store", "10 GB needed, 1 GB free");
                case "clip" -> throw new CompletionException(new ClipException("a.mpg: no pictures\nin it"));
                case "library" -> Shape.of(-1);
                case "library-in-pool" ->
                    ForkJoinPool.commonPool().submit(() -> Shape.of(-2)).join();
                case "jdk" -> Integer.parseInt("x");
                case "null" -> throw new NullPointerException();
                case "io" -> throw new UncheckedIOException(new IOException("the line is dead"));
                case "read-only" -> throw new FileSystemException("/store", null, "Read-only file system");
                case "missing" -> throw new NoSuchFileException("/store/frames/a.npy");
                case "memory" -> throw new OutOfMemoryError("Java heap space");
                case "disk" -> throw new IOException("No space left on device");
                case "bad-result" -> {
                    return new CommandResult(Map.of("self", new Object()), "text");
                }
                case "damaged" -> {
                    return new CommandResult(Map.of("damaged", 2), "2 damaged", ExitCode.DATA);
                }
                default -> {}
            }
            return new CommandResult(Map.of("kind", kind, "text", "ä\u2028"), "did not fail: " + kind);
        }
    }

    /** Holds on to its work for a minute whatever is wished. */
    @Command(name = "stubborn")
    static final class Stubborn implements CliCommand {
        @Option(names = "--pid", description = "Written when the work has begun.")
        Path pid = Path.of("");

        @Override
        @SuppressWarnings("try") // the hold is only there to be held
        public CommandResult run(Output output, Interruption interruption) throws Exception {
            try (Interruption.Hold hold = interruption.hold()) {
                Files.writeString(pid, "at work");
                Thread.sleep(60_000);
                return new CommandResult(Map.of(), "");
            }
        }
    }

    @Command(name = "work")
    static final class Work implements CliCommand {
        @Option(names = "--pid", description = "Written when the work has begun.")
        Path pid = Path.of("");

        @Option(names = "--save", description = "Hold on to the work when interrupted, and write this file.")
        Path save = Path.of("");

        @Override
        public CommandResult run(Output output, Interruption interruption) throws Exception {
            boolean holds = !save.toString().isEmpty();
            try (Interruption.Hold hold = holds ? interruption.hold() : () -> {}) {
                Path written = pid.resolveSibling("pid.tmp");
                Files.writeString(written, Long.toString(ProcessHandle.current().pid()));
                Files.move(written, pid);
                while (!interruption.requested()) {
                    Thread.sleep(10);
                }
                Thread.sleep(300); // saving takes a while, and the forwarded signal arrives meanwhile
                Files.writeString(save, "saved");
                throw interruption.exception("stopped after step 3; --resume goes on");
            }
        }
    }
}
