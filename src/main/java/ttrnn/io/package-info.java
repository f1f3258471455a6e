/**
 * Readers and writers of the two file formats the project speaks, safetensors and npy, which trust no byte of a file.
 */
@NullMarked
package ttrnn.io;

import org.jspecify.annotations.NullMarked;
