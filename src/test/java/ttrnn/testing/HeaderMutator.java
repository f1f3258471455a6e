package ttrnn.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ttrnn.tensor.Rng;

/**
 * Mutants of files that begin with a length and a header of text, safetensors and npy: words of the header are changed, and
 * then its length is right again, so that a reader comes as far as the header's meaning.
 */
public final class HeaderMutator implements Mutants {
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|-?\\d+|[A-Za-z_]+|\\S");
    private static final String[] WORDS = {
        "0",
        "1",
        "2",
        "3",
        "24",
        "-1",
        "65536",
        "2147483647",
        "4294967296",
        "9223372036854775807",
        "18446744073709551616",
        "1e3",
        "0.5",
        "007",
        "null",
        "true",
        "True",
        "\"F32\"",
        "\"F64\"",
        "\"BOOL\"",
        "\"I8\"",
        "'<f8'",
        "'<f4'",
        "'>f4'",
        "'|u1'",
        "'|O'",
        "'<i4'",
        "\"dtype\"",
        "\"shape\"",
        "\"data_offsets\"",
        "\"__metadata__\"",
        "'descr'",
        "'shape'",
        "'fortran_order'",
        "{}",
        "[]",
        "()",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"ä\"",
        "\"\""
    };

    private final List<byte[]> good;
    private final long seed;
    /** Bytes before the header's length, and of this length. */
    private final int lengthAt;

    private final int lengthBytes;

    private HeaderMutator(List<byte[]> good, long seed, int lengthAt, int lengthBytes) {
        this.good = List.copyOf(good);
        this.seed = seed;
        this.lengthAt = lengthAt;
        this.lengthBytes = lengthBytes;
    }

    /** Of safetensors files. */
    public static HeaderMutator safetensors(List<byte[]> good, long seed) {
        return new HeaderMutator(good, seed, 0, 8);
    }

    /** Of npy files of version 1. */
    public static HeaderMutator npy(List<byte[]> good, long seed) {
        return new HeaderMutator(good, seed, 8, 2);
    }

    @Override
    public byte[] mutant(long n) {
        Rng rng = new Rng(seed).split(n);
        return of(good.get(rng.nextInt(good.size())), rng);
    }

    /** A mutant of {@code file}. */
    byte[] of(byte[] file, Rng rng) {
        int begin = lengthAt + lengthBytes;
        int length = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            length = length << 8 | file[lengthAt + i] & 0xff;
        }
        String header = new String(file, begin, length, StandardCharsets.UTF_8);
        for (int changes = 1 + rng.nextInt(3); changes > 0; changes--) {
            header = changed(header, rng);
        }
        // Spaces to the next 64 bytes, as npy wants it; of the mutants every eighth goes without.
        int short64 = (begin + header.getBytes(StandardCharsets.UTF_8).length) % 64;
        header += rng.nextInt(8) == 0 || short64 == 0 ? "" : " ".repeat(63 - short64) + (lengthBytes == 2 ? "\n" : " ");
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int data = Math.max(0, file.length - begin - length + (rng.nextInt(4) == 0 ? rng.nextInt(64) - 32 : 0));
        byte[] mutant = Arrays.copyOf(file, begin + text.length + data);
        for (int i = 0; i < lengthBytes; i++) {
            mutant[lengthAt + i] = (byte) (i < 4 ? text.length >>> 8 * i : 0);
        }
        System.arraycopy(text, 0, mutant, begin, text.length);
        return mutant;
    }

    private static String changed(String header, Rng rng) {
        List<MatchResult> words = WORD.matcher(header).results().toList();
        if (words.isEmpty()) {
            return WORDS[rng.nextInt(WORDS.length)];
        }
        List<MatchResult> meaning =
                words.stream().filter(word -> kind(word.group()) != 'p').toList();
        if (rng.nextInt(4) > 0 && !meaning.isEmpty()) {
            // What is still well-formed is refused, if at all, for what it means.
            MatchResult word = meaning.get(rng.nextInt(meaning.size()));
            return replaced(header, word, alike(words, kind(word.group()), rng));
        }
        MatchResult one = words.get(rng.nextInt(words.size()));
        MatchResult other = words.get(rng.nextInt(words.size()));
        int from = Math.min(one.start(), other.start());
        int to = Math.max(one.end(), other.end());
        return switch (rng.nextInt(4)) {
            case 0 -> replaced(header, one, "");
            case 1 -> replaced(header, one, WORDS[rng.nextInt(WORDS.length)] + one.group());
            case 2 -> header.substring(0, to) + header.substring(from);
            default -> replaced(header, one, other.group());
        };
    }

    private static String replaced(String header, MatchResult word, String by) {
        return header.substring(0, word.start()) + by + header.substring(word.end());
    }

    /** A word of a kind: one of the header's own, or of the list. */
    private static String alike(List<MatchResult> words, char kind, Rng rng) {
        List<String> alike = new ArrayList<>();
        words.forEach(word -> alike.add(word.group()));
        alike.addAll(Arrays.asList(WORDS));
        alike.removeIf(word -> kind(word) != kind);
        return alike.get(rng.nextInt(alike.size()));
    }

    /** {@code n} for numbers, {@code s} for strings, {@code w} for bare words, {@code p} for the rest. */
    private static char kind(String word) {
        char last = word.charAt(word.length() - 1);
        char first = word.charAt(0);
        return Character.isDigit(last) && first != '"' && first != '\''
                ? 'n'
                : first == '"' || first == '\'' ? 's' : Character.isLetter(first) ? 'w' : 'p';
    }
}
