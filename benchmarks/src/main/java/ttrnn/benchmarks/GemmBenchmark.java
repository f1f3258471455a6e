package ttrnn.benchmarks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Tape;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/**
 * Matrix products C = A B of the shapes in these models, rows x depth x columns: a step of the recurrence, its weight's gradient, all
 * steps of a clip, a head, a dense input matrix (320 frames), and a square. The kernel runs on one thread as its Java peers do;
 * {@code operation} is the differentiable product, on all threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GemmBenchmark implements Credited {
    @Param({"16x256x768", "256x3200x768", "200x256x768", "16x256x11", "320x57600x768", "512x512x512"})
    public String size = "512x512x512";

    private int rows;
    private int depth;
    private int columns;
    private float[] a;
    private float[] b;
    private float[] c;
    private FloatKernels kernels;
    private BLAS blas;
    private FMatrixRMaj ejmlA;
    private FMatrixRMaj ejmlB;
    private FMatrixRMaj ejmlC;

    @Setup
    public void setUp() {
        parse();
        Rng rng = new Rng(4);
        a = uniform(rows * depth, rng);
        b = uniform(depth * columns, rng);
        c = new float[rows * columns];
        kernels = Kernels.get();
        blas = JavaBLAS.getInstance();
        ejmlA = FMatrixRMaj.wrap(rows, depth, a);
        ejmlB = FMatrixRMaj.wrap(depth, columns, b);
        ejmlC = FMatrixRMaj.wrap(rows, columns, c);
    }

    private void parse() {
        String[] sizes = size.split("x");
        rows = Integer.parseInt(sizes[0]);
        depth = Integer.parseInt(sizes[1]);
        columns = Integer.parseInt(sizes[2]);
    }

    private static float[] uniform(int size, Rng rng) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = rng.nextFloat() - 0.5f;
        }
        return values;
    }

    @Benchmark
    public float[] ttrnn() {
        kernels.gemm(rows, columns, depth, a, 0, depth, 1, b, 0, columns, c, 0, columns, false);
        return c;
    }

    @Benchmark
    public float[] operation() {
        Tape tape = Tape.withoutGradients();
        c = MatMul.matmul(tape.constant(Tensor.of(a, rows, depth)), tape.constant(Tensor.of(b, depth, columns)))
                .data();
        return c;
    }

    /** Its matrices are column-major: C' = B' A' is the same product. */
    @Benchmark
    public float[] netlib() {
        blas.sgemm("N", "N", columns, rows, depth, 1, b, columns, a, depth, 0, c, columns);
        return c;
    }

    @Benchmark
    public float[] ejml() {
        CommonOps_FDRM.mult(ejmlA, ejmlB, ejmlC);
        return c;
    }

    @TearDown
    public void check() {
        int i = rows / 2;
        int j = columns - 1;
        double tolerance = 1e-6 * depth;
        Check.near("product", Reference.product(a, b, depth, columns, i, j), c[i * columns + j], tolerance);
    }

    @Override
    public long multiplyAdds(String method) {
        parse();
        return (long) rows * depth * columns;
    }
}
