package ttrnn.spark;

import java.util.Locale;
import ttrnn.tensor.Rng;

/** {@code scale}: what a training would take on 4 to 256 executors, by the cost model. */
final class ScaleCommand {
    private static final int MOST = 256;
    private static final double SECONDS_AN_HOUR = 3600;

    private ScaleCommand() {}

    static String run(String[] args) {
        CostModel model = new CostModel(
                Tool.number(args, "--millis-per-frame", 1),
                Tool.number(args, "--job-millis", 60),
                Tool.number(args, "--task-millis", 1),
                Tool.number(args, "--gigabits", 10) * 1e6 / 8,
                Tool.number(args, "--pack-millis-per-megabyte", 2),
                (int) Tool.number(args, "--weights", 200_000));
        double clips = Tool.number(args, "--clips", 1e6);
        double frames = Tool.number(args, "--frames", 200);
        double spread = Tool.number(args, "--spread", 0.5);
        int perExecutor = (int) Tool.number(args, "--clips-per-executor", 16);
        int fixed = (int) Tool.number(args, "--batch", 0);
        StringBuilder table = new StringBuilder("""
                | executors | batch | exchange | compute ms | exchange ms | MB a step | computing | hours an epoch |
                |---|---|---|---|---|---|---|---|
                """);
        for (int executors = 4; executors <= MOST; executors *= 4) {
            int batch = fixed > 0 ? fixed : perExecutor * executors;
            for (Exchange exchange : Exchange.values()) {
                CostModel.Step step = model.step(exchange, executors, batch, frames, spread, new Rng(1));
                table.append(String.format(
                        Locale.ROOT,
                        "| %d | %d | %s | %.0f | %.0f | %.0f | %.0f %% | %.2f |%n",
                        executors,
                        batch,
                        exchange,
                        step.compute(),
                        step.exchange(),
                        step.bytes() / 1e6,
                        100 * step.efficiency(),
                        clips / batch * step.millis() / 1000 / SECONDS_AN_HOUR));
            }
        }
        return table.toString();
    }
}
