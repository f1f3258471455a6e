import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Draws the clips of data/motion and has FFmpeg encode them as MPEG-1: {@code java data/generator/MotionClips.java
 * data/motion}. The same seed gives the same frames; what FFmpeg makes of them depends on its version.
 *
 * <p>The class lies in the motion alone. The frame is a torus: what leaves it on one side comes back on the other, so the
 * shape is as likely to be at one place as at any other, at any moment, in every class. Its angle is uniform, and so is
 * its size, which in the zooms runs around in a circle of its own. Hence any single frame of any class is drawn from one
 * distribution; start place, phase, colour, background and length are drawn alike for all classes.
 */
public final class MotionClips {
    private static final int WIDTH = 80;
    private static final int HEIGHT = 60;
    private static final int FRAMES_PER_SECOND = 25;
    private static final int GROUPS = 25;
    private static final int CLIPS_PER_GROUP = 2;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 32;
    private static final long SEED = 2017;
    private static final List<String> CLASSES = List.of(
            "left", "right", "up", "down", "circle", "zoom-in", "zoom-out", "rotate", "shake", "bounce", "still");

    private MotionClips() {}

    /** What the clips of a group share: colours, textures and speed. */
    private static final class Style {
        final double[] colour = new double[3];
        final double[] backgroundPhase = new double[3];
        final int waveX;
        final int waveY;
        final double texture;
        final double texturePhase;
        final double speed;

        Style(Random random) {
            for (int c = 0; c < 3; c++) {
                colour[c] = 55 + 75 * random.nextDouble();
                backgroundPhase[c] = 2 * Math.PI * random.nextDouble();
            }
            waveX = 1 + random.nextInt(4);
            waveY = 1 + random.nextInt(3);
            texture = 2 + 4 * random.nextDouble();
            texturePhase = 2 * Math.PI * random.nextDouble();
            speed = 0.8 + 0.4 * random.nextDouble();
        }
    }

    /** Where the shape is, how it is turned, and its size from 0 to 1, at one moment. */
    private record Pose(double x, double y, double angle, double size) {}

    private static Pose pose(String kind, Style style, Pose start, double phase, double sense, int t) {
        double turn = 2 * Math.PI * style.speed * t;
        double x = start.x;
        double y = start.y;
        double angle = start.angle;
        double size = start.size;
        switch (kind) {
            case "left" -> x -= style.speed * WIDTH * t / 28;
            case "right" -> x += style.speed * WIDTH * t / 28;
            case "up" -> y -= style.speed * HEIGHT * t / 28;
            case "down" -> y += style.speed * HEIGHT * t / 28;
            case "circle" -> {
                x += 0.22 * WIDTH * StrictMath.cos(phase + sense * turn / 16);
                y += 0.22 * WIDTH * StrictMath.sin(phase + sense * turn / 16);
            }
            case "zoom-in" -> size += style.speed * t / 50;
            case "zoom-out" -> size -= style.speed * t / 50;
            case "rotate" -> angle += sense * turn / 10;
            case "shake" -> x += 0.14 * WIDTH * StrictMath.sin(phase + turn / 4);
            case "bounce" -> y -= 0.45 * HEIGHT * Math.abs(StrictMath.sin(phase + turn / 20));
            case "still" -> {}
            default -> throw new IllegalArgumentException("no motion is called " + kind);
        }
        return new Pose(x, y, angle, size - Math.floor(size));
    }

    /** One clip, [frames, height, width, 3]. */
    private static byte[] clip(String kind, Style style, Random random) {
        int frames = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        Pose start = new Pose(
                random.nextDouble() * WIDTH,
                random.nextDouble() * HEIGHT,
                random.nextDouble() * 2 * Math.PI,
                random.nextDouble());
        double phase = random.nextDouble() * 2 * Math.PI;
        double sense = random.nextBoolean() ? 1 : -1;
        double light = 0.85 + 0.3 * random.nextDouble();
        double ground = 122 + 8 * random.nextDouble();
        byte[] rgb = new byte[frames * HEIGHT * WIDTH * 3];
        for (int t = 0; t < frames; t++) {
            draw(pose(kind, style, start, phase, sense, t), style, light, ground, rgb, t * HEIGHT * WIDTH * 3);
        }
        return rgb;
    }

    /** A soft-edged ellipse three times as long as wide, brighter at one end, on a faint pattern of waves. */
    private static void draw(Pose pose, Style style, double light, double ground, byte[] rgb, int offset) {
        double radius = 0.3 * HEIGHT * (0.4 + 1.3 * pose.size);
        double cos = StrictMath.cos(pose.angle);
        double sin = StrictMath.sin(pose.angle);
        int at = offset;
        for (int j = 0; j < HEIGHT; j++) {
            for (int i = 0; i < WIDTH; i++) {
                double dx = i - pose.x;
                double dy = j - pose.y;
                dx -= WIDTH * Math.rint(dx / WIDTH);
                dy -= HEIGHT * Math.rint(dy / HEIGHT);
                double along = (dx * cos + dy * sin) / radius;
                double across = 3 * (dy * cos - dx * sin) / radius;
                double inside = 1 / (1 + StrictMath.exp(0.7 * radius * (StrictMath.hypot(along, across) - 1)));
                double pattern =
                        1 + 0.25 * along + 0.25 * StrictMath.sin(style.texture * along + style.texturePhase);
                for (int c = 0; c < 3; c++) {
                    double waves = StrictMath.sin(2 * Math.PI * style.waveX * i / WIDTH + style.backgroundPhase[c])
                            * StrictMath.sin(2 * Math.PI * style.waveY * j / HEIGHT + style.backgroundPhase[0]);
                    double background = ground + 9 * waves;
                    double shape = 128 + light * style.colour[c] * pattern;
                    double value = background + inside * (shape - background);
                    rgb[at++] = (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
            }
        }
    }

    /** Seeds that lie close together give Random first numbers that do too, which would tie the length to the class. */
    private static Random random(int group, int kind, int number) {
        long x = ((SEED * 100 + group) * 100 + kind) * 100 + number;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return new Random(x ^ (x >>> 31));
    }

    private static void encode(byte[] rgb, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                        WIDTH + "x" + HEIGHT, "-r", String.valueOf(FRAMES_PER_SECOND), "-i", "-", "-c:v", "mpeg1video",
                        "-q:v", "4", "-g", "15", "-bf", "2", "-fflags", "+bitexact", "-flags", "+bitexact", "-f",
                        "mpeg", target.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = ffmpeg.getOutputStream()) {
            in.write(rgb);
        }
        if (ffmpeg.waitFor() != 0) {
            throw new IOException("FFmpeg failed on " + target);
        }
    }

    public static void main(String[] args) throws Exception {
        Path out = Path.of(args.length > 0 ? args[0] : "data/motion");
        for (int group = 1; group <= GROUPS; group++) {
            Style style = new Style(random(group, 0, 0));
            for (int k = 0; k < CLASSES.size(); k++) {
                String kind = CLASSES.get(k);
                for (int number = 1; number <= CLIPS_PER_GROUP; number++) {
                    Random random = random(group, 1 + k, number);
                    String folder = String.format("v_%s_%02d", kind, group);
                    String name = String.format("v_%s_%02d_%02d.mpg", kind, group, number);
                    encode(clip(kind, style, random), out.resolve(kind).resolve(folder).resolve(name));
                }
            }
        }
    }
}
