package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartCodeReaderTest {
    @Test
    void segmentsDoNotDependOnHowTheBytesArrive() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] stream = new byte[random.nextInt(400)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = (byte) random.nextInt(3);
            }
            List<byte[]> expected = cut(stream);

            List<byte[]> segments = new ArrayList<>();
            StartCodeReader reader = new StartCodeReader(pieces(stream, random), 1 << 16);
            while (reader.next()) {
                segments.add(Arrays.copyOfRange(reader.data(), reader.start(), reader.end()));
                assertThat(reader.code()).isEqualTo(reader.data()[reader.start() + 3] & 0xff);
                assertThat(reader.length()).isEqualTo(reader.end() - reader.start());
            }

            assertThat(segments)
                    .as("seed %d", seed)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(expected);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void aSegmentLongerThanTheLimitIsAnError() {
        byte[] stream = new byte[100_000];
        Arrays.fill(stream, (byte) 7);
        stream[0] = 0;
        stream[1] = 0;
        stream[2] = 1;
        StartCodeReader reader = new StartCodeReader(pieces(stream, new Random(1)), 50_000);

        assertThatThrownBy(reader::next)
                .isInstanceOf(ClipException.class)
                .hasMessage("a part of a picture is longer than 50000 bytes; the clip is damaged,"
                        + " or the limit is too low");
    }

    private static List<byte[]> cut(byte[] stream) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 3 < stream.length; i++) {
            boolean code = stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
            boolean apart = starts.isEmpty() || i >= starts.get(starts.size() - 1) + 4;
            if (code && apart) {
                starts.add(i);
            }
        }
        List<byte[]> segments = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : stream.length;
            segments.add(Arrays.copyOfRange(stream, starts.get(i), end));
        }
        return segments;
    }

    private static ElementaryStream pieces(byte[] stream, Random random) {
        return new ElementaryStream() {
            private int at;

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == stream.length) {
                    return -1;
                }
                int count = Math.min(Math.min(length, stream.length - at), 1 + random.nextInt(5000) % (1 + at % 17));
                System.arraycopy(stream, at, target, offset, count);
                at += count;
                return count;
            }

            @Override
            public boolean truncated() {
                return false;
            }
        };
    }
}
