package ttrnn.autograd;

import java.util.LinkedHashMap;
import java.util.Map;
import ttrnn.tensor.Tensor;

/** The gradients of one backward pass, by leaf. */
public final class Gradients {
    private final Map<Tensor, Tensor> byLeaf;

    Gradients(Map<Tensor, Tensor> byLeaf) {
        this.byLeaf = byLeaf;
    }

    /** Gradients that were computed elsewhere, by the tensors they are of. */
    public static Gradients of(Map<Tensor, Tensor> byLeaf) {
        return new Gradients(new LinkedHashMap<>(byLeaf));
    }

    /** dL/d{@code leaf}, of the leaf's shape; zeros if the loss does not depend on it. */
    public Tensor of(Tensor leaf) {
        Tensor gradient = byLeaf.get(leaf);
        if (gradient == null) {
            throw new IllegalArgumentException(
                    "gradients: this tensor of shape " + leaf.shape() + " was no leaf of the tape");
        }
        return gradient;
    }

    /** dL/d{@code leaf}. */
    public Tensor of(Variable leaf) {
        return of(leaf.value());
    }
}
