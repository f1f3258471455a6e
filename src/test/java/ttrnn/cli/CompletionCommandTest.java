package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompletionCommandTest {
    @TempDir
    Path folder;

    /** What a program printed on either stream; null if there is no such program. */
    private static String output(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text : "failed: " + text;
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void theScriptCompletesCommandsAndOptionsInBash() throws Exception {
        Run done = Run.of("completion");
        assertThat(done.exit()).isZero();
        Path script = folder.resolve("completion.sh");
        Files.writeString(script, done.out());
        String complete = "source " + script + "; COMP_WORDS=(ttrnn %s); COMP_CWORD=%d; _complete_ttrnn;"
                + " echo \"${COMPREPLY[@]}\"";
        String commands = output("bash", "-c", String.format(complete, "pre", 1));
        assumeTrue(commands != null, "no bash");
        assertThat(commands).contains("prepare", "predict").doesNotContain("train");
        assertThat(output("bash", "-c", "compopt() { :; }; " + String.format(complete, "train --das", 2))
                        .strip())
                .isEqualTo("--dashboard");
        assertThat(output("bash", "-c", "compopt() { :; }; " + String.format(complete, "train --schedule c", 3))
                        .strip())
                .isEqualTo("constant cosine");
        assertThat(output("bash", "-c", "compopt() { :; }; " + String.format(complete, "train --preset ho", 3))
                        .strip())
                .isEqualTo("hollywood2");
    }

    @Test
    void eachCommandHasAManualPageWithItsOptions() throws Exception {
        Path man = folder.resolve("man1");
        Run done = Run.of("completion", "--man", man.toString(), "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        for (CommandLine command : Main.commands().getSubcommands().values()) {
            Path page = man.resolve("ttrnn-" + command.getCommandName() + ".1");
            String text = Files.readString(page).replace("\\-", "-");
            command.getCommandSpec()
                    .options()
                    .forEach(option ->
                            assertThat(text).as(command.getCommandName()).contains(option.longestName()));
            assertThat(text).contains(".SH EXAMPLES\n", ".SH EXIT STATUS\n").doesNotContain("${DEFAULT", "%n");
            String warnings = output("groff", "-man", "-ww", "-z", "-Tutf8", page.toString());
            assertThat(warnings == null ? "" : warnings).as(page.toString()).isEmpty();
        }
        assertThat(Files.readString(man.resolve("ttrnn.1"))).contains(".BR ttrnn\\-train (1)");
    }

    @Test
    void theHelpOfEachCommandHasExamples() {
        for (String name : Main.commands().getSubcommands().keySet()) {
            String help = Run.of(name, "--help").out();
            assertThat(help).as(name).contains("\nExamples:\n  ");
            assertThat(help.substring(help.indexOf("Examples:"))).as(name).contains("ttrnn " + name);
        }
    }
}
