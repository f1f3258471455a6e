/**
 * Reverse-mode differentiation: a tape, variables and the operations on them, each with its gradient in the same method.
 * Uses {@code kernel} and {@code tensor}.
 */
@NullMarked
package ttrnn.autograd;

import org.jspecify.annotations.NullMarked;
