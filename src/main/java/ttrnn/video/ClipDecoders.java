package ttrnn.video;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Opens clips as {@link FrameSources} does, and keeps the processes that decode H.264 for one clip after another: a JVM
 * takes half a second to start and some clips to become fast. Thread-safe; there are as many processes as clips were
 * open at once. Closing it ends them.
 */
public final class ClipDecoders implements Closeable {
    private final DecodeLimits limits;
    private final Deque<DecoderProcess> idle = new ArrayDeque<>();
    private boolean closed;

    /** Decoders with the usual limits. */
    public ClipDecoders() {
        this(DecodeLimits.defaults());
    }

    /** Decoders that give up beyond these limits. */
    public ClipDecoders(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * Opens a clip and reads its headers; the caller closes the source.
     *
     * @throws ClipException as {@link FrameSources#open(Path, DecodeLimits)}
     */
    public FrameSource open(Path clip) throws ClipException {
        return FrameSources.open(clip, limits, this);
    }

    /** The frames of a clip that is not to be decoded in this process. */
    FrameSource openElsewhere(Path clip) throws ClipException {
        DecoderProcess process = take();
        boolean opened = false;
        try {
            FrameSource source = new ProcessFrameSource(clip, limits, process, this);
            opened = true;
            return source;
        } finally {
            if (!opened) {
                giveBack(process);
            }
        }
    }

    private DecoderProcess take() throws ClipException {
        synchronized (this) {
            while (!idle.isEmpty()) {
                DecoderProcess process = idle.pop();
                if (process.alive()) {
                    return process;
                }
            }
        }
        return DecoderProcess.start();
    }

    /** Takes back a process that answered all it was asked, or that is dead. */
    void giveBack(DecoderProcess process) {
        synchronized (this) {
            if (!closed && process.alive()) {
                idle.push(process);
                return;
            }
        }
        process.close();
    }

    @Override
    public void close() {
        Deque<DecoderProcess> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayDeque<>(idle);
            idle.clear();
        }
        ending.forEach(DecoderProcess::close);
    }
}
