package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The relaunch as it is used: real processes, real signals. */
@Timeout(120)
class RelaunchProcessTest {
    private static final String RELAUNCHED = "relaunched";

    @TempDir
    Path folder;

    private final List<ProcessHandle> started = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void theRelaunchedJvmHasTheVectorModule() throws Exception {
        JsonNode info = Run.parse(output(start(List.of(), Main.class, "info", "--json")));
        assertThat(info.path(RELAUNCHED).asBoolean()).isTrue();
        assertThat(info.path("kernelsReason").asText()).doesNotContain("absent");
    }

    @Test
    void noRelaunchLeavesTheScalarKernels() throws Exception {
        JsonNode info = Run.parse(output(start(List.of(), Main.class, "--no-relaunch", "info", "--json")));
        assertThat(info.path(RELAUNCHED).asBoolean()).isFalse();
        assertThat(info.path("kernels").asText()).isEqualTo("scalar");
    }

    @Test
    void theModuleGivenByHandNeedsNoRelaunch() throws Exception {
        List<String> flags = List.of("--add-modules", "jdk.incubator.vector");
        JsonNode info = Run.parse(output(start(flags, Main.class, "info", "--json")));
        assertThat(info.path(RELAUNCHED).asBoolean()).isFalse();
        assertThat(info.path("kernelsReason").asText()).doesNotContain("absent");
    }

    @Test
    void flagsOfTheUserArePassedOn() throws Exception {
        List<String> flags = List.of("-Xmx200m", "-Dttrnn.kernels=scalar", "-Dwith.a=b c");
        JsonNode info = Run.parse(output(start(flags, Main.class, "info", "--json", "--threads", "3")));
        assertThat(info.path(RELAUNCHED).asBoolean()).isTrue();
        assertThat(info.path("maxHeapBytes").asLong()).isCloseTo(200L << 20, within(10L << 20));
        assertThat(info.path("kernelsReason").asText()).contains("asked for");
        assertThat(info.path("threads").asInt()).isEqualTo(3);
    }

    @Test
    void kernelsThatDoNotExistAreAUsageError() throws Exception {
        Process process = start(List.of("-Dttrnn.kernels=quantum"), Main.class, "info", "--json");
        JsonNode error = Run.parse(output(process)).path("error");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(error.path("where").asText()).isEqualTo("-Dttrnn.kernels");
    }

    @Test
    void theExitCodeIsTheChilds() throws Exception {
        Process process = start(List.of(), TestMain.class, "fail", "data", "--json");
        assertThat(Run.parse(output(process)).path("error").path("code").asInt())
                .isEqualTo(3);
        assertThat(process.waitFor()).isEqualTo(3);
    }

    @Test
    void aTerminatedParentLetsTheChildSave() throws Exception {
        Process parent = start(List.of(), TestMain.class, "work", "--pid", path("pid"), "--save", path("saved"));
        ProcessHandle child = child(parent);
        parent.destroy();
        assertThat(parent.waitFor()).isEqualTo(143);
        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("saved")).hasContent("saved");
    }

    @Test
    void anInterruptedParentLetsTheChildSave() throws Exception {
        assumeTrue(interruptsArrive());
        Process parent = start(List.of(), TestMain.class, "work", "--pid", path("pid"), "--save", path("saved"));
        child(parent);
        new ProcessBuilder("kill", "-INT", Long.toString(parent.pid())).start().waitFor();
        assertThat(parent.waitFor()).isEqualTo(130);
        assertThat(folder.resolve("saved")).hasContent("saved");
    }

    @Test
    void withNothingToSaveASignalEndsBothAndIsAnError() throws Exception {
        Process parent = start(List.of(), TestMain.class, "work", "--json", "--pid", path("pid"));
        ProcessHandle child = child(parent);
        parent.destroy();
        assertThat(Run.parse(output(parent)).path("error").path("code").asInt()).isEqualTo(143);
        assertThat(parent.waitFor()).isEqualTo(143);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aKilledParentLetsTheChildSaveAndEnd() throws Exception {
        Process parent = start(List.of(), TestMain.class, "work", "--pid", path("pid"), "--save", path("saved"));
        ProcessHandle child = child(parent);
        parent.destroyForcibly().waitFor();
        child.onExit().get(30, TimeUnit.SECONDS);
        assertThat(folder.resolve("saved")).hasContent("saved");
    }

    @Test
    void aKilledChildEndsTheParent() throws Exception {
        Process parent = start(List.of(), TestMain.class, "work", "--pid", path("pid"));
        child(parent).destroyForcibly();
        assertThat(parent.waitFor()).isEqualTo(128 + 9);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Process start(List<String> flags, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(Redirect.DISCARD)
                .start();
        started.add(process.toHandle());
        return process;
    }

    private String output(Process process) throws Exception {
        process.waitFor();
        return Files.readString(folder.resolve("out"));
    }

    /** The relaunched process, once it is at work. */
    private ProcessHandle child(Process parent) throws Exception {
        Path pid = folder.resolve("pid");
        while (!Files.exists(pid)) {
            assertThat(parent.isAlive()).isTrue();
            Thread.sleep(20);
        }
        long number = Long.parseLong(Files.readString(pid));
        ProcessHandle child = ProcessHandle.of(number).orElseThrow();
        started.add(child);
        assertThat(number).isNotEqualTo(parent.pid());
        return child;
    }

    /** A process started in the background of a script may ignore interrupts, and so do all it starts. */
    private static boolean interruptsArrive() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .noneMatch(ignored -> (ignored & 2) != 0);
    }
}
