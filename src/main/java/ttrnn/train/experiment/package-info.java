/**
 * Published experiments that need no download: their data, the authors' settings and ours.
 */
@NullMarked
package ttrnn.train.experiment;

import org.jspecify.annotations.NullMarked;
