/**
 * Tensor-train matrices: modes and ranks, cores, the plan of a contraction, and the product with a batch of rows as one
 * operation with its own gradient. Uses {@code autograd} and what stands below it.
 */
@NullMarked
package ttrnn.tt;

import org.jspecify.annotations.NullMarked;
