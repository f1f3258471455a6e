package ttrnn.spark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts what tasks sent to each other and to the driver; what passes a barrier is not in Spark's figures. */
final class Traffic extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
            bytes.addAndGet(end.taskMetrics().resultSize()
                    + end.taskMetrics().shuffleWriteMetrics().bytesWritten());
        }
    }

    void reset(JavaSparkContext spark) {
        bytes(spark);
        bytes.set(0);
    }

    /** All so far; events come some time after what they tell. */
    long bytes(JavaSparkContext spark) {
        try {
            spark.sc().listenerBus().waitUntilEmpty();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("Spark does not tell of its tasks", e);
        }
        return bytes.get();
    }
}
