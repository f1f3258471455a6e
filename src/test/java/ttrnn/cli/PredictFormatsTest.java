package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.video.OwnClips;

class PredictFormatsTest {
    private static final double TOLERANCE = 0.03;

    @TempDir
    Path folder;

    @Test
    void aSceneIsPredictedAlikeFromAnMp4AndAnMpg() throws IOException {
        Path source = folder.resolve("src");
        Files.createDirectories(source.resolve("scene"));
        for (String name : new String[] {"mpeg1.ts", "mpeg2.m2ts", "mpeg2-with-sound.ts", "mpeg4.avi", "mjpeg.avi"}) {
            Files.copy(OwnClips.file(name), source.resolve("scene").resolve(name));
            GreyClip.write(source.resolve("grey/" + name + ".mpg"), 9 + name.length() % 5);
        }
        Path job = folder.resolve("job");
        Run trained = Run.of(
                "run",
                source.toString(),
                "--out",
                job.toString(),
                "--size",
                "16x12",
                "--input-modes",
                "4,12,12",
                "--output-modes",
                "2,2,2",
                "--ranks",
                "2",
                "--epochs",
                "40",
                "--batch-size",
                "2",
                "--learning-rate",
                "0.01",
                "--recurrent-dropout",
                "0",
                "-q");
        assertThat(trained.exit()).as(trained.err()).isZero();

        JsonNode clips = Run.of(
                        "predict",
                        job.resolve("run").toString(),
                        OwnClips.file("h264.mp4").toString(),
                        OwnClips.file("mpeg1.mpg").toString(),
                        "--json")
                .json()
                .path("clips");
        assertThat(clips).hasSize(2);
        JsonNode mp4 = clips.get(0);
        JsonNode mpg = clips.get(1);
        assertThat(mp4.path("label").asText()).isEqualTo("scene");
        assertThat(mpg.path("label").asText()).isEqualTo("scene");
        for (String label : new String[] {"grey", "scene"}) {
            assertThat(mp4.path("probabilities").path(label).asDouble())
                    .as(label)
                    .isCloseTo(mpg.path("probabilities").path(label).asDouble(), within(TOLERANCE));
        }
    }
}
