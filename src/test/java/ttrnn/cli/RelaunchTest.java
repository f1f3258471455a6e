package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RelaunchTest {
    private static Relaunch with(String... flags) {
        return new Relaunch(List.of(flags), false, true, false);
    }

    @Test
    void aProcessWithoutTheModuleIsRelaunchedOnce() {
        assertThat(with("-Xmx1g").obstacle(false)).isEmpty();
        assertThat(with().obstacle(true)).contains("--no-relaunch");
        assertThat(new Relaunch(List.of(), true, true, false).obstacle(false).orElseThrow())
                .contains("there already");
        assertThat(new Relaunch(List.of(), false, false, false).obstacle(false).orElseThrow())
                .contains("has no module");
        assertThat(new Relaunch(List.of(), false, true, true).obstacle(false))
                .contains("this is the relaunched process");
    }

    @Test
    void whatOnlyOneProcessCanHaveForbidsIt() {
        for (String flag : List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y",
                "-Xrunjdwp:server=y",
                "-Dcom.sun.management.jmxremote.port=9010")) {
            assertThat(with("-Xmx1g", flag).obstacle(false).orElseThrow()).startsWith(flag);
        }
    }

    @Test
    void theChildGetsTheFlagsTheModuleAndMoreHeap() {
        List<String> command = with("-Da=b c", "-ea").command("some.Main", 42, List.of("train", "my store"));
        assertThat(command.get(0)).contains("bin");
        assertThat(command.subList(1, command.size()))
                .containsExactly(
                        "-Da=b c",
                        "-ea",
                        "--add-modules=jdk.incubator.vector",
                        "-XX:MaxRAMPercentage=60",
                        "-Dttrnn.relaunchedBy=42",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "some.Main",
                        "train",
                        "my store");
    }

    @Test
    void aHeapThatTheUserChoseStays() {
        for (String flag :
                List.of("-Xmx1g", "-XX:MaxRAMPercentage=20.0", "-XX:MaxRAM=4g", "-XX:MaxHeapSize=1073741824")) {
            assertThat(with(flag).command("some.Main", 1, List.of())).doesNotContain("-XX:MaxRAMPercentage=60");
        }
    }
}
