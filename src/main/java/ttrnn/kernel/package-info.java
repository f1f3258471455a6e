/**
 * Loops over {@code float[]} and offsets: the arithmetic everything else is made of.
 *
 * <p>{@link ttrnn.kernel.FloatKernels} states each formula and its order of summation; the scalar kernels define the
 * right answer and the Vector API kernels give the same bits. This package knows no shapes and no other package.
 */
@NullMarked
package ttrnn.kernel;

import org.jspecify.annotations.NullMarked;
