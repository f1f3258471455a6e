package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one machine makes, by the command line of the folder above. */
final class SingleMachine {
    private SingleMachine() {}

    static Path root() {
        return Path.of(System.getProperty("ttrnn.root")).toAbsolutePath().normalize();
    }

    /** Runs a command of ttrnn and gives its standard output. */
    static String run(String... command) throws Exception {
        Path jar = root().resolve("target/ttrnn.jar");
        assertThat(jar).as("mvn install in %s comes first", root()).exists();
        List<String> line = new ArrayList<>(List.of(Submitted.java(), "-Xmx1g", "-jar", jar.toString()));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    /** All files under a folder, and folders as well, by their names. */
    static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.toList()) {
                content.put(
                        folder.relativize(file).toString(),
                        Files.isDirectory(file)
                                ? ""
                                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
