/**
 * Row-major {@code float[]} with a shape, all checks of shapes, the frames of a clip as bytes, and all randomness. Uses
 * no other package.
 */
@NullMarked
package ttrnn.tensor;

import org.jspecify.annotations.NullMarked;
