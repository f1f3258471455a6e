package ttrnn.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one of the standard streams is connected to.
 *
 * @param interactive someone sees it at once, and a line can be drawn again
 * @param colour colours are wanted there
 */
record Terminal(boolean interactive, boolean colour) {
    static final Terminal NONE = new Terminal(false, false);

    /** Of standard output (1) or standard error (2). */
    static Terminal of(int descriptor, Map<String, String> environment) {
        boolean able = isTerminal(descriptor) && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                able, able && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Java only tells whether input and output both are a terminal; where the system shows its descriptors, look there. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 null does mean: no terminal
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.exists(link.getParent())) {
            try {
                String target = link.toRealPath().toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false; // a pipe or a socket has no real path
            }
        }
        Console console = System.console();
        return console != null && saysItIsATerminal(console);
    }

    /** From Java 22 on there can be a Console that is no terminal, and a method that says so. */
    private static boolean saysItIsATerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
