package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private Run prepare() throws IOException {
        Path source = folder.resolve("src");
        for (String clip : new String[] {"jump/a", "jump/b", "walk/a", "walk/b"}) {
            GreyClip.write(source.resolve(clip + ".mpg"), 5 + clip.hashCode() % 3);
        }
        return Run.of("prepare", source.toString(), "--size", "32x32", "--out", store().toString());
    }

    private Path store() {
        return folder.resolve("store");
    }

    @Test
    void aWholeStoreIsWhole() throws IOException {
        assertThat(prepare().exit()).isZero();
        Run run = Run.of("verify", store().toString());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("clips        4\n").contains("damaged      0\n", "other files  0\n");
        JsonNode json = Run.of("verify", store().toString(), "--json").json();
        assertThat(json.path("damaged").isArray()).isTrue();
        assertThat(json.path("damaged")).isEmpty();
        assertThat(json.path("clips").asInt()).isEqualTo(4);
    }

    @Test
    void whatIsNotAsItWasWrittenIsNamedAndCanBeMadeAnew() throws IOException {
        prepare();
        Path frames = store().resolve("frames");
        byte[] bytes = Files.readAllBytes(frames.resolve("jump/a.npy"));
        byte[] before = bytes.clone();
        bytes[bytes.length / 2] ^= 1;
        Files.write(frames.resolve("jump/a.npy"), bytes);
        Files.write(frames.resolve("jump/b.npy"), new byte[7]);
        Files.delete(frames.resolve("walk/a.npy"));
        Files.write(frames.resolve("walk/stranger.npy"), new byte[7]);

        Run run = Run.of("verify", store().toString(), "--json");
        assertThat(run.exit()).isEqualTo(3);
        JsonNode damaged = run.json().path("damaged");
        assertThat(damaged).hasSize(3);
        assertThat(damaged.get(0).toString())
                .isEqualTo("{\"clip\":\"jump/a\",\"reason\":\"its frames are other bytes than were written\"}");
        assertThat(damaged.get(1).path("reason").asText()).startsWith("its file has 7 bytes, ");
        assertThat(damaged.get(2).path("reason").asText()).isEqualTo("its frames are missing");
        assertThat(run.json().path("strangers").get(0).asText()).isEqualTo("frames/walk/stranger.npy");

        Run removed = Run.of("verify", store().toString(), "--remove");
        assertThat(removed.exit()).isEqualTo(3);
        assertThat(removed.out()).endsWith("removed; run prepare again to make them anew\n");
        prepare();
        assertThat(Files.readAllBytes(frames.resolve("jump/a.npy"))).isEqualTo(before);
        assertThat(Run.of("verify", store().toString()).exit()).isZero();
    }

    @Test
    void aFolderThatIsNoStoreIsAMistakeOfTheCommandLine() {
        Run run = Run.of("verify", store().toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ttrnn: no such store: " + store() + "; make one with prepare SRC --out " + store() + "\n");
    }
}
