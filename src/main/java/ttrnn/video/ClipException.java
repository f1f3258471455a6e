package ttrnn.video;

import java.io.IOException;

/** A clip that cannot be decoded, or not further; the message is one line: what is wrong, and what to do about it. */
public class ClipException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, in one line. */
    public ClipException(String message) {
        super(message);
    }

    /** What is wrong, in one line, and where it comes from. */
    public ClipException(String message, Throwable cause) {
        super(message, cause);
    }
}
