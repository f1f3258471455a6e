package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What this application says of settings and of failures. */
class MessagesTest {
    private static SparkConf conf() {
        return new SparkConf(false);
    }

    @Test
    void executorsOfSeveralKindsAreRefusedUnlessAllowed() {
        Set<String> kinds = Set.of("vector-512", "scalar");
        assertThatCode(() -> KernelWatch.of(conf()).check(Set.of("scalar"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> KernelWatch.of(conf()).check(kinds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("kernels: the executors compute with scalar and vector-512; give them one kind")
                .hasMessageEndingWith("--conf spark.ttrnn.mixedKernels=true");
        SparkConf mixed = conf().set("spark.ttrnn.mixedKernels", "true");
        assertThatCode(() -> KernelWatch.of(mixed).check(kinds)).doesNotThrowAnyException();
    }

    @Test
    void anExchangeThatThereIsNotIsNamed() {
        assertThat(Exchange.of(conf())).isEqualTo(Exchange.ORDERED);
        assertThat(Exchange.of(conf().set("spark.ttrnn.exchange", "tree"))).isEqualTo(Exchange.TREE);
        assertThatThrownBy(() -> Exchange.of(conf().set("spark.ttrnn.exchange", "ring")))
                .hasMessage("spark.ttrnn.exchange: must be ordered, tree or gather, not \"ring\"");
    }

    @Test
    void executorsGetTheVectorModuleBesideWhatWasAskedFor() {
        String name = "spark.executor.extraJavaOptions";
        assertThat(Main.configured(conf()).get(name)).isEqualTo("--add-modules jdk.incubator.vector");
        assertThat(Main.configured(conf().set(name, "-Xss2m")).get(name))
                .isEqualTo("--add-modules jdk.incubator.vector -Xss2m");
        String given = "--add-modules java.sql,jdk.incubator.vector";
        assertThat(Main.configured(conf().set(name, given)).get(name)).isEqualTo(given);
        assertThat(Main.configured(conf().set("spark.locality.wait", "2s")).get("spark.locality.wait"))
                .isEqualTo("2s");
    }

    @Test
    void placesThatAreNoFoldersAreRefused() {
        assertThat(Locations.toPaths(new String[] {"train", "file:///data/store", "a:b"}))
                .containsExactly("train", "/data/store", "a:b");
        assertThat(Locations.toPaths(new String[] {"copy", "file:///data/store"}))
                .containsExactly("copy", "file:///data/store");
        assertThatCode(() -> Locations.refuseRemote("/mnt/store")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Locations.refuseRemote("hdfs:/name/store"))
                .hasMessageStartingWith("hdfs:/name/store: frames are read from a folder that all machines see");
    }

    @Test
    void whatAnExecutorSaidComesOutOfSparksText() {
        String text =
                "Job aborted due to stage failure: Task 3 in stage 0.0 failed 4 times, most recent failure: Lost task\n"
                        + "java.lang.RuntimeException: x\nCaused by: ttrnn.dataset.DatasetException: no such store: /mnt/s\n\tat y";
        assertThatThrownBy(() -> Failures.told(() -> {
                    throw sneaky(new SparkException(text));
                }))
                .hasRootCauseInstanceOf(SparkException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("Spark gave the job up: no such store: /mnt/s");
        assertThat(Failures.line("Job 0 cancelled\nlater")).isEqualTo("Job 0 cancelled");
        assertThat(Failures.line("Job aborted\njava.lang.OutOfMemoryError: Java heap space\n\tat z"))
                .isEqualTo("Job aborted: java.lang.OutOfMemoryError: Java heap space");
        assertThatThrownBy(() -> Failures.told(() -> {
                    throw new IllegalArgumentException("ours");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ours");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
        throw (E) e;
    }
}
