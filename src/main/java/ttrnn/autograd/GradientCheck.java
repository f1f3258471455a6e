package ttrnn.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/**
 * Compares the gradients of any function of tensors with central finite differences.
 *
 * <p>For each input x the directional derivative along a random unit direction d is compared, (L(x + h d) - L(x - h d)) /
 * 2h against the gradient's part along d, and then single coordinates drawn at random. A result that is no single
 * element is reduced to L by a weighted sum with fixed random weights, added up in double. A step of h = 1e-2 suits
 * single precision: at 1e-4 rounding drowns the difference. Keep points farther than two steps from kinks.
 *
 * <p>Example, a cell of one's own:
 *
 * <pre>{@code
 * GradientCheck.of(v -> myCell(v.get(0), v.get(1))).input("x", x).input("weights", w).run().assertPassed();
 * }</pre>
 */
public final class GradientCheck {
    /**
     * A comparison.
     *
     * @param input name of the input that was moved
     * @param where {@code direction n}, or {@code index n}, row-major
     * @param analytic derivative from the gradient
     * @param numeric derivative from finite differences
     * @param relativeError their difference
     */
    public record Entry(String input, String where, double analytic, double numeric, double relativeError) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s, %s: analytic %.6g, numeric %.6g, relative error %.2g",
                    input,
                    where,
                    analytic,
                    numeric,
                    relativeError);
        }
    }

    /** All comparisons of a check. */
    public record Report(List<Entry> entries, double tolerance, long seed) {
        public Report {
            entries = List.copyOf(entries);
        }

        /** Whether every derivative was as near to its finite difference as the tolerance asks. */
        public boolean passed() {
            return entries.stream().allMatch(e -> e.relativeError <= tolerance);
        }

        /** The worst comparison of each input, by its name. */
        public Map<String, Entry> worst() {
            Map<String, Entry> worst = new LinkedHashMap<>();
            for (Entry entry : entries) {
                worst.merge(entry.input, entry, (a, b) -> b.relativeError > a.relativeError ? b : a);
            }
            return worst;
        }

        /** Throws an AssertionError that lists the failed comparisons, if there are any. */
        public void assertPassed() {
            if (!passed()) {
                throw new AssertionError(this);
            }
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("gradient check, seed " + seed + ", tolerance " + tolerance + ":");
            for (Entry entry : entries) {
                text.append(entry.relativeError <= tolerance ? "\n  ok   " : "\n  BAD  ")
                        .append(entry);
            }
            return text.toString();
        }
    }

    private static final int DIRECTIONS = 2;

    private final Function<List<Variable>, Variable> function;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private double step = 1e-2;
    private double tolerance = 2e-3;
    private int coordinates = 4;
    private long seed = 1;

    private GradientCheck(Function<List<Variable>, Variable> function) {
        this.function = function;
    }

    /** Checks {@code function}, which builds its result from leaves, one for each input. */
    public static GradientCheck of(Function<List<Variable>, Variable> function) {
        return new GradientCheck(function);
    }

    /** The point at which to check; the tensors are moved during the check and put back. */
    public GradientCheck inputs(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            input("input " + inputs.size(), tensor);
        }
        return this;
    }

    /** One more input, such as a weight, with a name for the report. */
    public GradientCheck input(String name, Tensor tensor) {
        names.add(name);
        inputs.add(tensor);
        return this;
    }

    /** Step h of the central difference, 1e-2 unless set. */
    public GradientCheck step(double h) {
        step = h;
        return this;
    }

    /** Largest relative error that passes, 2e-3 unless set. */
    public GradientCheck tolerance(double relative) {
        tolerance = relative;
        return this;
    }

    /** Coordinates sampled from each input, 4 unless set. */
    public GradientCheck coordinates(int count) {
        coordinates = count;
        return this;
    }

    /** Seed of directions, weights and sampled coordinates, 1 unless set. */
    public GradientCheck seed(long value) {
        seed = value;
        return this;
    }

    /** Makes all comparisons. */
    public Report run() {
        if (inputs.isEmpty()) {
            throw new IllegalStateException("gradient check: no inputs; name the point with input(...)");
        }
        Rng rng = new Rng(seed);
        Tape tape = Tape.recording();
        List<Variable> leaves = inputs.stream().map(tape::leaf).toList();
        Variable result = function.apply(leaves);
        float[] weights = weights(result.shape().size());
        Variable loss = Reductions.sum(Elementwise.multiply(result, tape.constant(Tensor.of(weights, result.shape()))));
        Gradients gradients = tape.backward(loss);

        List<Entry> entries = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            float[] gradient = gradients.of(inputs.get(k)).data();
            double norm = norm(gradient);
            for (int n = 0; n < DIRECTIONS && gradient.length > 1; n++) {
                entries.add(compare(k, "direction " + n, direction(gradient.length, rng), gradient, weights, norm));
            }
            for (int n = 0; n < Math.min(coordinates, gradient.length); n++) {
                int at = gradient.length <= coordinates ? n : rng.nextInt(gradient.length);
                double[] unit = new double[gradient.length];
                unit[at] = 1;
                entries.add(compare(k, "index " + at, unit, gradient, weights, norm));
            }
        }
        return new Report(entries, tolerance, seed);
    }

    /**
     * The error is taken relative to the larger derivative, or to a typical coordinate of the gradient where both are
     * small by chance.
     */
    private Entry compare(int input, String where, double[] direction, float[] gradient, float[] weights, double norm) {
        Tensor x = inputs.get(input);
        float[] before = x.data().clone();
        double analytic = 0;
        for (int i = 0; i < direction.length; i++) {
            analytic += gradient[i] * direction[i];
        }
        // The step really taken is what remains of it in single precision.
        double moved = 0;
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < direction.length; i++) {
                x.data()[i] = (float) (before[i] + (side == 0 ? step : -step) * direction[i]);
                moved += Math.abs((x.data()[i] - before[i]) * direction[i]);
            }
            losses[side] = loss(weights);
        }
        System.arraycopy(before, 0, x.data(), 0, before.length);
        double numeric = (losses[0] - losses[1]) / moved;
        double scale = Math.max(Math.max(Math.abs(analytic), Math.abs(numeric)), norm / Math.sqrt(gradient.length));
        double error = scale == 0 ? 0 : Math.abs(analytic - numeric) / scale;
        return new Entry(
                names.get(input), where, analytic, numeric, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }

    private double loss(float[] weights) {
        Tape tape = Tape.withoutGradients();
        float[] y = function.apply(inputs.stream().map(tape::leaf).toList()).data();
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (double) y[i] * weights[i];
        }
        return sum;
    }

    private float[] weights(int size) {
        if (size == 1) {
            return new float[] {1};
        }
        Rng rng = new Rng(seed).split("weights");
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = 0.5f + rng.nextFloat() * (rng.nextInt(2) == 0 ? 1 : -1);
        }
        return weights;
    }

    private static double[] direction(int size, Rng rng) {
        double[] direction = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            direction[i] = rng.nextGaussian();
            squares += direction[i] * direction[i];
        }
        for (int i = 0; i < size; i++) {
            direction[i] /= StrictMath.sqrt(squares);
        }
        return direction;
    }

    private static double norm(float[] x) {
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        return StrictMath.sqrt(squares);
    }
}
