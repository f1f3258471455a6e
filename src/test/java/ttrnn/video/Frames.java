package ttrnn.video;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Helpers of the tests that decode whole clips. */
final class Frames {
    private Frames() {}

    /** Decodes a clip with the default limits. */
    static DecodeReport forEach(Path clip, Consumer<Picture> consumer) throws ClipException {
        try (FrameSource source = FrameSources.open(clip)) {
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                consumer.accept(picture);
            }
            return source.report();
        }
    }

    /** CRC-32 of the planes at picture size: Y, then U, then V, row by row. */
    static long i420Crc32(Picture picture) {
        CRC32 crc = new CRC32();
        update(crc, picture.y(), picture.lumaStride(), picture.width(), picture.height());
        int width = (picture.width() + 1) / 2;
        int height = (picture.height() + 1) / 2;
        update(crc, picture.u(), picture.chromaStride(), width, height);
        update(crc, picture.v(), picture.chromaStride(), width, height);
        return crc.getValue();
    }

    static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static void update(CRC32 crc, byte[] plane, int stride, int width, int height) {
        for (int row = 0; row < height; row++) {
            crc.update(plane, row * stride, width);
        }
    }
}
