/**
 * Data sets of clips: layouts on disk, the frame store and its preparation, splits, and the clips a training reads.
 */
@NullMarked
package ttrnn.dataset;

import org.jspecify.annotations.NullMarked;
