/** How weights move: optimisers and what is done to gradients before them. */
@NullMarked
package ttrnn.nn.optim;

import org.jspecify.annotations.NullMarked;
