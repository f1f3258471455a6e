package ttrnn.train;

import java.util.function.Supplier;

/** Keeps a training safe. Called between steps, never by two threads at once. */
interface Keeper {
    /** Why the state is offered. */
    enum Occasion {
        /** The training is about to begin. */
        BEGIN,
        /** A step was made; to keep each would be too much. */
        STEP,
        /** An epoch has ended. */
        EPOCH,
        /** The training is about to end before its time. */
        STOP
    }

    /** Offers the state of the training, which is only made if it is asked for. */
    void offer(Occasion occasion, Supplier<Checkpoint> state);
}
