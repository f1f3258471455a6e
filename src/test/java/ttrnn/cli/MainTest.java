package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    @Test
    void helpListsCommandsAndExitCodes() {
        Run run = Run.of("--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: ttrnn", "info", "Exit codes:", "  143  ");
        assertThat(run.err()).isEmpty();
        assertThat(Run.of("info", "--help").out()).contains("Usage: ttrnn info", "--threads=N");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Run.of("help").out()).isEqualTo(Run.of("--help").out());
        assertThat(Run.of("help", "train").out())
                .isEqualTo(Run.of("train", "--help").out());
        assertThat(Run.of("help", "--help").out()).contains("Usage: ttrnn help");
        Run wrong = Run.of("help", "nonsense");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).isEqualTo("ttrnn: no such command: nonsense (see ttrnn --help)\n");
    }

    @Test
    void versionIsTheBuilds() throws IOException {
        assertThat(Run.of("--version").out()).matches("ttrnn \\d+\\.\\d+\\.\\d+\\S*\\n");
        assertThat(Run.of("--version", "--json").json().path("version").asText())
                .isEqualTo(Version.read());
    }

    @Test
    void infoTellsKernelsJavaAndThreads() throws IOException {
        JsonNode info = Run.of("info", "--json").json();
        assertThat(info.path("kernels").asText()).matches("scalar|vector-\\d+");
        assertThat(info.path("java").asText()).isEqualTo(System.getProperty("java.version"));
        assertThat(info.path("threads").asInt()).isPositive();
        assertThat(info.path("kernelsReason").asText()).isNotEmpty();
        assertThat(Run.of("info").out()).contains("kernels", "threads");
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() throws IOException {
        assertThat(Run.of("--json", "fail", "not").json().path("kind").asText()).isEqualTo("not");
        assertThat(Run.of("fail", "--json", "not").json().path("kind").asText()).isEqualTo("not");
        assertThat(Run.of("--json", "fail", "not", "--json").json().path("kind").asText())
                .isEqualTo("not");
        assertThat(Run.of("-qv", "fail", "not").err()).isEqualTo("a library's chatter\n");
    }

    @Test
    void jsonIsOneObjectAndNothingElseOnStandardOutput() throws IOException {
        Run run = Run.of("fail", "not", "--json");
        assertThat(run.json().path("text").asText()).isEqualTo("ä\u2028");
        assertThat(run.out()).isASCII();
        assertThat(run.err()).contains("about to fail", "a library's chatter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    usage      | 2 | --ranks: 3 ranks for 4 modes; give the 3 inner ones
                    data       | 3 | a.mpg, frame 3: cut off; copy the clip again
                    resources  | 4 | /store: 10 GB needed, 1 GB free
                    clip       | 3 | a.mpg: no pictures in it
                    library    | 2 | shape: an axis of negative size in [-1]
                    library-in-pool | 2 | shape: an axis of negative size in [-2]
                    io         | 1 | IOException: the line is dead
                    read-only  | 1 | /store: Read-only file system
                    missing    | 3 | no such file: /store/frames/a.npy
                    disk       | 4 | the disk is full; make room and run again
                    """)
    void anErrorIsOneLineAndAnExitCode(String kind, int exit, String line) throws IOException {
        Run run = Run.of("-q", "fail", kind);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("a library's chatter\nttrnn: " + line + "\n");

        Run asJson = Run.of("-q", "fail", kind, "--json");
        JsonNode error = asJson.json().path("error");
        assertThat(asJson.exit()).isEqualTo(exit);
        assertThat(error.path("code").asInt()).isEqualTo(exit);
        assertThat(line).endsWith(error.path("message").asText());
        assertThat(error.path("where").isTextual()).isTrue();
    }

    @Test
    void theUnexpectedIsOneLineToo() {
        assertThat(Run.of("-q", "fail", "null").err())
                .startsWith("a library's chatter\nttrnn: ttrnn.cli.TestMain$Fail.run:")
                .endsWith("unexpected NullPointerException: NullPointerException; please report it with what --debug "
                        + "shows\n");
        Run jdk = Run.of("-q", "fail", "jdk");
        assertThat(jdk.exit()).isEqualTo(1);
        assertThat(jdk.err()).contains("unexpected NumberFormatException").doesNotContain("\tat ");
        Run debug = Run.of("fail", "jdk", "--debug");
        assertThat(debug.exit()).isEqualTo(1);
        assertThat(debug.err()).contains("\tat ");
    }

    @Test
    void outOfMemoryNamesTheHeapAndTheWayOut() {
        Run run = Run.of("fail", "memory");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("out of memory with a heap of ", "java -Xmx");
    }

    @Test
    void aResultCanBeTheBadNews() throws IOException {
        Run run = Run.of("fail", "damaged", "--json");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.json().path("damaged").asInt()).isEqualTo(2);
        assertThat(Run.of("fail", "damaged").out()).isEqualTo("2 damaged\n");
    }

    @Test
    void aResultThatIsNoJsonIsStillAnError() throws IOException {
        Run run = Run.of("fail", "bad-result", "--json");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json().path("error").path("message").asText()).contains("Jackson");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    info --jsn       | unknown option --jsn; did you mean --json? (see ttrnn info --help)
                    nfo              | no such command: nfo; did you mean info? (see ttrnn --help)
                    stats a more     | one too many: more (see ttrnn stats --help)
                    -q               | no command given (see ttrnn --help)
                    fail             | Missing required parameter: 'KIND' (see ttrnn fail --help)
                    --threads x info | Invalid value for option '--threads': 'x' is not an int (see ttrnn --help)
                    info --threads 0 | --threads: must be 1 to 1024, not 0
                    info --threads 1025 | --threads: must be 1 to 1024, not 1025
                    """)
    void aWrongCommandLineIsOneLineWithAHint(String line, String message) throws IOException {
        Run run = Run.of(line.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("ttrnn: " + message + "\n");

        Run asJson = Run.of((line + " --json").split(" "));
        assertThat(asJson.exit()).isEqualTo(2);
        assertThat(asJson.json().path("error").path("code").asInt()).isEqualTo(2);
        assertThat(asJson.json().path("error").path("where").asText()).isIn("command line", "--threads");
        assertThat(asJson.err()).isEmpty();
    }

    @Test
    void anAtSignIsALetter() throws IOException {
        assertThat(Run.of("fail", "@not", "--json").json().path("kind").asText())
                .isEqualTo("@not");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        Main main = new Main(
                TestMain.commands(), full, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("TERM", "dumb"));
        assertThat(main.execute(null, "--version")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("standard output could not be written");
    }
}
