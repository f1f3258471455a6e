package ttrnn.nn.optim;

import java.util.List;
import java.util.Locale;
import ttrnn.autograd.Gradients;
import ttrnn.kernel.Kernels;
import ttrnn.nn.Parameter;

/**
 * Adam (Kingma and Ba 2015): m and v are running means of the gradient and its square, m = beta1 m + (1 - beta1) g and v =
 * beta2 v + (1 - beta2) g^2, and step t moves w against m over the root of v, both corrected for their start at zero. Where
 * epsilon stands is a matter of {@link Form}.
 */
public final class Adam implements Optimizer {
    /** Where epsilon stands. */
    public enum Form {
        /**
         * w -= rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon), as in Keras; the paper's section 2, last
         * remark.
         */
        KERAS,
        /**
         * w -= rate mHat / (sqrt(vHat) + epsilon), mHat = m / (1 - beta1^t) and vHat = v / (1 - beta2^t), as in the paper's
         * algorithm 1 and in PyTorch.
         */
        PAPER;

        /** For example {@code keras}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MEAN = 0;
    private static final int SQUARE = 1;

    private final Slots slots;
    private final Form form;
    private final float beta1;
    private final float beta2;
    private final double epsilon;

    /** Adam with the defaults of Keras 1: its form, 0.9, 0.999 and 1e-8. */
    public Adam(List<Parameter> parameters) {
        this(parameters, Form.KERAS, 0.9, 0.999, 1e-8);
    }

    /** Adam with both moments at zero. */
    public Adam(List<Parameter> parameters, Form form, double beta1, double beta2, double epsilon) {
        this("adam", parameters, form, beta1, beta2, epsilon);
    }

    Adam(String name, List<Parameter> parameters, Form form, double beta1, double beta2, double epsilon) {
        this.slots = new Slots(name, parameters, "mean", "square");
        this.form = form;
        this.beta1 = (float) Checks.share(name + ": beta1", beta1);
        this.beta2 = (float) Checks.share(name + ": beta2", beta2);
        this.epsilon = Checks.positive(name + ": epsilon", epsilon);
    }

    @Override
    public void step(Gradients gradients, double learningRate) {
        int t = slots.count();
        double root = StrictMath.sqrt(1 - StrictMath.pow(beta2, t));
        double correction = root / (1 - StrictMath.pow(beta1, t));
        // Dividing sqrt(v) by the root is the same as multiplying epsilon by it, the rate having the root already.
        float divisor = (float) (form == Form.KERAS ? epsilon : epsilon * root);
        List<Parameter> parameters = slots.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            float[] w = parameters.get(i).value().data();
            Kernels.get()
                    .adam(
                            w.length,
                            gradients.of(parameters.get(i).value()).data(),
                            (float) (learningRate * correction),
                            beta1,
                            beta2,
                            divisor,
                            slots.array(MEAN, i),
                            slots.array(SQUARE, i),
                            w);
        }
    }

    @Override
    public OptimizerState state() {
        return slots.state();
    }

    @Override
    public void restore(OptimizerState state) {
        slots.restore(state);
    }
}
