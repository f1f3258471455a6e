import ttrnn.autograd.Elementwise;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/** A recurrent cell that the library does not have, the minimal gated unit (Zhou et al. 2016), and a check of its gradients. */
final class OwnCell {
    private static final int STEPS = 4;
    private static final int BATCH = 2;
    private static final int INPUTS = 3;
    private static final int HIDDEN = 5;

    private OwnCell() {}

    /**
     * f = sigmoid([x, h] W_f + b_f), c = tanh([x, f * h] W_c + b_c), h' = (1 - f) h + f c, over all steps from zero. Shapes x
     * [steps, batch, inputs], weights [inputs + hidden, hidden], biases [hidden], result [batch, hidden].
     */
    static Variable minimalGatedUnit(Variable x, Variable wf, Variable bf, Variable wc, Variable bc) {
        Tape tape = x.tape();
        Variable h = tape.constant(Tensor.zeros(BATCH, HIDDEN));
        for (int t = 0; t < STEPS; t++) {
            Variable step = Shaping.reshape(Shaping.slice(x, 0, t, t + 1), BATCH, INPUTS);
            Variable f = Elementwise.sigmoid(MatMul.affine(Shaping.concatenate(1, step, h), wf, bf));
            Variable reset = Shaping.concatenate(1, step, Elementwise.multiply(f, h));
            Variable c = Elementwise.tanh(MatMul.affine(reset, wc, bc));
            Variable kept = Elementwise.multiply(Elementwise.addScalar(Elementwise.negate(f), 1), h);
            h = Elementwise.add(kept, Elementwise.multiply(f, c));
        }
        return h;
    }

    /** The same value, but a gradient that forgets the factor 2: what a check has to find. */
    static Variable squareWithWrongGradient(Variable x) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = x.data()[i] * x.data()[i];
        }
        return x.tape().record("wrongSquare", x.shape(), y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= x.data()[i];
            }
            x.accumulate(dy);
        }, x);
    }

    private static Tensor normal(long seed, double deviation, int... dimensions) {
        Rng rng = new Rng(seed);
        Tensor tensor = Tensor.zeros(dimensions);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (float) (deviation * rng.nextGaussian());
        }
        return tensor;
    }

    public static void main(String[] args) {
        GradientCheck.Report report = GradientCheck.of(v -> minimalGatedUnit(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4)))
                .input("x", normal(1, 1, STEPS, BATCH, INPUTS))
                .input("W_f", normal(2, 0.5, INPUTS + HIDDEN, HIDDEN))
                .input("b_f", normal(3, 0.5, HIDDEN))
                .input("W_c", normal(4, 0.5, INPUTS + HIDDEN, HIDDEN))
                .input("b_c", normal(5, 0.5, HIDDEN))
                .run();
        report.worst().values().forEach(System.out::println);
        report.assertPassed();

        Tensor point = normal(6, 1, 4);
        if (GradientCheck.of(v -> squareWithWrongGradient(v.get(0))).input("x", point).run().passed()) {
            throw new AssertionError("the wrong gradient was not found");
        }
    }
}
