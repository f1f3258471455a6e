package ttrnn.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a preparation that several machines share: the clips whose id has a certain hash, so that each machine knows
 * its own without asking the others.
 *
 * @param index number of this part, from 1
 * @param of how many parts there are
 */
public record Shard(int index, int of) {
    /** All clips. */
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Shard {
        if (of < 1 || index < 1 || index > of) {
            throw DatasetException.usage("shard " + index + "/" + of + ": the first is 1/" + Math.max(1, of)
                    + ", the last " + Math.max(1, of) + "/" + Math.max(1, of));
        }
    }

    /** The shard that {@code I/N} names. */
    public static Shard of(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw DatasetException.usage("shard " + text + ": must be I/N, such as 1/4");
        }
        return new Shard(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    boolean isAll() {
        return of == 1;
    }

    /** Whether the clip of that id is of this part: the first four bytes of the id's SHA-256, modulo the parts. */
    public boolean has(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            long first = 0;
            for (int i = 0; i < 4; i++) {
                first = (first << 8) | (hash[i] & 0xff);
            }
            return first % of == index - 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** For the names of files, {@code 2-of-5}. */
    String name() {
        return index + "-of-" + of;
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
