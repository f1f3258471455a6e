package ttrnn.video;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Frames of a clip that is decoded in this process, as long as its time lasts: looked at after each frame. */
record LimitedFrameSource(FrameSource source, DecodeLimits limits, long[] spentNanos) implements FrameSource {
    LimitedFrameSource(FrameSource source, DecodeLimits limits) {
        this(source, limits, new long[1]);
    }

    @Override
    public ClipFormat format() {
        return source.format();
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        long start = System.nanoTime();
        Picture picture = source.next();
        spentNanos[0] += System.nanoTime() - start;
        if (TimeUnit.NANOSECONDS.toMillis(spentNanos[0]) > limits.clipMillis()) {
            throw limits.late(limits.clipMillis());
        }
        return picture;
    }

    @Override
    public DecodeReport report() {
        return source.report();
    }

    @Override
    public long ticks() {
        return source.ticks();
    }

    @Override
    public double ticksPerSecond() {
        return source.ticksPerSecond();
    }

    @Override
    public void close() {
        source.close();
    }
}
