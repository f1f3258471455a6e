package ttrnn.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import ttrnn.video.PictureFolder;

/**
 * The state of a clip's file, by which a later preparation knows whether it was replaced: its size, and a hash of samples of
 * its bytes, so that a data set of gigabytes is looked through in seconds. Of a folder of pictures, all of them together.
 *
 * @param bytes size of the file, or of the pictures
 * @param hash 16 hexadecimal digits of a SHA-256
 */
record SourceFile(long bytes, String hash) {
    private static final int SAMPLES = 16;
    private static final int SAMPLE_BYTES = 4096;
    private static final int DIGITS = 16;

    static SourceFile of(Path file) throws IOException {
        MessageDigest digest = sha256();
        long bytes = Files.isDirectory(file) ? addFolder(file, digest) : addFile(file, digest);
        return new SourceFile(bytes, HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
    }

    /** The size alone. */
    static long size(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return Files.size(file);
        }
        long bytes = 0;
        for (Path picture : pictures(file)) {
            bytes += Files.size(picture);
        }
        return bytes;
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(PictureFolder::isPicture).sorted().toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long addFolder(Path folder, MessageDigest digest) throws IOException {
        long bytes = 0;
        for (Path picture : pictures(folder)) {
            digest.update(String.valueOf(picture.getFileName()).getBytes(StandardCharsets.UTF_8));
            bytes += addFile(picture, digest);
        }
        return bytes;
    }

    /** Samples at equal distances, the first and the last bytes among them. */
    private static long addFile(Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(8).putLong(size).flip());
            ByteBuffer sample = ByteBuffer.allocate(SAMPLE_BYTES);
            long last = Math.max(0, size - SAMPLE_BYTES);
            boolean small = size <= (long) SAMPLES * SAMPLE_BYTES;
            long step = small ? SAMPLE_BYTES : Math.max(1, last / (SAMPLES - 1));
            long end = small ? size : last + 1;
            for (long at = 0; at < end; at += step) {
                channel.read(sample.clear(), at);
                digest.update(sample.flip());
            }
            return size;
        }
    }
}
