package ttrnn.dataset;

/** Clips or a store that cannot be used; the message is one line: what, where, and what to do about it. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to change something. */
    public enum Kind {
        /** What was asked for does not exist or does not fit: a path, an option, a name. */
        USAGE,
        /** The files themselves are not as they must be. */
        DATA,
        /** There is too little disk. */
        RESOURCES
    }

    private final Kind kind;

    DatasetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    DatasetException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of fault it is. */
    public Kind kind() {
        return kind;
    }

    static DatasetException usage(String message) {
        return new DatasetException(Kind.USAGE, message);
    }

    static DatasetException data(String message) {
        return new DatasetException(Kind.DATA, message);
    }

    static DatasetException data(String message, Throwable cause) {
        return new DatasetException(Kind.DATA, message, cause);
    }
}
