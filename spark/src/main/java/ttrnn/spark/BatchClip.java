package ttrnn.spark;

import java.io.Serializable;

/**
 * A clip of a step.
 *
 * @param place in the batch, from 0
 * @param id in the store
 */
record BatchClip(int place, String id) implements Serializable {}
