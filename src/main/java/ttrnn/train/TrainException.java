package ttrnn.train;

/** A training that cannot go on; the message is one line. */
public class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A training that cannot go on. */
    public TrainException(String message) {
        super(message);
    }

    /** A training that was asked to stop, and has saved its state. */
    public static final class Stopped extends TrainException {
        private static final long serialVersionUID = 1L;

        Stopped(String message) {
            super(message);
        }
    }
}
