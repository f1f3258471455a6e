/**
 * Training and evaluation: configuration, the loop, metrics, and the files of a run.
 */
@NullMarked
package ttrnn.train;

import org.jspecify.annotations.NullMarked;
