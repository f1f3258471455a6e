package ttrnn.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
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
import ttrnn.nn.FrameRows;
import ttrnn.nn.TtLinear;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtPlan;

/** The product of frames of bytes with a train, and its gradient to the cores: 16 clips of 50 frames an operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TtProductBenchmark implements Credited {
    private static final int CLIPS = 16;
    private static final int LENGTH = 50;
    private static final float SCALE = 1f / 128;

    @Param({"ucf11", "ucf11-rank-8", "hollywood2", "faces", "two-cores", "six-cores"})
    public String shape = "ucf11";

    private TtMatrix matrix;
    private TtPlan plan;
    private FrameRows rows;
    private float[] y;
    private float slope;

    @Setup
    public void setUp() {
        Setups setup = Setups.of(shape);
        matrix = setup.matrix();
        plan = new TtLinear("w", matrix).plan();
        rows = new FrameRows(Setups.clips(CLIPS, CLIPS, LENGTH, setup.frameSize()), SCALE);
    }

    @Benchmark
    public float[] forward() {
        y = product(Tape.withoutGradients()).data();
        return y;
    }

    @Benchmark
    public float forwardBackward() {
        Tape tape = Tape.recording();
        Tensor last = matrix.cores().get(matrix.cores().size() - 1);
        slope = tape.backward(Reductions.sumOfSquares(product(tape))).of(last).data()[0];
        return slope;
    }

    private Variable product(Tape tape) {
        List<Variable> cores = matrix.cores().stream().map(tape::leaf).toList();
        return TtMatMul.product(tape, rows, plan, cores);
    }

    /** A row of the result against the represented matrix; the gradient against a difference of the loss. */
    @TearDown(Level.Trial)
    public void check() {
        int columns = matrix.shape().outputSize();
        if (y != null) {
            int row = CLIPS * LENGTH / 2 + 1;
            float[] x = new float[rows.columns()];
            rows.load(row, 1, x);
            for (int j = 0; j < columns; j += columns / 5) {
                Check.near("tt product", Reference.product(matrix, x, j), y[row * columns + j], 1e-4);
            }
        }
        if (slope != 0) {
            float[] core = matrix.cores().get(matrix.cores().size() - 1).data();
            float at = core[0];
            float step = 1e-2f * Reference.largest(core);
            core[0] = at + step;
            double above = loss();
            core[0] = at - step;
            double below = loss();
            core[0] = at;
            Check.near("gradient of the tt product", (above - below) / (2 * step), slope, 1e-2);
        }
    }

    private double loss() {
        float[] result = product(Tape.withoutGradients()).data();
        return IntStream.range(0, result.length).mapToDouble(i -> (double) result[i] * result[i]).sum();
    }

    @Override
    public long multiplyAdds(String method) {
        TtPlan plan = TtPlan.of(Setups.of(shape).matrix().shape());
        long frame = Work.forward(plan) + (method.equals("forwardBackward") ? Work.backward(plan) : 0);
        return CLIPS * LENGTH * frame;
    }
}
