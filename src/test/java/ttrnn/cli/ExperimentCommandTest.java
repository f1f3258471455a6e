package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExperimentCommandTest {
    private static final String[] QUICK = {
        "experiment", "fibonacci", "--seeds", "2", "--models", "tt-lstm,rnn", "--epochs", "1"
    };

    private static String[] quick(String... more) {
        String[] all = Arrays.copyOf(QUICK, QUICK.length + more.length);
        System.arraycopy(more, 0, all, QUICK.length, more.length);
        return all;
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
        JsonNode json = Run.of(quick("--json")).json();
        assertThat(json.get("seeds")).isEqualTo(Run.parse("{\"s\":[0,1]}").get("s"));
        JsonNode table = json.get("table");
        assertThat(table).hasSize(4);
        assertThat(table.findValuesAsText("model")).containsExactly("rnn", "rnn", "tt-lstm", "tt-lstm");
        assertThat(table.findValuesAsText("settings"))
                .containsExactly("as-published", "ttrnn", "as-published", "ttrnn");
        assertThat(table.findValuesAsText("published")).containsExactly("0.629", "0.629", "0.935", "0.935");
        for (JsonNode row : table) {
            double first = row.get("accuracies").get(0).doubleValue();
            double second = row.get("accuracies").get(1).doubleValue();
            assertThat(row.get("mean").doubleValue()).isEqualTo((first + second) / 2);
            assertThat(row.get("deviation").isDouble()).isTrue();
            assertThat(row.get("seconds").doubleValue()).isPositive();
        }
    }

    @Test
    void peopleGetATable() {
        Run run = Run.of(
                "experiment", "fibonacci", "--seeds", "1", "--models", "rnn", "--settings", "ttrnn", "--epochs", "1");
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().findFirst()).contains("model  settings   mean  deviation  seconds  published");
        assertThat(run.out())
                .contains("\nrnn    ttrnn     0.")
                .endsWith("\naccuracy on 750 test pieces after one epoch, over one seed;"
                        + " seconds of one training; published: one run each\n");
    }

    @Test
    void mistakesAreNamed() {
        assertMistake(
                "no such experiment: lucas; there are fibonacci, ablation, leak, models, differences",
                "experiment",
                "lucas");
        assertMistake("--seeds: must be at least 1, not 0", "experiment", "fibonacci", "--seeds", "0");
        assertMistake("--epochs: must be at least 1, not -3", "experiment", "fibonacci", "--epochs", "-3");
        assertMistake(
                "--models: \"tt-mlp\" is none of rnn, tt-rnn, gru, tt-gru, lstm, tt-lstm",
                "experiment",
                "fibonacci",
                "--models",
                "gru,tt-mlp");
        assertMistake(
                "--settings: \"keras\" is none of as-published, ttrnn",
                "experiment",
                "fibonacci",
                "--settings",
                "keras");
    }

    private static void assertMistake(String message, String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("ttrnn: " + message + "\n");
    }
}
