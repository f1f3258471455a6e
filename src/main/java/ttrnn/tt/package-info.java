/**
 * Tensor-train matrices: modes and ranks, cores, the plan of a contraction, and the product with a batch of rows as one
 * operation with its own gradient; TT-SVD of dense matrices, rounding and algebra of trains. Uses {@code autograd} and
 * what stands below it, and EJML in one file.
 */
@NullMarked
package ttrnn.tt;

import org.jspecify.annotations.NullMarked;
