package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitSpliceTest {
    @Test
    void copiesBitsFromAnyPlaceToAnyPlace() {
        BitSplice splice = new BitSplice();
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] source = new byte[1 + random.nextInt(40)];
            random.nextBytes(source);
            int from = random.nextInt(source.length * 8);
            int to = from + random.nextInt(source.length * 8 - from + 1);
            int before = random.nextInt(20);
            splice.clear();
            splice.write(0x2a5a5, before);
            splice.copy(source, from, to);
            int length = splice.pad();

            assertThat(length - BitSplice.PADDING).isEqualTo((before + to - from + 7) / 8);
            BitCursor written = new BitCursor(splice.data(), 0, length);
            BitCursor copied = new BitCursor(source, 0, source.length);
            copied.skip(from);
            assertThat(written.read(before)).isEqualTo(0x2a5a5 & ((1 << before) - 1));
            for (int i = from; i < to; i++) {
                assertThat(written.read(1)).as("seed %d, bit %d", seed, i).isEqualTo(copied.read(1));
            }
            while (written.position() < length * 8) {
                assertThat(written.read(1)).isZero();
            }
            assertThat(written.overrun()).isFalse();
        }
    }
}
