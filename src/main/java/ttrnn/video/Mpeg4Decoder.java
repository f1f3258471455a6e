package ttrnn.video;

import java.util.Arrays;

/**
 * Decodes pictures of MPEG-4 part 2, simple and advanced simple profile without sprites and interlacing
 * (ISO 14496-2, 7.4 to 7.6): intra, predicted, and between two references. Planes are of whole macroblocks, samples
 * 0 … 255. What is damaged is left as it was, up to the next resync marker if there are any.
 */
final class Mpeg4Decoder {
    private static final int[] DC_THRESHOLDS = {32, 13, 15, 17, 19, 21, 23, 0};
    private static final int[] QUANTISER_STEPS = {-1, -2, 1, 2};
    private static final int INTRA = 3;
    private static final int INTRA_CHANGED = 4;
    private static final int FOUR_VECTORS = 2;
    private static final int NOT_CODED = -2;
    private static final int P_PICTURE = 1;
    private static final int MARKER_ZEROS = 16;

    /** Bytes behind the last macroblock: one of stuffing, and a few that some encoders end a picture with. */
    private static final int MOST_LEFT = 12;

    private final Mpeg4Layer layer;
    private final BitWindow bits;
    private final BlockTransform transform;
    private final int columns;
    private final int rows;
    private final int stride;
    private final Mpeg4Coefficients coefficients;
    private final Mpeg4IntraPrediction prediction;
    private final Mpeg4Vectors vectors;
    private final Mpeg4Motion motion;
    private final Mpeg4Between between;
    private final int[] block = new int[64];

    private byte[][] planes = {};
    private int type;
    private int quantiser;
    private int dcThreshold;
    private int range;
    private int rangeBack;
    /** First macroblock of the video packet: prediction does not cross its border. */
    private int packet;

    private int macroblock;
    private int missing;

    /** @param transform how the stream's encoder transformed blocks back */
    Mpeg4Decoder(Mpeg4Layer layer, BitWindow bits, BlockTransform transform) {
        this.layer = layer;
        this.bits = bits;
        this.transform = transform;
        this.columns = (layer.width() + 15) / 16;
        this.rows = (layer.height() + 15) / 16;
        this.stride = 16 * columns;
        this.coefficients = new Mpeg4Coefficients(bits);
        this.prediction = new Mpeg4IntraPrediction(columns, rows);
        this.vectors = new Mpeg4Vectors(bits, columns, rows);
        this.motion = new Mpeg4Motion(columns, rows, layer.width(), layer.height(), layer.quarter());
        this.between = new Mpeg4Between(bits, columns, vectors, motion, layer.quarter());
    }

    /** Planes for one picture. */
    byte[][] planes() {
        int luma = stride * 16 * rows;
        return new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
    }

    /** Macroblocks that were not decoded in the last picture. */
    int missing() {
        return missing;
    }

    /**
     * Decodes the picture in the window, which stands behind the flag that says it is coded.
     *
     * @param before the reference before it in the order shown
     * @param after the reference after it, for a B picture
     * @return whether all of it was decoded, and the bits were used up
     */
    boolean decode(Mpeg4PictureReader.Header header, byte[][] target, byte[][] before, byte[][] after) {
        type = header.type();
        planes = target;
        motion.start(target, before, after, type == P_PICTURE && bits.flag());
        dcThreshold = DC_THRESHOLDS[bits.read(3)];
        quantiser = bits.read(5);
        range = type == 0 ? 1 : bits.read(3);
        rangeBack = type <= P_PICTURE ? 1 : bits.read(3);
        prediction.clear();
        if (type <= P_PICTURE) {
            vectors.clear();
        } else {
            between.start(range, rangeBack, header.distance(), header.whole());
        }
        packet = 0;
        macroblock = 0;
        missing = 0;
        boolean good = quantiser > 0 && range > 0 && rangeBack > 0 && macroblocks();
        if (!good) {
            missing += columns * rows - macroblock;
        }
        return good && onlyStuffing();
    }

    private boolean macroblocks() {
        while (macroblock < columns * rows) {
            boolean nothing = type > P_PICTURE && vectors.skipped(macroblock);
            while (layer.resyncMarkers() && macroblock > packet && !nothing && atMarker()) {
                if (!startPacket()) {
                    return false;
                }
            }
            boolean good = switch (type) {
                case 0 -> intraPicture();
                case P_PICTURE -> predictedPicture();
                default -> betweenPicture();
            };
            if (!good || bits.overrun()) {
                return false;
            }
            macroblock++;
        }
        return true;
    }

    private boolean intraPicture() {
        int kind = kind(Mpeg4Codes.INTRA_KINDS);
        return kind >= 0 && intra(kind);
    }

    /** The next kind of macroblock with its coded chroma blocks, stuffing passed over; negative if there is none. */
    private int kind(int[] kinds) {
        while (true) {
            int entry = kinds[bits.peek(Mpeg4Codes.KIND_BITS)];
            bits.position += entry & 15;
            if (entry >> 4 != Mpeg4Codes.STUFFING || bits.overrun()) {
                return entry == 0 || entry >> 4 == Mpeg4Codes.STUFFING ? -1 : entry >> 4;
            }
            if (type == P_PICTURE && bits.flag()) {
                // Stuffing stands before a whole macroblock, which begins with the flag that it is not coded.
                return NOT_CODED;
            }
        }
    }

    private boolean predictedPicture() {
        int kind = bits.flag() ? NOT_CODED : kind(Mpeg4Codes.KINDS);
        if (kind == NOT_CODED) {
            vectors.skip(macroblock);
            motion.copy(macroblock % columns, macroblock / columns);
            return true;
        }
        if (kind < 0) {
            return false;
        }
        return kind >> 2 >= INTRA ? intra(kind) : predicted(kind);
    }

    private boolean intra(int kind) {
        boolean predicted = bits.flag();
        int pattern = pattern();
        if (pattern < 0) {
            return false;
        }
        boolean plain = quantiser >= dcThreshold;
        if (kind >> 2 == INTRA_CHANGED) {
            changeQuantiser();
        }
        prediction.start(macroblock, packet, quantiser);
        int coded = pattern << 2 | (kind & 3);
        for (int i = 0; i < 6; i++) {
            if (!intraBlock(i, (coded << i & 32) != 0, predicted, plain)) {
                return false;
            }
        }
        return true;
    }

    private boolean intraBlock(int index, boolean coded, boolean predicted, boolean plain) {
        int step = step(index);
        int first = prediction.predictFirst(index, step);
        if (!plain) {
            int size = bits.peek(Mpeg4Codes.SIZE_BITS);
            int entry = (index < 4 ? Mpeg4Codes.LUMA_SIZES : Mpeg4Codes.CHROMA_SIZES)[size];
            bits.position += entry & 15;
            if (entry == 0) {
                return false;
            }
            block[0] = difference(entry >> 4);
        }
        if (coded) {
            int[] scan = predicted ? prediction.scan() : Mpeg4Coefficients.ZIGZAG;
            if (!coefficients.read(block, scan, plain ? 0 : 1, true, 1, 0)) {
                Arrays.fill(block, 0);
                return false;
            }
        }
        block[0] += first;
        prediction.finish(block, index, step, predicted);
        block[0] *= step;
        Mpeg4Coefficients.intra(block, layer.intraMatrix(), quantiser);
        transform.transform(block);
        BlockWriter.put(block, plane(index), place(index), index < 4 ? stride : stride / 2);
        return true;
    }

    private int difference(int size) {
        if (size == 0) {
            return 0;
        }
        int value = bits.read(size);
        if (size > 8) {
            bits.position++;
        }
        return value >> (size - 1) != 0 ? value : value - (1 << size) + 1;
    }

    private int step(int index) {
        int q = quantiser;
        if (index < 4) {
            return q < 5 ? 8 : q < 9 ? 2 * q : q < 25 ? q + 8 : 2 * q - 16;
        }
        return q < 5 ? 8 : q < 25 ? (q + 13) / 2 : q - 6;
    }

    private boolean predicted(int kind) {
        int pattern = pattern();
        if (pattern < 0) {
            return false;
        }
        int coded = (pattern ^ 15) << 2 | (kind & 3);
        if (kind >> 2 == 1) {
            changeQuantiser();
        }
        boolean four = kind >> 2 == FOUR_VECTORS;
        for (int i = 0; i < (four ? 4 : 1); i++) {
            vectors.predict(macroblock, i, packet);
            if (!vectors.read(range)) {
                return false;
            }
            vectors.keep(macroblock, four ? i : -1);
        }
        motion.predict(vectors, macroblock, four);
        return differences(coded);
    }

    private boolean betweenPicture() {
        if (macroblock % columns == 0) {
            between.restart();
        }
        if (vectors.skipped(macroblock)) {
            motion.copy(macroblock % columns, macroblock / columns);
            return true;
        }
        int coded = between.macroblock(macroblock, quantiser);
        if (coded < 0) {
            return false;
        }
        quantiser = between.quantiser();
        return differences(coded);
    }

    private boolean differences(int coded) {
        int[] matrix = layer.predictedMatrix();
        boolean stepped = matrix.length == 0;
        for (int i = 0; i < 6; i++) {
            if ((coded << i & 32) == 0) {
                continue;
            }
            int factor = stepped ? 2 * quantiser : 1;
            int addend = stepped ? (quantiser - 1) | 1 : 0;
            if (!coefficients.read(block, Mpeg4Coefficients.ZIGZAG, 0, false, factor, addend)) {
                Arrays.fill(block, 0);
                return false;
            }
            if (!stepped) {
                Mpeg4Coefficients.byMatrix(block, matrix, quantiser);
            }
            transform.transform(block);
            BlockWriter.add(block, plane(i), place(i), i < 4 ? stride : stride / 2);
        }
        return true;
    }

    private int pattern() {
        int entry = Mpeg4Codes.PATTERNS[bits.peek(Mpeg4Codes.PATTERN_BITS)];
        bits.position += entry & 15;
        return entry == 0 ? -1 : entry >> 4;
    }

    private void changeQuantiser() {
        quantiser = Math.max(1, Math.min(31, quantiser + QUANTISER_STEPS[bits.read(2)]));
    }

    private byte[] plane(int index) {
        return planes[Math.max(0, index - 3)];
    }

    private int place(int index) {
        int column = macroblock % columns;
        int row = macroblock / columns;
        if (index > 3) {
            return row * 8 * (stride / 2) + column * 8;
        }
        return (row * 16 + (index >> 1) * 8) * stride + column * 16 + (index & 1) * 8;
    }

    /** Whether stuffing up to a byte's border and a resync marker come next. */
    private boolean atMarker() {
        int stuffing = 8 - (bits.position & 7);
        return bits.peek(stuffing) == (1 << (stuffing - 1)) - 1
                && bits.at(bits.position + stuffing) >>> (64 - MARKER_ZEROS) == 0
                && bits.position + stuffing + MARKER_ZEROS < bits.end();
    }

    /** Reads a video packet's header; false if it does not go on where the last one ended. */
    private boolean startPacket() {
        int zeros =
                type == 0 ? MARKER_ZEROS : 15 + (type == P_PICTURE ? range : Math.max(2, Math.max(range, rangeBack)));
        bits.position += 8 - (bits.position & 7);
        if (bits.read(zeros + 1) != 1) {
            return false;
        }
        int number = columns * rows == 1 ? 0 : bits.read(32 - Integer.numberOfLeadingZeros(columns * rows - 1));
        quantiser = bits.read(5);
        if (bits.flag()) {
            while (bits.flag() && !bits.overrun()) {
                // Whole seconds, which the picture's header told before.
            }
            bits.position += 1 + layer.timeBits() + 1 + 2 + 3;
            bits.position += type == 0 ? 0 : type == P_PICTURE ? 3 : 6;
        }
        int last = packet;
        packet = macroblock;
        between.restart();
        // What a B picture leaves out stands behind the marker, but has no bits, and may have been passed over already.
        while (type > P_PICTURE && packet > number && packet > last && vectors.skipped(packet - 1)) {
            packet--;
        }
        return number == packet && quantiser > 0;
    }

    /** Whether what is left is what encoders put behind the last macroblock: a 0, ones up to the byte's border, empty bytes. */
    private boolean onlyStuffing() {
        int border = bits.position + 8 - (bits.position & 7);
        return border >= bits.end() - 8 * MOST_LEFT;
    }
}
