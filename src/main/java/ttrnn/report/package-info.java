/**
 * Pages and charts made from the files of a run.
 */
@NullMarked
package ttrnn.report;

import org.jspecify.annotations.NullMarked;
