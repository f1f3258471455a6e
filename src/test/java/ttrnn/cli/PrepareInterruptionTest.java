package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.PrepareResult;

/** Ctrl-C in the middle of a preparation. */
class PrepareInterruptionTest {
    private static final int CLIPS = 24;

    @TempDir
    Path folder;

    private final List<ExitCode> ends = new ArrayList<>();
    private final Interruption interruption = new Interruption(ends::add, ends::add, System::nanoTime);

    /** Speaks as with -v; what it says of the bad clip is the moment of the interruption. */
    private Output output(Interruption interrupted) {
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                if (line.startsWith("bad: ")) {
                    interrupted.request(ExitCode.INTERRUPTED);
                }
                super.println(line);
            }
        };
        Output.Settings verbose = new Output.Settings(false, false, true, false);
        return new Output(err, err, Terminal.NONE, verbose, System::nanoTime);
    }

    @Test
    void whatWasDoneIsKeptAndTheNextRunGoesOn() throws IOException {
        Path source = folder.resolve("src");
        for (int i = 0; i < CLIPS; i++) {
            GreyClip.write(source.resolve(String.format("c/%02d.mpg", i)), 200);
        }
        Files.writeString(source.resolve("c/04-text.mpg"), "no video, just a few words\n");
        Path store = folder.resolve("store");
        Throwable thrown =
                catchThrowable(() -> new PrepareOptions().prepare(source, store, output(interruption), interruption));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(ends).isEmpty();
        assertThat(thrown).isInstanceOf(CliException.class);
        assertThat(((CliException) thrown).code()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(thrown)
                .hasMessageMatching(
                        "stopped after \\d+ of " + (CLIPS + 1) + " clips; run the same command again to go on");
        assertThat(store.resolve("clips.jsonl")).doesNotExist();
        try (var files = Files.walk(store)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }

        Interruption none = new Interruption(ends::add, ends::add, System::nanoTime);
        Interruption unused = new Interruption(ends::add, ends::add, System::nanoTime);
        PrepareResult result = new PrepareOptions().prepare(source, store, output(unused), none);
        assertThat(result.clips()).isEqualTo(CLIPS);
        assertThat(result.skipped()).isBetween(1, CLIPS - 1);
        assertThat(ClipStore.open(store).clips()).hasSize(CLIPS);
    }
}
