package ttrnn.video;

/** An inverse cosine transform of 8x8 blocks: the standards leave its rounding open, so decoders differ. */
@FunctionalInterface
interface BlockTransform {
    /** Transforms in place: 64 coefficients by rows in, 64 samples or differences by rows out. */
    void transform(int[] block);
}
