package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitWindowTest {
    @Test
    void bitsAreThoseOfTheBytesWhereverOneReads() {
        byte[] bytes = new byte[40];
        new Random(1).nextBytes(bytes);
        BitWindow window = new BitWindow();
        window.take(bytes, 3, 37);
        BitCursor cursor = new BitCursor(bytes, 3, 37);

        for (int count = 1; !window.overrun() && window.position + 32 <= window.end(); count = count % 32 + 1) {
            assertThat(window.peek(count)).isEqualTo(window.read(count)).isEqualTo(cursor.read(count));
            assertThat(window.flag()).isEqualTo(cursor.flag());
        }
    }

    @Test
    void behindTheEndThereAreZerosHoweverFarOneReads() {
        BitWindow window = new BitWindow();
        window.take(new byte[] {-1, -1, -1}, 0, 3);
        window.take(new byte[] {-1, -1}, 1, 2);

        assertThat(window.read(8)).isEqualTo(255);
        assertThat(window.overrun()).isFalse();
        assertThat(window.read(32)).isZero();
        assertThat(window.overrun()).isTrue();
        window.position = Integer.MAX_VALUE - 64;
        assertThat(window.peek(32)).isZero();
    }
}
