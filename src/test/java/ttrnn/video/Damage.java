package ttrnn.video;

import java.util.Arrays;
import java.util.Random;

/** Damages the bytes of a clip: flipped bits, a cut, a block that is doubled, dropped or overwritten. */
public final class Damage {
    private Damage() {}

    /** Changes {@code bytes}, or makes other ones of them. */
    public static byte[] of(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(600, bytes.length - at));
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int flips = 1 + random.nextInt(10); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 2 -> {
                byte[] doubled = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, doubled, at + length, bytes.length - at);
                return doubled;
            }
            case 3 -> {
                byte[] dropped = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, dropped, at, bytes.length - at - length);
                return dropped;
            }
            default -> {
                for (int i = at; i < at + length; i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
                return bytes;
            }
        }
    }
}
