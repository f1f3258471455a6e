package ttrnn.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.GateActivation;
import ttrnn.nn.GruSequence;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/** The recurrence of a GRU of 256 cells over 16 clips, its input already projected. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecurrenceBenchmark implements Credited {
    private static final int CLIPS = 16;
    private static final int HIDDEN = 256;

    @Param({"200", "450", "900"})
    public int steps = 200;

    private Tensor x;
    private Tensor weight;
    private Tensor bias;
    private RowSplits splits;
    private float largest;

    @Setup
    public void setUp() {
        Rng rng = new Rng(5);
        x = gaussian(rng, 1, CLIPS * steps, 3 * HIDDEN);
        weight = gaussian(rng, 1.0 / 16, HIDDEN, 3 * HIDDEN);
        bias = Tensor.zeros(3 * HIDDEN);
        int[] lengths = new int[CLIPS];
        Arrays.fill(lengths, steps);
        splits = RowSplits.ofLengths(lengths);
    }

    private static Tensor gaussian(Rng rng, double deviation, int... dimensions) {
        Tensor tensor = Tensor.zeros(dimensions);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (float) (deviation * rng.nextGaussian());
        }
        return tensor;
    }

    @Benchmark
    public float[] forward() {
        return states(Tape.withoutGradients()).data();
    }

    @Benchmark
    public float forwardBackward() {
        Tape tape = Tape.recording();
        largest = Reference.largest(
                tape.backward(Reductions.sumOfSquares(states(tape))).of(weight).data());
        return largest;
    }

    private Variable states(Tape tape) {
        return GruSequence.apply(
                tape.leaf(x), tape.leaf(weight), tape.leaf(bias), null, splits, GateActivation.HARD_SIGMOID, null);
    }

    @TearDown
    public void check() {
        float state = Reference.largest(forward());
        if (!(state > 0.1 && state < 1)) {
            throw new IllegalStateException("recurrence: states lie between -1 and 1, the largest is " + state);
        }
        if (!(largest >= 0 && largest < 1e6)) {
            throw new IllegalStateException("recurrence: the largest gradient is " + largest);
        }
    }

    @Override
    public long multiplyAdds(String method) {
        return CLIPS * steps * Work.recurrence(HIDDEN, method.equals("forwardBackward"));
    }
}
