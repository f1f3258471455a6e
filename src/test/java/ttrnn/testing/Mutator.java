package ttrnn.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import ttrnn.tensor.Rng;

/**
 * Good files with something wrong: bits and bytes changed, numbers made extreme, pieces put in, cut out, doubled, or taken
 * from another file. The n-th mutant is a function of the seed and n.
 */
public final class Mutator implements Mutants {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "-1",
        "0",
        "1e999",
        "99999999999999999999",
        "null",
        "F32",
        "F64",
        "'",
        "|O",
        "__metadata__",
        "data_offsets",
        "\\ud800",
        "\u0000",
        "[[[[[[[[",
        "PK\u0003\u0004",
        "movi",
        "moov",
        "LIST"
    };
    private static final long[] NUMBERS = {0, 1, -1, 0x7F, 0x80, 0x7FFF, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL, 1L << 62
    };

    private final List<byte[]> good;
    private final long seed;

    public Mutator(List<byte[]> good, long seed) {
        this.good = List.copyOf(good);
        this.seed = seed;
    }

    @Override
    public byte[] mutant(long n) {
        Rng rng = new Rng(seed).split(n);
        byte[] bytes = good.get(rng.nextInt(good.size())).clone();
        for (int changes = 1 + rng.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes, rng);
        }
        return bytes;
    }

    /** {@code bytes} with one change, perhaps in place; as they are if there is one only. */
    byte[] changed(byte[] bytes, Rng rng) {
        if (bytes.length < 2) {
            return bytes;
        }
        // Headers decide more than data do, so every fourth change is near the begin.
        int at = rng.nextInt(rng.nextInt(4) == 0 ? Math.min(16, bytes.length) : bytes.length);
        int end = Math.min(bytes.length, at + 1 + rng.nextInt(rng.nextInt(3) == 0 ? bytes.length : 12));
        return change(bytes, at, end, rng);
    }

    private byte[] change(byte[] bytes, int at, int end, Rng rng) {
        switch (rng.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
            case 1 -> bytes[at] = (byte) rng.nextInt(256);
            case 2 -> number(bytes, at, rng);
            case 3 -> {
                byte[] piece = PIECES[rng.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                return spliced(bytes, at, at, piece);
            }
            case 4 -> {
                return spliced(bytes, at, end, new byte[0]);
            }
            case 5 -> {
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            }
            case 6 -> {
                byte[] other = good.get(rng.nextInt(good.size()));
                int from = rng.nextInt(other.length);
                int to = Math.min(other.length, from + 1 + rng.nextInt(200));
                return spliced(bytes, at, end, Arrays.copyOfRange(other, from, to));
            }
            default -> {
                return Arrays.copyOf(bytes, at); // cut off
            }
        }
        return bytes;
    }

    /** An extreme number of 1, 2, 4 or 8 bytes, in either byte order. */
    private static void number(byte[] bytes, int at, Rng rng) {
        long value = NUMBERS[rng.nextInt(NUMBERS.length)];
        int size = 1 << rng.nextInt(4);
        boolean little = rng.nextInt(2) == 0;
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (little ? i : size - 1 - i));
        }
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = new byte[bytes.length - (to - from) + piece.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}
