package ttrnn.spark;

import java.util.UUID;

/** Names by which executors tell one job from another. */
final class JobName {
    private JobName() {}

    static String fresh() {
        return UUID.randomUUID().toString();
    }
}
