package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConversionHintTest {
    @Test
    void theCommandCanBePastedIntoAShell() {
        assertThat(new ConversionHint(Path.of("a.b", "clip.webm")).convert())
                .isEqualTo("convert it: ffmpeg -i a.b/clip.webm -an -c:v mpeg1video -q:v 2 a.b/clip.mpg");
        assertThat(new ConversionHint(Path.of("my clip's.mp4")).convert())
                .isEqualTo("convert it: ffmpeg -i 'my clip'\\''s.mp4' -an -c:v mpeg1video -q:v 2"
                        + " 'my clip'\\''s.mpg'");
    }

    @Test
    void theResultNeverReplacesTheClip() {
        assertThat(new ConversionHint(Path.of("clip.mpg")).deinterlace())
                .isEqualTo("convert it: ffmpeg -i clip.mpg -an -vf yadif -c:v mpeg1video -q:v 2 clip-mpeg1.mpg");
        assertThat(new ConversionHint(Path.of("a.b", "clip")).convert()).endsWith(" a.b/clip.mpg");
    }
}
