package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Rng;

/**
 * Preparations that are killed at random moments, and run again, end with the tree of one that was left in peace. Quick by
 * default; {@code -Dttrnn.prepareKills=50 -Dttrnn.prepareSource=$DATA/ucf101-six} makes it the test whose
 * figures are in docs/data-sets.md; {@code -Dttrnn.prepareSeed} draws other moments, {@code -Dttrnn.prepareOptions} adds options.
 */
@Timeout(7200)
class PrepareKillTest {
    private static final int KILLS = Integer.getInteger("ttrnn.prepareKills", 4);

    @TempDir
    Path folder;

    private Path source() throws IOException {
        String given = System.getProperty("ttrnn.prepareSource");
        if (given != null) {
            return Path.of(given);
        }
        Path source = folder.resolve("src");
        for (int i = 0; i < 60; i++) {
            GreyClip.write(source.resolve("c" + i % 3 + "/v" + i + ".mpg"), 60 + i % 7);
        }
        Files.writeString(source.resolve("c1/bad.mpg"), "no video");
        return source;
    }

    private Process start(Path source, Path store) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "prepare"));
        command.addAll(List.of(source.toString(), "--out", store.toString(), "--size", "160x120", "--no-relaunch"));
        command.addAll(
                List.of(System.getProperty("ttrnn.prepareOptions", "--every=1").split(" ", -1)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Names and content of all files, and names of folders. */
    private static String hash(Path tree) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path file : walk.sorted().toList()) {
                digest.update((tree.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                if (Files.isRegularFile(file)) {
                    digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long files(Path store) {
        try (Stream<Path> walk = Files.exists(store) ? Files.walk(store) : Stream.of()) {
            return walk.filter(file -> file.toString().endsWith(".npy")).count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // a file went while they were listed
        }
    }

    @Test
    void aKilledPreparationRunAgainEndsWithTheSameTree() throws Exception {
        Path source = source();
        Path whole = folder.resolve("whole");
        long begun = System.nanoTime();
        assertThat(start(source, whole).waitFor()).as(log()).isZero();
        long millis = (System.nanoTime() - begun) / 1_000_000;
        String wanted = hash(whole);

        Rng rng = new Rng(Long.getLong("ttrnn.prepareSeed", 77));
        Path store = folder.resolve("store");
        int killed = 0;
        int rounds = 0;
        int inTheMiddle = 0;
        while (killed < KILLS) {
            Process process = start(source, store);
            boolean last = killed + 1 == KILLS;
            boolean ended = process.waitFor(rng.nextInt((int) Math.max(200, millis)), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
                killed++;
                inTheMiddle += files(store) > 0 && !Files.exists(store.resolve("clips.jsonl")) ? 1 : 0;
            }
            // Some kills hit a run that goes on; after others it is completed and compared.
            if (ended || last || rng.nextInt(2) == 0) {
                if (!ended) {
                    assertThat(start(source, store).waitFor()).as(log()).isZero();
                }
                assertThat(hash(store)).isEqualTo(wanted);
                rounds++;
                delete(store);
            }
        }
        System.err.println(killed + " kills, " + inTheMiddle + " of them between the first clip and the last, " + rounds
                + " stores completed: all with the same tree");
    }

    private static void delete(Path tree) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree)) {
            files = new ArrayList<>(walk.toList());
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.delete(files.get(i));
        }
    }

    private String log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
