package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final Output.Settings NORMAL = new Output.Settings(false, false, false, false);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Output output(Terminal terminal, Output.Settings settings) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Output(nowhere, stream, terminal, settings, nanos::get);
    }

    private String written() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    @Test
    void withoutATerminalProgressIsALineEveryTenSeconds() {
        Output output = output(Terminal.NONE, NORMAL);
        try (Progress progress = output.progress("prepare", "clips", 400)) {
            nanos.addAndGet(9_000_000_000L);
            progress.step(30);
            assertThat(written()).isEmpty();
            nanos.addAndGet(1_000_000_000L);
            progress.step(10, "a.mpg");
            assertThat(written()).isEqualTo("prepare  40/400 clips  10 %  4.00 clips/s  1:30 left  a.mpg\n");
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void whatWasThereAlreadyIsDoneButMakesNoRate() {
        Output output = output(Terminal.NONE, NORMAL);
        try (Progress progress = output.progress("prepare", "clips", 400)) {
            progress.present(300);
            nanos.addAndGet(10_000_000_000L);
            progress.step(20);
            assertThat(written()).isEqualTo("prepare  320/400 clips  80 %  2.00 clips/s  0:40 left\n");
        }
    }

    @Test
    void onATerminalProgressIsRedrawnBelowMessagesAndGoneAtTheEnd() {
        Output output = output(new Terminal(true, false), NORMAL);
        try (Progress progress = output.progress("train", "clips", 0)) {
            nanos.addAndGet(50_000_000L);
            progress.step(1);
            assertThat(written()).isEmpty();
            nanos.addAndGet(950_000_000L);
            progress.step(1);
            assertThat(written()).isEqualTo("\rtrain  2 clips  2.00 clips/s\033[K");
            output.message("epoch 1");
            assertThat(written()).isEqualTo("\r\033[Kepoch 1\n\rtrain  2 clips  2.00 clips/s\033[K");
        }
        assertThat(written()).isEqualTo("\r\033[K");
        output.message("done");
        assertThat(written()).isEqualTo("done\n");
    }

    @Test
    void aRedrawnLineNeverWraps() {
        Output output = output(new Terminal(true, false), NORMAL);
        try (Progress progress = output.progress("x".repeat(200), "clips", 10)) {
            nanos.addAndGet(1_000_000_000L);
            progress.step(1);
            assertThat(written()).isEqualTo("\r" + "x".repeat(79) + "\033[K");
        }
    }

    @Test
    void jsonAndQuietShowNoProgress() {
        for (Output.Settings settings : new Output.Settings[] {
            new Output.Settings(true, false, false, false), new Output.Settings(false, true, false, false)
        }) {
            Output output = output(new Terminal(true, true), settings);
            try (Progress progress = output.progress("prepare", "clips", 2)) {
                nanos.addAndGet(20_000_000_000L);
                progress.step(1);
            }
            assertThat(written()).isEmpty();
        }
    }

    @Test
    void quietKeepsWarningsAndVerboseAddsMessages() {
        Output quiet = output(Terminal.NONE, new Output.Settings(false, true, false, false));
        quiet.message("m");
        quiet.verbose("v");
        quiet.warning("give more memory");
        assertThat(written()).isEqualTo("warning: give more memory\n");
        output(Terminal.NONE, new Output.Settings(false, false, true, false)).verbose("v");
        assertThat(written()).isEqualTo("v\n");
    }

    @Test
    void colourIsForTerminalsThatWantIt() {
        Failure failure = new Failure(ExitCode.DATA, "broken", "a.mpg");
        output(new Terminal(true, true), NORMAL).failure(failure, new Exception());
        assertThat(written()).isEqualTo("\033[31mttrnn: \033[0ma.mpg: broken\n");
        output(new Terminal(true, false), NORMAL).failure(failure, new Exception());
        assertThat(written()).isEqualTo("ttrnn: a.mpg: broken\n");
    }

    @Test
    void onlyTheFirstEndIsTold() {
        Output output = output(Terminal.NONE, NORMAL);
        output.failure(new Failure(ExitCode.INTERRUPTED, "interrupted", ""), new Exception());
        output.failure(new Failure(ExitCode.FAILED, "late", ""), new Exception());
        assertThat(written()).isEqualTo("ttrnn: interrupted\n");
    }
}
