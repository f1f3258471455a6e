package ttrnn.cli;

/** What the process ends with; scripts rely on the numbers. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "the run failed"),
    USAGE(2, "usage or configuration"),
    DATA(3, "data invalid, or more bad clips than allowed"),
    RESOURCES(4, "memory or disk would not suffice"),
    INTERRUPTED(130, "interrupted (Ctrl-C), state saved, --resume goes on"),
    TERMINATED(143, "terminated, state saved, --resume goes on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
