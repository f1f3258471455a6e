package ttrnn.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;

/** How the gradients of a step come together; the setting {@code spark.ttrnn.exchange}. */
enum Exchange {
    /**
     * Each clip's gradients, cut into as many slices as there are tasks, are sent to the task that adds their slice, clip by
     * clip in the order of the batch: the bits of one machine, however many executors there are.
     */
    ORDERED,
    /**
     * Each task adds the gradients of its clips, a tree of tasks adds these sums: the least traffic, and float sums in another
     * order, which may be another one each time.
     */
    TREE,
    /** Each task adds the gradients of its clips and sends the sum to all others through the driver. To compare with. */
    GATHER;

    private static final String SETTING = "spark.ttrnn.exchange";

    static Exchange of(SparkConf conf) {
        return named(conf.get(SETTING, ORDERED.toString()));
    }

    static Exchange named(String name) {
        for (Exchange exchange : values()) {
            if (exchange.toString().equals(name)) {
                return exchange;
            }
        }
        throw new IllegalArgumentException(SETTING + ": must be ordered, tree or gather, not \"" + name + "\"");
    }

    /** For example {@code ordered}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
