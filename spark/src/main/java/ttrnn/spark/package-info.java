/**
 * The commands of ttrnn on Apache Spark: {@link ttrnn.spark.Main} gives their work to executors, which do it with the library's
 * own classes. Uses ttrnn's cli, train, dataset, video, kernel; the one place that imports Spark and Hadoop.
 */
@NullMarked
package ttrnn.spark;

import org.jspecify.annotations.NullMarked;
