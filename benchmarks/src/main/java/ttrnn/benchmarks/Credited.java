package ttrnn.benchmarks;

/** A benchmark whose work is known by formula. */
interface Credited {
    /** Multiply-adds of one call of a method with the parameters that are set. */
    long multiplyAdds(String method);
}
