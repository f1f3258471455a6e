package ttrnn.benchmarks;

import java.util.Arrays;
import java.util.List;

/** The benchmarks' command line. */
public final class Main {
    private static final String USAGE = """
            java -jar benchmarks/target/benchmarks.jar jmh [PATTERN] [--quick]   times by JMH, vector and scalar side by side
            java … -cp … ttrnn.benchmarks.Main step [OPTION=VALUE …]             one training step, many times
            java … -cp … ttrnn.benchmarks.Main product [--shape=S …]             TT products by processor time
            java -jar benchmarks/target/benchmarks.jar peer --python=P --script=S [--rounds=N] [--preload=LIB …]
            java -jar benchmarks/target/benchmarks.jar growth [--out=FOLDER]     cost against clips and frames
            Run from the project's folder; see benchmarks/README.md.""";

    private Main() {}

    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "jmh" : args[0];
        List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        switch (command) {
            case "jmh" -> Timings.main(rest);
            case "step" -> StepTimer.main(new Options(rest));
            case "product" -> ProductTimer.main(new Options(rest));
            case "peer" -> Peer.main(new Options(rest));
            case "growth" -> Growth.main(new Options(rest));
            default -> {
                System.err.println(USAGE);
                System.exit(command.equals("--help") ? 0 : 2);
            }
        }
    }
}
