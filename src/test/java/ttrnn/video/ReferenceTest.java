package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Prediction, eight samples at a time, beside the sums that the standards give for each sample alone. */
class ReferenceTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    private final Random random = new Random(5);
    private final byte[] source = bytes();
    private final Reference reference = new Reference();

    private byte[] bytes() {
        byte[] bytes = new byte[WIDTH * HEIGHT];
        random.nextBytes(bytes);
        return bytes;
    }

    private int sample(int x, int y) {
        int column = Math.max(0, Math.min(WIDTH - 1, x));
        return source[Math.max(0, Math.min(HEIGHT - 1, y)) * WIDTH + column] & 0xff;
    }

    private int predicted(int left, int top, boolean down) {
        int x = left >> 1;
        int y = top >> 1;
        int a = sample(x, y);
        int b = sample(x + (left & 1), y);
        int c = sample(x, y + (top & 1));
        int d = sample(x + (left & 1), y + (top & 1));
        int halves = (left & 1) + (top & 1);
        if (halves == 2) {
            return (a + b + c + d + (down ? 1 : 2)) >> 2;
        }
        return halves == 0 ? a : (a + Math.max(0, (left & 1) == 1 ? b : c) + (down ? 0 : 1)) >> 1;
    }

    @Test
    void blocksInsideAndOutsideAreTheStandardsSums() {
        for (int i = 0; i < 2000; i++) {
            int size = random.nextBoolean() ? 16 : 8;
            int left = random.nextInt(2 * WIDTH + 120) - 60;
            int top = random.nextInt(2 * HEIGHT + 120) - 60;
            boolean down = random.nextBoolean();
            boolean mean = random.nextBoolean();
            byte[] target = bytes();
            byte[] before = target.clone();
            int to = 8 * WIDTH + 16;

            reference.predict(source, WIDTH, HEIGHT, left, top, target, to, size, size, down, mean);

            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int at = y * WIDTH + x;
                    boolean inside = y >= 8 && y < 8 + size && x >= 16 && x < 16 + size;
                    int wanted = before[at] & 0xff;
                    if (inside) {
                        int value = predicted(left + 2 * (x - 16), top + 2 * (y - 8), down);
                        wanted = mean ? (wanted + value + 1) >> 1 : value;
                    }
                    assertThat(target[at] & 0xff)
                            .as("left %d top %d size %d x %d y %d", left, top, size, x, y)
                            .isEqualTo(wanted);
                }
            }
        }
    }
}
