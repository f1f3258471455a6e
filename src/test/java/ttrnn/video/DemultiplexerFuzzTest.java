package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.testing.BoxMutator;
import ttrnn.testing.Fuzz;
import ttrnn.testing.Mutants;
import ttrnn.testing.Mutator;
import ttrnn.testing.PacketMutator;

/** Mutants of clips of all containers, taken apart to the last packet, without decoding a picture. */
@Timeout(7200)
class DemultiplexerFuzzTest {
    private static final List<String> CLIPS = List.of(
            "mpeg1.ts",
            "mpeg2.m2ts",
            "mpeg2-with-sound.ts",
            "mpeg4.avi",
            "mjpeg.avi",
            "msmpeg4.avi",
            "h264.mp4",
            "h264-turned-270.mov",
            "h264-fragmented.mp4",
            "h264-uneven-times.mp4",
            "h264.mkv",
            "mpeg4.mkv",
            "vp8.webm",
            "flash.flv");

    /** Limits on sizes, times and pictures allow some tables; the clips have up to 25 kB. */
    private static final long MOST_BYTES = 64 << 20;

    private static final DecodeLimits LIMITS = DecodeLimits.defaults();

    @TempDir
    Path folder;

    /** Boxes of an MP4 that are shorter than their fields: finds of the first runs. */
    private static final List<Integer> FINDS = List.of(1300, 5624, 6279, 7635, 12247, 18505, 23693);

    private static Mutator mutator() throws IOException {
        List<byte[]> good = new ArrayList<>();
        for (String name : CLIPS) {
            good.add(Files.readAllBytes(OwnClips.file(name)));
        }
        try (Stream<Path> walk = Files.walk(Path.of("data", "motion", "down"))) {
            good.add(Files.readAllBytes(
                    walk.filter(Files::isRegularFile).sorted().findFirst().orElseThrow()));
        }
        return new Mutator(good, 14);
    }

    /** Mutants that are still boxes or packets. */
    private static Mutants structured() throws IOException {
        List<Mutants> forms = List.of(
                new BoxMutator(BoxMutator.Form.MP4, files(".mp4", ".mov"), 31),
                new BoxMutator(BoxMutator.Form.RIFF, files(".avi"), 32),
                new BoxMutator(BoxMutator.Form.EBML, files(".mkv", ".webm"), 33),
                new PacketMutator(files("ts"), 34));
        return n -> forms.get((int) (n / 4 % forms.size())).mutant(n);
    }

    private static List<byte[]> files(String... endings) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String name : CLIPS) {
            if (Arrays.stream(endings).anyMatch(name::endsWith)) {
                files.add(Files.readAllBytes(OwnClips.file(name)));
            }
        }
        return files;
    }

    @Test
    void demultiplexers() throws IOException {
        new Fuzz("demultiplexers", Mutants.mostly(structured(), mutator()), MOST_BYTES)
                .run(folder, DemultiplexerFuzzTest::takeApart);
    }

    @Test
    void whatWasFoundIsRefusedInOneLine() throws IOException {
        Mutator mutator = mutator();
        for (int n : FINDS) {
            Path file = Files.write(folder.resolve("find"), mutator.mutant(n));
            assertThatThrownBy(() -> takeApart(file))
                    .as("mutant %d", n)
                    .isInstanceOf(ClipException.class)
                    .hasMessage("its index ends too early; the clip is damaged, copy it again");
        }
    }

    private static void takeApart(Path file) throws IOException {
        ConversionHint hint = new ConversionHint(file);
        ClipInput in = ClipInput.open(file);
        try {
            ClipContainer container = ClipContainer.of(in);
            in.seek(0);
            switch (container) {
                case AVI -> {
                    AviReader chunks = new AviReader(in, LIMITS.maxPictureBytes());
                    while (chunks.next()) {
                        chunks.length();
                    }
                }
                case MP4, MOV -> Mp4Reader.read(in, container.title(), LIMITS, hint);
                case MATROSKA, WEBM -> MatroskaReader.read(in, container.title(), LIMITS, hint);
                case MPEG_PS -> readAll(new ProgramStream(in));
                case MPEG_TS -> readAll(new TransportStream(in, hint));
                case MPEG_VIDEO -> readAll(new RawStream(in));
                default -> throw new ClipException(UnsupportedCodec.name(container, in) + " is not supported");
            }
        } finally {
            in.close();
        }
    }

    private static void readAll(ElementaryStream stream) throws IOException {
        StartCodeReader segments = new StartCodeReader(stream, LIMITS.maxPictureBytes());
        while (segments.next()) {
            segments.code();
        }
    }
}
