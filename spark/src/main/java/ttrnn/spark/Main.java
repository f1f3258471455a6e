package ttrnn.spark;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What spark-submit starts: a command of ttrnn, whose work the executors do. */
public final class Main {
    private static final String VECTOR = "--add-modules jdk.incubator.vector";
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    private Main() {}

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        String[] arguments = Locations.toPaths(args);
        int code;
        try (JavaSparkContext spark = new JavaSparkContext(configured(new SparkConf()))) {
            code = run(spark, arguments);
        }
        System.exit(code);
    }

    private static int run(JavaSparkContext spark, String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        return switch (command) {
            case "copy" -> Tool.run(() -> CopyCommand.run(spark, rest));
            case "measure" -> Tool.run(() -> MeasureCommand.run(spark, rest));
            case "scale" -> Tool.run(() -> ScaleCommand.run(rest));
            default -> ttrnn.cli.Main.runOn(new SparkBackend(spark), args);
        };
    }

    /** Settings that this application wants, unless others were given. */
    static SparkConf configured(SparkConf conf) {
        String options = conf.get(EXECUTOR_OPTIONS, "");
        if (!options.contains("jdk.incubator.vector")) {
            conf.set(EXECUTOR_OPTIONS, (VECTOR + " " + options).strip());
        }
        Map<String, String> wishes = Map.of(
                "spark.app.name", "ttrnn",
                // Floats of gradients do not become smaller, and any executor is as near as another.
                "spark.shuffle.compress", "false",
                "spark.broadcast.compress", "false",
                "spark.locality.wait", "0s",
                "spark.log.level", "WARN");
        wishes.forEach(conf::setIfMissing);
        return conf;
    }
}
