import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Writes a store of UCF11's size, to see what long clips need: {@code java data/generator/LongClips.java STORE}. 1,600 clips
 * of 160x120 in 11 classes and 25 groups, their lengths log-normal (median 180, deviation of the logarithm 0.6) between 30
 * and 900 frames. All frames are black, in sparse files, so that some megabytes of disk stand for 20 gigabytes. Clips are
 * named so that the longest come first: {@code train --no-shuffle} then begins with the worst batch that there can be.
 */
public final class LongClips {
    private static final int CLIPS = 1600;
    private static final int CLASSES = 11;
    private static final int GROUPS = 25;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final int SHORTEST = 30;
    private static final int LONGEST = 900;
    private static final long SEED = 1;

    private LongClips() {}

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException, CloneNotSupportedException {
        Path store = Path.of(args[0]);
        Files.createDirectories(store.resolve("frames"));
        Random random = new Random(SEED);
        int[] lengths = new int[CLIPS];
        for (int i = 0; i < CLIPS; i++) {
            long frames = Math.round(180 * Math.exp(0.6 * random.nextGaussian()));
            lengths[i] = (int) Math.max(SHORTEST, Math.min(LONGEST, frames));
        }
        Arrays.sort(lengths);
        String[] lines = new String[CLIPS];
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] frame = new byte[WIDTH * HEIGHT * 3];
        int digested = 0;
        long all = 0;
        for (int i = 0; i < CLIPS; i++) { // the shortest first: each hash goes on from the one before
            for (; digested < lengths[i]; digested++) {
                digest.update(frame);
            }
            String sha256 = HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
            int number = CLIPS - 1 - i;
            String id = String.format("clip-%04d", number);
            write(store.resolve("frames/" + id + ".npy"), lengths[i]);
            lines[number] = String.format(
                    "{\"id\":\"%s\",\"label\":\"class-%02d\",\"group\":\"%02d\",\"frames\":%d,\"framesPerSecond\":29.97,"
                            + "\"width\":%d,\"height\":%d,\"source\":\"%s.mpg\",\"sha256\":\"%s\"}%n",
                    id, number % CLASSES, number % GROUPS, lengths[i], WIDTH, HEIGHT, id, sha256);
            all += lengths[i];
        }
        Files.writeString(
                store.resolve("store.json"),
                "{\"format\":1,\"settings\":{\"layout\":\"folders\",\"width\":160,\"height\":120,\"every\":1,"
                        + "\"framesPerSecond\":0,\"maxFrames\":0}}\n");
        Files.writeString(store.resolve("clips.jsonl"), String.join("", lines));
        System.out.println(CLIPS + " clips, " + all + " frames, the longest " + lengths[CLIPS - 1]);
    }

    /** A npy file of version 1 whose data are a hole. */
    private static void write(Path file, int frames) throws IOException {
        String header = String.format(
                "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d, 3), }", frames, HEIGHT, WIDTH);
        byte[] bytes = Arrays.copyOf("\u0093NUMPY\1\0v\0".getBytes(StandardCharsets.ISO_8859_1), 128);
        Arrays.fill(bytes, 10, 127, (byte) ' ');
        bytes[127] = '\n';
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, header.length());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(bytes));
            long size = 128L + (long) frames * WIDTH * HEIGHT * 3;
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
    }
}
