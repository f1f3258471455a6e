package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;

class CostModelTest {
    private static final CostModel MODEL = new CostModel(2, 50, 1, 1.25e6, 2, 200_000);

    @Test
    void clipsOfOneLengthAreComputedInTheirTime() {
        CostModel.Step step = MODEL.step(Exchange.TREE, 4, 64, 100, 0, new Rng(1));
        assertThat(step.compute()).isCloseTo(16 * 100 * 2, within(1e-9));
        assertThat(step.ideal()).isCloseTo(step.compute(), within(1e-9));
        assertThat(step.efficiency()).isLessThan(1);
    }

    @Test
    void clipsOfManyLengthsWaitForTheLargestShare() {
        CostModel.Step step = MODEL.step(Exchange.TREE, 64, 256, 100, 0.6, new Rng(1));
        assertThat(step.compute()).isGreaterThan(1.05 * step.ideal());
    }

    @Test
    void orderedSlicesCostEachExecutorTheSameHoweverManyThereAre() {
        double few = MODEL.exchange(Exchange.ORDERED, 4, 64)[0] - MODEL.jobMillis() - 6 * MODEL.taskMillis();
        double many = MODEL.exchange(Exchange.ORDERED, 256, 4096)[0] - MODEL.jobMillis() - 510 * MODEL.taskMillis();
        assertThat(many).isBetween(few, 1.2 * few);
    }

    @Test
    void whatPassesTheDriverGrowsWithTheSquareOfTheExecutors() {
        double bytes = MODEL.exchange(Exchange.GATHER, 64, 64)[1];
        assertThat(MODEL.exchange(Exchange.GATHER, 128, 64)[1]).isBetween(3.8 * bytes, 4 * bytes);
        assertThat(MODEL.exchange(Exchange.TREE, 128, 64)[1])
                .isLessThan(2.1 * MODEL.exchange(Exchange.TREE, 64, 64)[1]);
    }

    @Test
    void theTableHasEachExchangeAtEachSize() {
        assertThat(ScaleCommand.run(new String[] {"--clips", "1000", "--clips-per-executor", "2"})
                        .lines())
                .hasSize(2 + 4 * Exchange.values().length);
    }
}
