package ttrnn.autograd;

import static ttrnn.testing.FloatAssert.assertClose;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Fixtures;
import ttrnn.testing.Tolerances;

/** Values and gradients of the losses against src/test/reference/optimizers_and_losses.py. */
class LossesReferenceTest {
    private final Tape tape = Tape.recording();
    private Fixtures reference;

    @BeforeEach
    void read() throws Exception {
        reference = Fixtures.read("training/losses");
    }

    @Test
    void crossEntropyEqualsTheReference() {
        Tensor scores = reference.get("cross-entropy.scores");
        int[] labels = reference.integers("cross-entropy.labels");
        assertEqual("cross-entropy", scores, Losses.crossEntropy(tape.leaf(scores), labels, 1f / labels.length));
    }

    @Test
    void binaryCrossEntropyEqualsTheReference() {
        Tensor scores = reference.get("binary.scores");
        Variable loss =
                Losses.binaryCrossEntropy(tape.leaf(scores), reference.get("binary.targets"), 1f / scores.size());
        assertEqual("binary", scores, loss);
    }

    @Test
    void theMeanSquaredErrorEqualsTheReference() {
        Tensor a = reference.get("squared.a");
        assertEqual("squared", a, Losses.meanSquaredError(tape.leaf(a), tape.constant(reference.get("squared.b"))));
    }

    private void assertEqual(String name, Tensor x, Variable loss) {
        assertClose(loss.data(), reference.get(name + ".loss").data(), Tolerances.REFERENCE, name);
        assertClose(
                tape.backward(loss).of(x).data(),
                reference.get(name + ".gradient").data(),
                Tolerances.REFERENCE,
                "gradient of " + name);
    }
}
