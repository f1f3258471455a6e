/** How weights start. */
@NullMarked
package ttrnn.nn.init;

import org.jspecify.annotations.NullMarked;
