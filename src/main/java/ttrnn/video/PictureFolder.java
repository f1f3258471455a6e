package ttrnn.video;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of PNG or JPEG pictures as a clip: a picture a frame, in the natural order of their names (2 before 10), all of
 * one size. The one class that uses ImageIO. A transparent pixel has the colour that it is stored with.
 */
public final class PictureFolder implements FrameSource {
    private static final String ENDING = ".*\\.(png|jpe?g)";

    private final Iterator<Path> pictures;
    private final DecodeLimits limits;
    private final ClipFormat format;
    private final byte[] rgb;
    private int frames;

    private PictureFolder(List<Path> files, DecodeLimits limits) throws ClipException {
        this.pictures = files.iterator();
        this.limits = limits;
        limits.checkFrames(files.size());
        int[] size = readSize(files.get(0));
        limits.checkSize(size[0], size[1]);
        rgb = new byte[3 * size[0] * size[1]];
        format = new ClipFormat("folder", extension(files.get(0)), size[0], size[1], 0);
    }

    /** Whether a file is a picture by its name. */
    public static boolean isPicture(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).matches(ENDING);
    }

    static FrameSource open(Path folder, DecodeLimits limits) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(PictureFolder::isPicture)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted((a, b) -> NaturalOrder.compare(
                            a.getFileName().toString(), b.getFileName().toString()))
                    .toList();
        }
        if (files.isEmpty()) {
            throw new ClipException("this is a directory without PNG or JPEG pictures, not a clip");
        }
        return new PictureFolder(files, limits);
    }

    private static String extension(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith("png") ? "PNG" : "JPEG";
    }

    private static int[] readSize(Path file) throws ClipException {
        return read(file, (reader, in) -> new int[] {reader.getWidth(0), reader.getHeight(0)});
    }

    private interface Reading<T> {
        T read(ImageReader reader, ImageInputStream in) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) throws ClipException {
        String name = String.valueOf(file.getFileName());
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext()) {
                throw new ClipException("picture " + name + " is no PNG or JPEG that can be read; copy it again");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return reading.read(reader, in);
            } finally {
                reader.dispose();
            }
        } catch (ClipException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // ImageIO answers damage with exceptions of all kinds.
            throw new ClipException("picture " + name + " cannot be decoded: " + e.getMessage(), e);
        }
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        if (!pictures.hasNext()) {
            return null;
        }
        Path file = pictures.next();
        BufferedImage image = read(file, (reader, in) -> {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width != format.width() || height != format.height()) {
                throw new ClipException(
                        "picture " + file.getFileName() + " is " + width + "x" + height + ", the first one "
                                + format.width() + "x" + format.height() + "; pictures must be of one size");
            }
            ImageReadParam plain = reader.getDefaultReadParam();
            return reader.read(0, plain);
        });
        pixels(image);
        limits.checkFrames(++frames);
        return Picture.ofRgb(format.width(), format.height(), rgb);
    }

    private void pixels(BufferedImage image) {
        int width = format.width();
        // Java takes grey for linear and would brighten it on the way to RGB.
        boolean grey = image.getRaster().getNumBands() < 3 && !(image.getColorModel() instanceof IndexColorModel);
        int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < format.height(); y++) {
            if (grey) {
                image.getRaster().getSamples(0, y, width, 1, 0, row);
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int pixel : row) {
                int level = pixel >> shift;
                rgb[out++] = (byte) (grey ? level : pixel >> 16);
                rgb[out++] = (byte) (grey ? level : pixel >> 8);
                rgb[out++] = (byte) (grey ? level : pixel);
            }
        }
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, frames, 0, 0, false);
    }

    @Override
    public void close() {
        // Each picture's file is closed once it is read.
    }
}
