package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;

/** A driver with two executors, each a JVM of its own, as spark-submit starts it. */
final class Submitted implements AutoCloseable {
    private static final int MOST_SECONDS = 150;

    private final Process driver;
    private final Path out;
    private final Path err;

    private Submitted(Process driver, Path out, Path err) {
        this.driver = driver;
        this.out = out;
        this.err = err;
    }

    /** Starts a command of the application. */
    static Submitted start(Path folder, List<String> settings, String... command) throws IOException {
        Path home = Path.of(System.getProperty("ttrnn.spark.home")).toAbsolutePath();
        List<String> line = new ArrayList<>(List.of(java(), "-Xmx1g"));
        line.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        line.addAll(List.of("-cp", home.resolve("jars") + "/*", "org.apache.spark.deploy.SparkSubmit"));
        line.addAll(List.of("--master", "local-cluster[2,1,1024]", "--class", "ttrnn.spark.Main"));
        List<String> all =
                new ArrayList<>(List.of("spark.ui.enabled=false", "spark.local.dir=" + folder.resolve("local")));
        all.addAll(settings);
        all.forEach(setting -> line.addAll(List.of("--conf", setting)));
        line.add(Path.of(System.getProperty("ttrnn.spark.jar")).toAbsolutePath().toString());
        line.addAll(List.of(command));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Submitted(builder.start(), out, err);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until something is so, while the driver lives. */
    void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(driver.isAlive())
                    .as("the driver ended too early: %s", errors())
                    .isTrue();
            assertThat(System.nanoTime()).as("waited too long: %s", errors()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** The JVMs of the executors. */
    List<ProcessHandle> executors() {
        return driver.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }

    /** Kills one of the executors as kill -9 does. */
    void killAnExecutor() {
        List<ProcessHandle> executors = executors();
        assertThat(executors).as("executors").isNotEmpty();
        assertThat(executors.get(0).destroyForcibly()).isTrue();
    }

    /** Kills the driver as kill -9 does, and what it leaves behind. */
    void killTheDriver() throws InterruptedException {
        List<ProcessHandle> executors = executors();
        driver.destroyForcibly().waitFor();
        executors.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle executor : executors) {
            executor.onExit().join();
        }
    }

    /** Waits for the end, and gives what was printed. */
    String result() throws Exception {
        assertThat(exitCode()).as(errors()).isZero();
        return Files.readString(out);
    }

    int exitCode() throws Exception {
        assertThat(driver.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                .as("still running: %s", errors())
                .isTrue();
        return driver.exitValue();
    }

    String errors() throws IOException {
        String text = Files.readString(err);
        return text.substring(Math.max(0, text.length() - 4000));
    }

    @Override
    public void close() {
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly();
    }
}
