package ttrnn.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes small real clips: MPEG-1 video of 32x32 pixels, 25 frames a second, intra pictures of one grey level each. */
final class GreyClip {
    private static final int SIDE = 32;
    private static final String[] DC_SIZE = {"100", "00", "01", "101", "110", "1110", "11110", "111110"};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder bits = new StringBuilder();

    private GreyClip() {}

    /** Frame t is of grey level 129 + t % 100. */
    static Path write(Path file, int frames) throws IOException {
        GreyClip clip = new GreyClip();
        clip.sequence();
        for (int t = 0; t < frames; t++) {
            clip.picture(t % 1024, 1 + t % 100);
        }
        clip.startCode(0xb7);
        Files.createDirectories(file.getParent());
        return Files.write(file, clip.bytes.toByteArray());
    }

    /** Ends a clip within the picture that follows {@code frames} whole ones. */
    static void cut(Path file, int frames) throws IOException {
        byte[] clip = Files.readAllBytes(file);
        int pictures = 0;
        for (int i = 0; i + 3 < clip.length; i++) {
            boolean picture = clip[i] == 0 && clip[i + 1] == 0 && clip[i + 2] == 1 && clip[i + 3] == 0;
            pictures += picture ? 1 : 0;
            if (pictures > frames) {
                Files.write(file, Arrays.copyOf(clip, i + 16)); // within the picture's first slice
                return;
            }
        }
        throw new IllegalArgumentException(file + " has no more than " + frames + " frames");
    }

    private void sequence() {
        startCode(0xb3);
        put(SIDE, 12).put(SIDE, 12).put(1, 4).put(3, 4); // square pixels, 25 frames a second
        put(0x3ffff, 18).put(1, 1).put(20, 10).put(0, 3); // any rate, default matrices
        startCode(0xb8);
        put(1 << 12, 25).put(1, 1).put(0, 1); // the time 0:00:00, a closed group
    }

    private void picture(int number, int levelAboveMiddle) {
        startCode(0x00);
        put(number, 10).put(1, 3).put(0xffff, 16).put(0, 1);
        for (int row = 0; row < SIDE / 16; row++) {
            startCode(row + 1);
            put(8, 5).put(0, 1);
            for (int column = 0; column < SIDE / 16; column++) {
                macroblock(column == 0 ? levelAboveMiddle : 0);
            }
        }
    }

    /** Next address, intra, four luma and two chroma blocks of which only the first differs from its neighbour. */
    private void macroblock(int firstDifference) {
        put("1").put("1");
        for (int block = 0; block < 4; block++) {
            int difference = block == 0 ? firstDifference : 0;
            int size = Integer.SIZE - Integer.numberOfLeadingZeros(difference);
            put(DC_SIZE[size]).put(difference, size).put("10");
        }
        put("00").put("10").put("00").put("10");
    }

    private void startCode(int code) {
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        for (int i = 0; i < bits.length(); i += 8) {
            bytes.write(Integer.parseInt(bits.substring(i, i + 8), 2));
        }
        bits.setLength(0);
        bytes.writeBytes(new byte[] {0, 0, 1, (byte) code});
    }

    private GreyClip put(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append((value >> i) & 1);
        }
        return this;
    }

    private GreyClip put(String code) {
        bits.append(code);
        return this;
    }
}
