package ttrnn.cli;

/**
 * The jar's Main-Class: says in one line that Java is too old, where {@link Main} could only fail to load.
 *
 * <p>Compiled for Java 8 in a javac pass of its own, so it may use nothing newer and finds {@code Main} by name. Java 7
 * and older cannot load even this; they are not catered for.
 */
public final class Start {
    private static final int OLDEST = 17;

    private Start() {}

    public static void main(String[] args) throws Exception {
        String complaint = complaintAbout(System.getProperty("java.specification.version"));
        if (complaint != null) {
            System.err.println(complaint);
            System.exit(2);
        }
        Class.forName("ttrnn.cli.Main").getMethod("main", String[].class).invoke(null, (Object) args);
    }

    /** One line for a Java older than 17 ("1.8", "11"), null for one that will do. */
    static String complaintAbout(String specification) {
        boolean tooOld = specification.startsWith("1.") || Integer.parseInt(specification) < OLDEST;
        return tooOld
                ? "ttrnn: Java " + OLDEST + " or newer is needed, this is Java " + specification + " in "
                        + System.getProperty("java.home") + "; start a newer java"
                : null;
    }
}
