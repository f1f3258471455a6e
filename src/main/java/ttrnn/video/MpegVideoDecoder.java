package ttrnn.video;

import java.util.Arrays;

/**
 * Decodes pictures of MPEG-1 and MPEG-2 whose macroblocks are predicted and transformed as frames (ISO 11172-2; ISO
 * 13818-2), 4:2:0 and 4:2:2. Planes are of whole macroblocks, samples 0 … 255. A damaged slice ends where it is damaged.
 */
final class MpegVideoDecoder {
    private static final int B_PICTURE = 3;
    private static final int MARKED = 0xb5;
    private static final int LAST_SLICE = 0xaf;
    private static final int MATRICES = 3;
    private static final int CODING = 8;
    private static final int START_CODE_ZEROS = 23;
    private static final int GREY = 128;
    private static final int[] UNEVEN_SCALES = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 96,
        104, 112
    };

    private final MpegSequence sequence;
    private final BitWindow bits = new BitWindow();
    private final MpegCoefficients coefficients = new MpegCoefficients(bits);
    private final MpegMatrices matrices = new MpegMatrices();
    private final MpegMotion motion;
    private final int columns;
    private final int rows;
    private final int stride;
    private final int blocks;
    private final boolean[] covered;
    private final int[] block = new int[64];
    private final int[] first = new int[3];

    private byte[][] planes = {};
    private int type;
    private int precision;
    private boolean uneven;
    private int quantiser;
    private int macroblock;
    private int sliceRow;
    /** How the last macroblock was predicted: skipped ones of B pictures are alike. */
    private int lastKind;

    private int sliceErrors;
    private int missingMacroblocks;

    MpegVideoDecoder(MpegSequence sequence) {
        this.sequence = sequence;
        this.columns = sequence.codedWidth() / 16;
        this.rows = sequence.codedHeight() / 16;
        this.stride = sequence.codedWidth();
        this.blocks = sequence.tallChroma() ? 8 : 6;
        this.covered = new boolean[columns * rows];
        this.motion = new MpegMotion(bits, sequence);
    }

    /** Planes for one picture. */
    byte[][] planes() {
        int luma = stride * 16 * rows;
        int chroma = sequence.tallChroma() ? luma / 2 : luma / 4;
        return new byte[][] {new byte[luma], new byte[chroma], new byte[chroma]};
    }

    /** Takes a sequence header, start code included; false if it is damaged. */
    boolean startSequence(byte[] header) {
        return matrices.start(header);
    }

    /**
     * Decodes one picture. Macroblocks that no slice covered show {@code before}, or grey if there is none;
     * {@link #sliceErrors} and {@link #missingMacroblocks} tell.
     *
     * @param before the reference before it in the order shown; without planes if there is none
     * @param after the reference after it, for a B picture
     */
    void decode(MpegPictureReader picture, byte[][] target, byte[][] before, byte[][] after) {
        planes = target;
        type = picture.codingType();
        sliceErrors = 0;
        Arrays.fill(covered, false);
        motion.start(target, before, after);
        precision = 0;
        uneven = false;
        coefficients.start(!sequence.mpeg2(), false, false);
        for (int i = 0; i < picture.segments(); i++) {
            int start = picture.segmentStart(i);
            int end = picture.segmentStart(i + 1);
            int code = picture.data()[start + 3] & 0xff;
            if (code == 0) {
                header(new BitCursor(picture.data(), start + 4, end));
            } else if (code == MARKED) {
                extension(new BitCursor(picture.data(), start + 4, end));
            } else if (code <= LAST_SLICE) {
                bits.take(picture.data(), start + 4, end);
                sliceErrors += slice(code - 1) ? 0 : 1;
            }
        }
        conceal(before);
    }

    /** Slices of the last picture that could not be decoded to their end. */
    int sliceErrors() {
        return sliceErrors;
    }

    /** Macroblocks of the last picture that no slice covered. */
    int missingMacroblocks() {
        return missingMacroblocks;
    }

    private void header(BitCursor fields) {
        fields.skip(10 + 3 + 16);
        for (int direction = 0; direction < type - 1; direction++) {
            boolean whole = fields.flag();
            int range = fields.read(3);
            motion.range(direction, range, range, whole && !sequence.mpeg2());
        }
    }

    private void extension(BitCursor fields) {
        int kind = fields.read(4);
        if (kind == MATRICES) {
            sliceErrors += matrices.extend(fields) ? 0 : 1;
        } else if (kind == CODING) {
            for (int direction = 0; direction < 2; direction++) {
                motion.range(direction, fields.read(4), fields.read(4), false);
            }
            precision = fields.read(2);
            fields.skip(2 + 1 + 1 + 1);
            uneven = fields.flag();
            boolean intraFormat = fields.flag();
            coefficients.start(false, intraFormat, fields.flag());
        }
    }

    private boolean slice(int row) {
        if (row >= rows) {
            return false;
        }
        for (int direction = 0; direction < type - 1; direction++) {
            if (!motion.valid(direction)) {
                return false;
            }
        }
        if (!readQuantiser()) {
            return false;
        }
        while (bits.flag() && !bits.overrun()) {
            bits.position += 8;
        }
        resetFirst();
        motion.reset();
        lastKind = MpegCodes.INTRA;
        sliceRow = row;
        macroblock = row * columns - 1;
        boolean begins = true;
        do {
            if (!advance(begins) || !macroblock() || bits.overrun()) {
                return false;
            }
            begins = false;
        } while (bits.peek(START_CODE_ZEROS) != 0);
        return true;
    }

    private boolean readQuantiser() {
        int code = bits.read(5);
        quantiser = uneven ? UNEVEN_SCALES[code] : 2 * code;
        return code > 0;
    }

    /** Goes on to the next macroblock with bits; those before it are skipped, but not at a slice's beginning. */
    private boolean advance(boolean begins) {
        int increment = 0;
        int value = MpegCodes.MANY;
        while (value >= MpegCodes.STUFFING) {
            int entry = MpegCodes.INCREMENTS[bits.peek(MpegCodes.INCREMENT_BITS)];
            bits.position += entry & 31;
            value = entry >> 5;
            if (entry == 0 || bits.overrun() || (value == MpegCodes.STUFFING && sequence.mpeg2())) {
                return false;
            }
            increment += value == MpegCodes.MANY ? 33 : 0;
        }
        increment += value + 1;
        if (macroblock + increment >= columns * rows) {
            return false;
        }
        if (increment > 1 && !begins && !skip(increment - 1)) {
            return false;
        }
        macroblock += begins || increment == 1 ? increment : 1;
        return true;
    }

    private boolean skip(int count) {
        if (type == 1 || (type == B_PICTURE && (lastKind & MpegCodes.INTRA) != 0)) {
            return false;
        }
        resetFirst();
        if (type != B_PICTURE) {
            motion.reset();
            lastKind = MpegCodes.FORWARD;
        }
        for (int i = 0; i < count; i++) {
            macroblock++;
            if (!cover()) {
                return false;
            }
            predict(lastKind);
        }
        return true;
    }

    /** Slices do not overlap, and in MPEG-2 end with their row; false if this one does otherwise. */
    private boolean cover() {
        boolean good = !covered[macroblock] && (!sequence.mpeg2() || macroblock / columns == sliceRow);
        covered[macroblock] = true;
        return good;
    }

    private boolean macroblock() {
        int entry = MpegCodes.KINDS[type - 1][bits.peek(MpegCodes.KIND_BITS)];
        bits.position += entry & 31;
        int kind = entry >> 5;
        if (entry == 0 || ((kind & MpegCodes.QUANTISER) != 0 && !readQuantiser())) {
            return false;
        }
        lastKind = kind;
        if (!cover()) {
            return false;
        }
        if ((kind & MpegCodes.INTRA) != 0) {
            motion.reset();
            return intra();
        }
        resetFirst();
        if (type != B_PICTURE && (kind & MpegCodes.FORWARD) == 0) {
            motion.reset();
            lastKind = kind | MpegCodes.FORWARD;
        }
        if (((kind & MpegCodes.FORWARD) != 0 && !motion.read(0))
                || ((kind & MpegCodes.BACKWARD) != 0 && !motion.read(1))) {
            return false;
        }
        predict(lastKind);
        return (kind & MpegCodes.PATTERN) == 0 || differences();
    }

    private void predict(int kind) {
        int column = macroblock % columns;
        int row = macroblock / columns;
        boolean forward = (kind & MpegCodes.FORWARD) != 0;
        if (forward) {
            motion.predict(0, column, row, false);
        }
        if ((kind & MpegCodes.BACKWARD) != 0) {
            motion.predict(1, column, row, forward);
        }
    }

    private void resetFirst() {
        Arrays.fill(first, 1 << (7 + precision));
    }

    private boolean intra() {
        for (int i = 0; i < blocks; i++) {
            int component = component(i);
            int[] sizes = component == 0 ? MpegCodes.LUMA_SIZES : MpegCodes.CHROMA_SIZES;
            int entry = sizes[bits.peek(MpegCodes.SIZE_BITS)];
            int size = entry >> 5;
            bits.position += entry & 31;
            if (entry == 0) {
                return false;
            }
            if (size > 0) {
                int value = bits.read(size);
                first[component] += value >> (size - 1) != 0 ? value : value - (1 << size) + 1;
            }
            block[0] = first[component] << (3 - precision);
            int[] matrix = component == 0 ? matrices.intra : matrices.chromaIntra;
            if (!coefficients.readIntra(block, quantiser, matrix)) {
                Arrays.fill(block, 0);
                return false;
            }
            InverseDct.transform(block);
            BlockWriter.put(block, planes[component], place(i), component == 0 ? stride : stride / 2);
        }
        return true;
    }

    private boolean differences() {
        int entry = MpegCodes.PATTERNS[bits.peek(MpegCodes.PATTERN_BITS)];
        bits.position += entry & 31;
        int pattern = (entry >> 5) << 2;
        if (blocks > 6) {
            pattern |= bits.read(2);
        }
        // Only other chroma formats have a use for the code that says that none of six blocks is coded.
        if (entry == 0 || (blocks == 6 && pattern == 0)) {
            return false;
        }
        for (int i = 0; i < blocks; i++) {
            if ((pattern << i & 128) == 0) {
                continue;
            }
            int component = component(i);
            int[] matrix = component == 0 ? matrices.predicted : matrices.chromaPredicted;
            if (!coefficients.readPredicted(block, quantiser, matrix)) {
                Arrays.fill(block, 0);
                return false;
            }
            InverseDct.transform(block);
            BlockWriter.add(block, planes[component], place(i), component == 0 ? stride : stride / 2);
        }
        return true;
    }

    private static int component(int index) {
        return index < 4 ? 0 : 1 + (index & 1);
    }

    private int place(int index) {
        int column = macroblock % columns;
        int row = macroblock / columns;
        if (index < 4) {
            return (row * 16 + (index >> 1) * 8) * stride + column * 16 + (index & 1) * 8;
        }
        int top = blocks > 6 ? row * 16 + (index > 5 ? 8 : 0) : row * 8;
        return top * (stride / 2) + column * 8;
    }

    private void conceal(byte[][] before) {
        missingMacroblocks = 0;
        for (int i = 0; i < covered.length; i++) {
            if (covered[i]) {
                continue;
            }
            missingMacroblocks++;
            for (int plane = 0; plane < 3; plane++) {
                int width = plane == 0 ? 16 : 8;
                int height = plane > 0 && blocks == 6 ? 8 : 16;
                int across = plane == 0 ? stride : stride / 2;
                int from = i / columns * height * across + i % columns * width;
                for (int y = 0; y < height; y++, from += across) {
                    if (before.length == 0) {
                        Arrays.fill(planes[plane], from, from + width, (byte) GREY);
                    } else {
                        System.arraycopy(before[plane], from, planes[plane], from, width);
                    }
                }
            }
        }
    }
}
