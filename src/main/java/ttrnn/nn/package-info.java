/**
 * Layers and models of recurrent networks, their initialisers and optimisers. Uses {@code tt} and what stands below it.
 */
@NullMarked
package ttrnn.nn;

import org.jspecify.annotations.NullMarked;
