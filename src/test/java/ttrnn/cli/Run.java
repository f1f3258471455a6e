package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a command line came to, run within this process. */
record Run(int exit, String out, String err) {

    static Run of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream systemOut = System.out;
        System.setOut(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            Main main = new Main(
                    TestMain.commands(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Map.of("TERM", "dumb"));
            int exit = main.execute(null, args);
            return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(systemOut);
        }
    }

    /** Runs a command line that must end with this code, one line with these words on standard error and nothing else. */
    static void refused(int exit, String words, String... line) {
        Run done = of(line);
        assertThat(done.exit()).as(done.err()).isEqualTo(exit);
        assertThat(done.err().strip()).contains(words).doesNotContain("\n");
        assertThat(done.out()).isEmpty();
    }

    /** Standard output, which must be one JSON object and nothing else. */
    JsonNode json() throws IOException {
        return parse(out);
    }

    static JsonNode parse(String text) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (var parser = mapper.createParser(text)) {
            JsonNode node = mapper.readTree(parser);
            if (node == null || !node.isObject() || parser.nextToken() != null) {
                throw new AssertionError("not one JSON object: " + text);
            }
            return node;
        }
    }
}
