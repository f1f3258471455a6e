package ttrnn.io;

/** The element types of npy files that are read: what training needs, nothing that could run code. */
public enum NpyType {
    /** Bytes from 0 to 255. */
    UINT8("|u1", 1),
    /** Whole numbers, little-endian. */
    INT32("<i4", 4),
    /** Single precision, little-endian. */
    FLOAT32("<f4", 4),
    /** Double precision, little-endian. */
    FLOAT64("<f8", 8);

    private final String description;
    private final int bytes;

    NpyType(String description, int bytes) {
        this.description = description;
        this.bytes = bytes;
    }

    /** The {@code descr} of the header, for example {@code <f4}. */
    public String description() {
        return description;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
