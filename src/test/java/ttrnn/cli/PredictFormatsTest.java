package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.testing.ReferenceData;
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

    /** The same scene of UCF11, as it came and encoded anew; a model of three classes of real clips, 160x120, sees them all. */
    @Test
    void aRealSceneIsPredictedAlikeFromFourFormats() throws IOException {
        Path source = folder.resolve("real");
        for (String label : new String[] {"Archery", "HorseRace", "Surfing"}) {
            Path clips = ReferenceData.file("data/ucf101-six/" + label);
            Files.createDirectories(source.resolve(label));
            try (Stream<Path> list = Files.list(clips)) {
                for (Path clip : list.sorted()
                        .filter(file -> file.toString().contains("_c01"))
                        .limit(4)
                        .toList()) {
                    Files.copy(clip, source.resolve(label).resolve(clip.getFileName()));
                }
            }
        }
        Path job = folder.resolve("job");
        String[] options = {"--preset", "ttrnn", "--epochs", "3", "--max-frames", "60", "--batch-size", "4", "-q"};
        List<String> command = new ArrayList<>(List.of("run", source.toString(), "--out", job.toString()));
        command.addAll(List.of(options));
        Run trained = Run.of(command.toArray(String[]::new));
        assertThat(trained.exit()).as(trained.err()).isZero();

        List<String> predict =
                new ArrayList<>(List.of("predict", job.resolve("run").toString(), "--json"));
        for (String name : new String[] {"h264_main_b.mp4", "h264_high_default.mp4", "m2_b.mpg", "m1_319x239.mpg"}) {
            predict.add(ReferenceData.file("data/decode-cases/" + name).toString());
        }
        JsonNode clips = Run.of(predict.toArray(String[]::new)).json().path("clips");
        assertThat(clips).hasSize(4);
        double farthest = 0;
        for (JsonNode clip : clips) {
            assertThat(clip.path("label")).isEqualTo(clips.get(0).path("label"));
            for (String label : new String[] {"Archery", "HorseRace", "Surfing"}) {
                double first = clips.get(0).path("probabilities").path(label).asDouble();
                double difference = clip.path("probabilities").path(label).asDouble() - first;
                farthest = Math.max(farthest, Math.abs(difference));
            }
        }
        System.err.println("probabilities of four formats differ by at most " + farthest + " of " + clips);
        assertThat(farthest).isLessThan(TOLERANCE);
    }
}
