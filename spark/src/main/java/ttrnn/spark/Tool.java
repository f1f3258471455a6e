package ttrnn.spark;

import java.io.IOException;

/** Ends a command of this application alone as those of ttrnn end: the result to standard output, a failure as one line. */
final class Tool {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Tool() {}

    /** What a command does; the text is its result. */
    @FunctionalInterface
    interface Work {
        String run() throws IOException;
    }

    /** The exit code. */
    static int run(Work work) {
        try {
            System.out.print(work.run());
            System.out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("ttrnn: " + e.getMessage());
            return USAGE;
        } catch (IOException e) {
            System.err.println("ttrnn: " + e.getMessage());
            return FAILED;
        }
    }

    /** The value of an option {@code --name VALUE}. */
    static String option(String[] args, String name, String otherwise) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(name)) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(name + " needs a value");
                }
                return args[i + 1];
            }
        }
        return otherwise;
    }

    /** The same for a number. */
    static double number(String[] args, String name, double otherwise) {
        String text = option(args, name, "");
        try {
            return text.isEmpty() ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not \"" + text + "\"");
        }
    }
}
