package ttrnn.spark;

import org.apache.spark.api.java.JavaSparkContext;

/** Into how many tasks work is cut. */
final class Tasks {
    private Tasks() {}

    /** As many as can run at once, so many at most; the setting {@code spark.ttrnn.tasks} overrides it. */
    static int atOnce(JavaSparkContext spark, int most) {
        int wanted = spark.getConf().getInt("spark.ttrnn.tasks", 0);
        int cores = Math.max(1, spark.getConf().getInt("spark.task.cpus", 1));
        int tasks = wanted > 0 ? wanted : spark.sc().defaultParallelism() / cores;
        return Math.max(1, Math.min(tasks, most));
    }

    /** Several for each core, so that a slow one holds up less. */
    static int ofSmallPieces(JavaSparkContext spark) {
        return 4 * atOnce(spark, Integer.MAX_VALUE / 4);
    }
}
