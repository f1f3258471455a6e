package ttrnn.benchmarks;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import ttrnn.kernel.Parallel;

/** Runs the JMH benchmarks with vector kernels, then with scalar ones, and prints both beside the peak, as a table in Markdown. */
final class Timings {
    private static final List<String> KERNELS = List.of("vector", "scalar");

    private Timings() {}

    static void main(List<String> args) throws Exception {
        boolean quick = args.contains("--quick");
        String pattern = args.stream().filter(arg -> !arg.startsWith("--")).findFirst().orElse(".*");
        Map<String, Map<String, RunResult>> table = new LinkedHashMap<>();
        for (String kernels : KERNELS) {
            for (RunResult result : new Runner(options(pattern, kernels, quick).build()).run()) {
                table.computeIfAbsent(name(result), name -> new LinkedHashMap<>()).put(kernels, result);
            }
        }
        print(table);
    }

    private static ChainedOptionsBuilder options(String pattern, String kernels, boolean quick) {
        return new OptionsBuilder()
                .include(pattern)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.seconds(2))
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xmx4g", "--add-modules", "jdk.incubator.vector", "-Dttrnn.kernels=" + kernels);
    }

    private static void print(Map<String, Map<String, RunResult>> table) throws ReflectiveOperationException {
        double one = Peak.gigaflops(1);
        double all = Peak.gigaflops(Parallel.threads());
        System.out.printf(
                Locale.ROOT,
                "%nJava %s, %d threads; peak measured: %.0f GFLOP/s on one thread, %.0f on all%n%n",
                Runtime.version(),
                Parallel.threads(),
                one,
                all);
        System.out.println("| benchmark | vector | GFLOP/s | of the peak | scalar | GFLOP/s | scalar / vector |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Map.Entry<String, Map<String, RunResult>> row : table.entrySet()) {
            List<String> cells = new ArrayList<>(List.of(row.getKey()));
            RunResult vector = row.getValue().get("vector");
            RunResult scalar = row.getValue().get("scalar");
            double peak = oneThread(row.getKey()) ? one : all;
            cells.add(time(vector));
            cells.add(number(gigaflops(vector)));
            cells.add(gigaflops(vector) == 0 ? "" : number(100 * gigaflops(vector) / peak) + " %");
            cells.add(time(scalar));
            cells.add(number(gigaflops(scalar)));
            cells.add(number(score(scalar) / score(vector)));
            System.out.println("| " + String.join(" | ", cells) + " |");
        }
    }

    /** The kernel itself and its Java peers run on the caller's thread. */
    private static boolean oneThread(String name) {
        return name.startsWith("GemmBenchmark.") && !name.startsWith("GemmBenchmark.operation");
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static String time(RunResult result) {
        Result<?> score = result.getPrimaryResult();
        double error = score.getScoreError();
        String unit = score.getScoreUnit().replace("/op", "");
        return number(score.getScore()) + (Double.isNaN(error) ? "" : " ± " + number(error)) + " " + unit;
    }

    private static String number(double value) {
        if (value == 0) {
            return "";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static double gigaflops(RunResult result) throws ReflectiveOperationException {
        BenchmarkParams params = result.getParams();
        String name = params.getBenchmark();
        int dot = name.lastIndexOf('.');
        Object benchmark = Class.forName(name.substring(0, dot))
                .getDeclaredConstructor()
                .newInstance();
        if (!(benchmark instanceof Credited credited)) {
            return 0;
        }
        for (String key : params.getParamsKeys()) {
            Field field = benchmark.getClass().getField(key);
            String value = params.getParam(key);
            field.set(benchmark, field.getType() == int.class ? (Object) Integer.valueOf(value) : value);
        }
        double seconds = score(result) / params.getTimeUnit().convert(1, java.util.concurrent.TimeUnit.SECONDS);
        return 2.0 * credited.multiplyAdds(name.substring(dot + 1)) / seconds / 1e9;
    }

    /** For example {@code TtProductBenchmark.forward ucf11}. */
    private static String name(RunResult result) {
        BenchmarkParams params = result.getParams();
        String name = params.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        Collection<String> keys = params.getParamsKeys();
        for (String key : keys) {
            name += " " + params.getParam(key);
        }
        return name;
    }
}
