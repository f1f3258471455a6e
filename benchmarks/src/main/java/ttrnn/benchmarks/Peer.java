package ttrnn.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The PyTorch yardstick and ours in turn, A B A B, each in a process of its own; prints medians of the rounds and their ratio.
 *
 * <p>Options: {@code --python=P} the interpreter, {@code --script=S} the yardstick, {@code --mode=merged_u8}, {@code --preload=LIB}
 * (again for more) for libraries such as jemalloc, {@code --frames=200}, {@code --clips=16}, {@code --threads=2}, {@code --rounds=5},
 * {@code --java=JAVA}, {@code --vector=false} to leave the Vector module out.
 */
final class Peer {
    private static final Pattern MEDIAN = Pattern.compile("\"median_s\": ?([0-9.]+)");
    private static final Pattern MEMORY = Pattern.compile("\"peak_rss_MB\": ?([0-9]+)");

    private Peer() {}

    static void main(Options options) throws Exception {
        List<String> theirs = peer(options);
        List<String> ours = ours(options);
        int rounds = options.whole("rounds", 5);
        double[] peerSeconds = new double[rounds];
        double[] ourSeconds = new double[rounds];
        long peerMemory = 0;
        long ourMemory = 0;
        for (int round = 0; round < rounds; round++) {
            String answer = run(theirs, options.all("preload"));
            peerSeconds[round] = number(MEDIAN, answer);
            peerMemory = Math.max(peerMemory, (long) number(MEMORY, answer));
            answer = run(ours, List.of());
            ourSeconds[round] = number(MEDIAN, answer);
            ourMemory = Math.max(ourMemory, (long) number(MEMORY, answer));
            System.out.printf(
                    Locale.ROOT, "round %d: peer %.3f s, ours %.3f s%n", round + 1, peerSeconds[round], ourSeconds[round]);
        }
        double[] ratios = IntStream.range(0, rounds)
                .mapToDouble(i -> peerSeconds[i] / ourSeconds[i])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "medians: peer %.3f s (%d MB), ours %.3f s (%d MB); ratio %.2f%n",
                median(peerSeconds),
                peerMemory,
                median(ourSeconds),
                ourMemory,
                median(ratios));
    }

    private static List<String> peer(Options options) {
        String python = options.text("python", "python3");
        String script = options.text("script", "");
        if (script.isEmpty()) {
            throw new IllegalArgumentException("--script=FILE: where the yardstick in Python is");
        }
        List<String> command = new ArrayList<>(List.of(python, script));
        command.addAll(List.of("--mode", options.text("mode", "merged_u8"), "--cell", "manual"));
        command.addAll(List.of("--chunk", options.text("chunk", "32")));
        command.addAll(sizes(options, "--", " "));
        return command;
    }

    private static List<String> sizes(Options options, String prefix, String between) {
        List<String> sizes = new ArrayList<>();
        Map<String, String> defaults = Map.of("clips", "16", "frames", "200", "threads", "2", "steps", "7");
        for (String name : List.of("clips", "frames", "threads", "steps")) {
            String value = options.text(name, defaults.get(name));
            sizes.addAll(Arrays.asList((prefix + name + between + value).split(" ")));
        }
        return sizes;
    }

    private static List<String> ours(Options options) throws Exception {
        String jar = Path.of(Peer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(options.text("java", java), "-Xmx" + options.text("heap", "1g")));
        if (!options.text("vector", "true").equals("false")) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        // Frames lie in the heap here, not in a mapped store: 16 clips of 200 frames are 184 MB.
        command.addAll(List.of("-cp", jar, Main.class.getName(), "step"));
        command.addAll(sizes(options, "--", "="));
        command.add("--model=" + options.text("model", "tt-gru"));
        return command;
    }

    private static String run(List<String> command, List<String> preload) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        if (!preload.isEmpty()) {
            environment.put("LD_PRELOAD", String.join(":", preload));
            environment.put(
                    "MALLOC_CONF",
                    "oversize_threshold:0,background_thread:false,metadata_thp:auto,dirty_decay_ms:-1,"
                            + "muzzy_decay_ms:-1,thp:always");
            environment.put("OMP_WAIT_POLICY", "active");
            environment.put("GOMP_SPINCOUNT", "10000000000");
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with code " + code);
        }
        return output;
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
