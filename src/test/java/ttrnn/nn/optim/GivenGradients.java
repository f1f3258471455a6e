package ttrnn.nn.optim;

import java.util.Map;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Tensor;

/** Gradients of any wanted values: those of the sum of each weight times its value. */
final class GivenGradients {
    private GivenGradients() {}

    static Gradients of(Map<Tensor, float[]> wanted) {
        Tape tape = Tape.recording();
        Variable loss = tape.constant(Tensor.scalar(0));
        for (Map.Entry<Tensor, float[]> entry : wanted.entrySet()) {
            Tensor factors = Tensor.of(entry.getValue().clone(), entry.getKey().shape());
            Variable product = Elementwise.multiply(tape.leaf(entry.getKey()), tape.constant(factors));
            loss = Elementwise.add(loss, Reductions.sum(product));
        }
        return tape.backward(loss);
    }
}
