import java.util.Arrays;
import java.util.List;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.CellType;
import ttrnn.nn.GateActivation;
import ttrnn.nn.Linear;
import ttrnn.nn.RecurrentLayer;
import ttrnn.nn.SequenceClassifier;
import ttrnn.nn.TtLinear;
import ttrnn.nn.init.Dense;
import ttrnn.nn.init.Initializer;
import ttrnn.nn.optim.Optimizer;
import ttrnn.nn.optim.OptimizerSettings;
import ttrnn.nn.optim.OptimizerType;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtShape;

/** Trains a TT-GRU to tell slow sine waves from fast ones, in noise: java -cp ttrnn.jar SineWaves.java */
public final class SineWaves {
    private static final int WAVES = 64;
    private static final int STEPS = 12;
    /** Samples of a wave that make one step. */
    private static final int SAMPLES = 16;

    public static void main(String[] args) {
        Rng rng = new Rng(1);
        // 16 inputs to three gates of 16: the first output mode carries the gates.
        TtShape shape = TtShape.of(new int[] {4, 4}, new int[] {3 * 4, 4}, 3);
        RecurrentLayer gru = new RecurrentLayer(
                "rnn",
                CellType.GRU,
                new TtLinear("rnn", Initializer.GLOROT.matrix(shape, 3, 1, rng.split("rnn"))),
                Dense.orthogonal(16, 3 * 16, rng.split("recurrent")),
                Tensor.zeros(3 * 16),
                RecurrentLayer.Options.of(GateActivation.SIGMOID));
        Linear head = new Linear("head", Dense.glorotUniform(16, 2, rng.split("head")), Tensor.zeros(2));
        SequenceClassifier model = new SequenceClassifier(List.of(gru), head);
        Optimizer adam = OptimizerType.ADAM.create(model.parameters(), OptimizerSettings.defaults());
        RowSource waves = waves(rng.split("training"));
        for (int step = 0; step < 60; step++) {
            Tape tape = Tape.recording();
            Variable loss = Losses.crossEntropy(model.scores(tape, waves, null), labels(), 1f / WAVES);
            adam.step(tape.backward(loss), 0.01);
        }
        System.out.println("accuracy on waves it has not seen: " + accuracy(model, waves(rng.split("test"))));
    }

    /** Even waves are slow, odd ones fast; their steps stand one after the other as rows. */
    private static RowSource waves(Rng rng) {
        Tensor rows = Tensor.zeros(WAVES * STEPS, SAMPLES);
        for (int n = 0; n < WAVES; n++) {
            double phase = 2 * StrictMath.PI * rng.nextDouble();
            double turn = n % 2 == 0 ? 0.15 : 0.3;
            for (int i = 0; i < STEPS * SAMPLES; i++) {
                double noise = 0.5 * rng.nextGaussian();
                rows.data()[n * STEPS * SAMPLES + i] = (float) (StrictMath.sin(phase + turn * i) + noise);
            }
        }
        int[] lengths = new int[WAVES];
        Arrays.fill(lengths, STEPS); // sequences may as well be of different lengths
        return RowSource.of(rows, RowSplits.ofLengths(lengths));
    }

    private static int[] labels() {
        int[] labels = new int[WAVES];
        for (int n = 0; n < WAVES; n++) {
            labels[n] = n % 2;
        }
        return labels;
    }

    private static double accuracy(SequenceClassifier model, RowSource waves) {
        float[] scores = model.scores(Tape.withoutGradients(), waves, null).data();
        int right = 0;
        for (int n = 0; n < WAVES; n++) {
            right += (scores[2 * n + 1] > scores[2 * n] ? 1 : 0) == n % 2 ? 1 : 0;
        }
        return (double) right / WAVES;
    }
}
