package ttrnn.testing;

/** Files that are almost good; the n-th is a function of a seed and n. */
@FunctionalInterface
public interface Mutants {
    /** The n-th of them. */
    byte[] mutant(long n);

    /** Those of {@code whole}, but every fourth of {@code raw}: a form that still holds leads a reader farther into the file. */
    static Mutants mostly(Mutants whole, Mutants raw) {
        return n -> n % 4 == 0 ? raw.mutant(n) : whole.mutant(n);
    }
}
