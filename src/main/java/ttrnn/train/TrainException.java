package ttrnn.train;

/** A training that cannot go on; the message is one line. */
public final class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainException(String message) {
        super(message);
    }
}
