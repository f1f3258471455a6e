/**
 * Kernels on the JDK's Vector API: the only package that may import it, compiled by a javac pass of its own and loaded
 * by name, so that everything else runs where the incubator module is absent.
 */
@NullMarked
package ttrnn.kernel.vector;

import org.jspecify.annotations.NullMarked;
