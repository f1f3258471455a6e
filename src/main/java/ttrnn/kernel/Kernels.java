package ttrnn.kernel;

import java.util.Optional;

/**
 * Chooses the kernels once, by what this JVM can do. The property {@code ttrnn.kernels} ({@code auto}, {@code scalar},
 * {@code vector}) overrides the choice; asking for vector kernels where they cannot run is an error.
 */
public final class Kernels {
    private static final String PROPERTY = "ttrnn.kernels";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNELS = "ttrnn.kernel.vector.VectorKernels";

    record Choice(FloatKernels kernels, String reason) {}

    private static final Choice CHOICE = choose(System.getProperty(PROPERTY, "auto"));

    private Kernels() {}

    /** The kernels of this process. */
    public static FloatKernels get() {
        return CHOICE.kernels;
    }

    /** The plain kernels, to compare with. */
    public static FloatKernels scalar() {
        return new ScalarKernels();
    }

    /** The name of the kernels in use, for example {@code vector-512}. */
    public static String describe() {
        return CHOICE.kernels.name();
    }

    /** Why these kernels were chosen, in a few words. */
    public static String reason() {
        return CHOICE.reason;
    }

    /** The kernels for a value of the property. */
    static Choice choose(String wanted) {
        switch (wanted) {
            case "scalar" -> {
                return new Choice(new ScalarKernels(), "asked for by -D" + PROPERTY + "=scalar");
            }
            case "auto", "vector" -> {
                Optional<String> obstacle = obstacle();
                if (obstacle.isEmpty()) {
                    FloatKernels kernels = load();
                    if (!kernels.name().equals("vector-64")) {
                        return new Choice(kernels, "the Vector API's preferred width");
                    }
                    obstacle = Optional.of("this processor has no vectors of 128 bits or more");
                }
                if (wanted.equals("vector")) {
                    throw new IllegalArgumentException("kernels: -D" + PROPERTY + "=vector, but " + obstacle.get());
                }
                return new Choice(new ScalarKernels(), obstacle.get());
            }
            default ->
                throw new IllegalArgumentException(
                        "kernels: -D" + PROPERTY + " must be auto, scalar or vector, not \"" + wanted + "\"");
        }
    }

    /** Why vector kernels cannot be used, if they cannot. Without the C2 compiler they are some 90 times slower. */
    private static Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Optional.of(
                    "the module " + VECTOR_MODULE + " is absent (start Java with --add-modules " + VECTOR_MODULE + ")");
        }
        String mode = System.getProperty("java.vm.info", "");
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return Optional.of("this JVM runs without its optimising compiler (" + mode + ")");
        }
        return Optional.empty();
    }

    private static FloatKernels load() {
        try {
            return Class.forName(VECTOR_KERNELS)
                    .asSubclass(FloatKernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernels: cannot load " + VECTOR_KERNELS, e);
        }
    }
}
