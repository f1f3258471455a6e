package ttrnn.cli;

/** The entry point of {@code java -jar ttrnn.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("ttrnn");
    }
}
