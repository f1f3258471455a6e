package ttrnn.spark;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkConf;

/**
 * Refuses executors of which some have the Vector API and some not: the bits would be the same, but all would wait for the
 * slow ones at each step, and nobody would know why.
 */
final class KernelWatch {
    private static final String SETTING = "spark.ttrnn.mixedKernels";

    private final boolean mixed;

    private KernelWatch(boolean mixed) {
        this.mixed = mixed;
    }

    static KernelWatch of(SparkConf conf) {
        return new KernelWatch(conf.getBoolean(SETTING, false));
    }

    /** Looks at the kernels of the executors of a step. */
    void check(Set<String> kernels) {
        if (kernels.size() > 1 && !mixed) {
            throw new IllegalArgumentException(
                    "kernels: the executors compute with " + String.join(" and ", new TreeSet<>(kernels))
                            + "; give them one kind of machine and Java, with --add-modules jdk.incubator.vector, or allow it by"
                            + " --conf " + SETTING + "=true");
        }
    }
}
