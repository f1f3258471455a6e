package ttrnn.nn;

import ttrnn.tensor.Tensor;

/**
 * A weight of a model.
 *
 * @param name unique in its model, for example {@code rnn.core.0}; the name in model files
 * @param value changed in place by the optimiser
 */
public record Parameter(String name, Tensor value) {}
