/**
 * Clips to frames: containers, decoders, colour and size. The only package that touches JCodec.
 */
@NullMarked
package ttrnn.video;

import org.jspecify.annotations.NullMarked;
