package ttrnn.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts the same command line once more in a JVM that has the Vector API: an incubator module, which neither a jar's
 * manifest nor a running JVM can add. Costs some 0.3 to 0.7 s; the library never does it.
 *
 * <p>The first JVM then only waits: it passes signals on and ends with the child's exit code. The child ends when its
 * parent has died.
 *
 * @param flags the JVM flags of this process, which the child gets too
 * @param loaded whether this JVM has the module
 * @param available whether this Java installation has it
 * @param isChild whether this JVM was relaunched already
 */
record Relaunch(List<String> flags, boolean loaded, boolean available, boolean isChild) {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String PARENT = "ttrnn.relaunchedBy";
    /** The JVM takes a quarter of the memory by itself, which is for programs that are not alone. */
    private static final String HEAP = "-XX:MaxRAMPercentage=60";

    Relaunch {
        flags = List.copyOf(flags);
    }

    static Relaunch ofThisProcess() {
        return new Relaunch(
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                ModuleLayer.boot().findModule(MODULE).isPresent(),
                ModuleFinder.ofSystem().find(MODULE).isPresent(),
                System.getProperty(PARENT) != null);
    }

    /** Why this process stays as it is, empty if it should be relaunched. */
    Optional<String> obstacle(boolean switchedOff) {
        if (loaded) {
            return Optional.of("the module " + MODULE + " is there already");
        }
        if (switchedOff) {
            return Optional.of("--no-relaunch");
        }
        if (isChild) {
            return Optional.of("this is the relaunched process");
        }
        if (!available) {
            return Optional.of("this Java has no module " + MODULE);
        }
        // A debugger is attached to this process; a port for it, or for a console, can only be had once.
        return flags.stream()
                .filter(flag -> flag.contains("jdwp") || flag.startsWith("-Dcom.sun.management.jmxremote.port"))
                .map(flag -> flag + " belongs to this process")
                .findFirst();
    }

    /** The command of the child. */
    List<String> command(String mainClass, long parent, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(flags);
        command.add("--add-modules=" + MODULE);
        if (flags.stream().noneMatch(Relaunch::sizesTheHeap)) {
            command.add(HEAP);
        }
        command.add("-D" + PARENT + "=" + parent);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Runs the child and returns what to exit with. */
    int run(Class<?> mainClass, List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        command(mainClass.getName(), ProcessHandle.current().pid(), arguments))
                .inheritIO();
        // The flags in these are among those passed on; given twice, a profiler would start twice.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process child = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWith(child), "pass the end on to the child"));
        // Ctrl-C on a terminal reaches the child by itself, kill -INT does not; the child takes both for one.
        AtomicInteger signal = new AtomicInteger();
        for (ExitCode code : List.of(ExitCode.INTERRUPTED, ExitCode.TERMINATED)) {
            Signals.handle(code == ExitCode.INTERRUPTED ? "INT" : "TERM", () -> {
                signal.compareAndSet(0, code.number());
                child.destroy();
            });
        }
        int exit = child.waitFor();
        return exit == ExitCode.TERMINATED.number() && signal.get() != 0 ? signal.get() : exit;
    }

    /** In a relaunched process: asks it to end when the process that relaunched it is gone. */
    static void watchParent(Runnable end) {
        String parent = System.getProperty(PARENT);
        if (parent == null) {
            return;
        }
        Thread watcher = new Thread(
                () -> {
                    ProcessHandle.current()
                            .parent()
                            .filter(handle -> Long.toString(handle.pid()).equals(parent))
                            .ifPresent(handle -> handle.onExit().join());
                    end.run();
                },
                "watch the parent process");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void endWith(Process child) {
        child.destroy();
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean sizesTheHeap(String flag) {
        return flag.startsWith("-Xmx") || flag.startsWith("-XX:MaxRAM") || flag.startsWith("-XX:MaxHeapSize");
    }

    private static Path java() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return Files.exists(windows) ? windows : bin.resolve("java");
    }
}
