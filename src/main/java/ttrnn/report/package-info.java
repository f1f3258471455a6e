/**
 * Pages and charts made from the files of a run, of a training that goes on, and of an explanation. Everything that a page
 * shows is inside it: it loads nothing.
 */
@NullMarked
package ttrnn.report;

import org.jspecify.annotations.NullMarked;
