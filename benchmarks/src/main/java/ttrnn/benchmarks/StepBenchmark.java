package ttrnn.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.tt.TtPlan;

/** A whole step of training at UCF11's shape: 16 clips of full length, forward, backward, Adam. Each step checks its loss. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBenchmark implements Credited {
    private static final int CLIPS = 16;
    private static final int HIDDEN = 256;
    /** Different clips, so that the frames fit in memory at every length. */
    private static final int DISTINCT = 4;

    @Param({"200", "450", "900"})
    public int length = 200;

    @Param({"tt-gru"})
    public String model = "tt-gru";

    private TrainingStep step;

    @Setup
    public void setUp() {
        Setups setup = Setups.UCF11;
        TrainConfig config = setup.config();
        config = config.with(Settings.MODEL, Settings.MODEL.parse(model));
        step = new TrainingStep(config, Setups.clips(CLIPS, DISTINCT, length, setup.frameSize()));
    }

    @Benchmark
    public float step() {
        return step.run();
    }

    @Override
    public long multiplyAdds(String method) {
        TtPlan plan = TtPlan.of(Setups.UCF11.matrix().shape());
        return CLIPS * length * (Work.forward(plan) + Work.backward(plan) + Work.recurrence(HIDDEN, true));
    }
}
