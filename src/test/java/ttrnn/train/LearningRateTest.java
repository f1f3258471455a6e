package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static ScheduleSettings settings(Schedule schedule, double warmUp) {
        return new ScheduleSettings(schedule, 0.5, 2, 2, warmUp);
    }

    private static double[] rates(LearningRate rate, int steps) {
        double[] rates = new double[steps];
        for (int step = 0; step < steps; step++) {
            rates[step] = rate.at(step);
        }
        return rates;
    }

    @Test
    void aConstantRateIsTheBase() {
        LearningRate rate = new LearningRate(0.1, settings(Schedule.CONSTANT, 0), 3, 2);
        assertThat(rates(rate, 7)).containsOnly(0.1);
    }

    @Test
    void theCosineFallsToAHundredth() {
        LearningRate rate = new LearningRate(0.1, settings(Schedule.COSINE, 0), 3, 4);
        for (int step = 0; step <= 12; step++) {
            double expected = 0.1 * (0.01 + (1 - 0.01) * 0.5 * (1 + StrictMath.cos(Math.PI * (step / 12.0))));
            assertThat(rate.at(step)).isEqualTo(expected);
        }
        assertThat(rate.at(0)).isEqualTo(0.1);
        assertThat(rate.at(12)).isEqualTo(0.001);
    }

    @Test
    void stepsComeEverySoManyEpochs() {
        LearningRate rate = new LearningRate(8, settings(Schedule.STEP, 0), 2, 6);
        assertThat(rates(rate, 12)).containsExactly(8, 8, 8, 8, 4, 4, 4, 4, 2, 2, 2, 2);
    }

    @Test
    void theWarmUpRisesInAStraightLineAndTheScheduleFollows() {
        LearningRate constant = new LearningRate(8, settings(Schedule.CONSTANT, 2), 2, 4);
        assertThat(rates(constant, 8)).containsExactly(2, 4, 6, 8, 8, 8, 8, 8);
        LearningRate step = new LearningRate(8, settings(Schedule.STEP, 1), 2, 6);
        assertThat(rates(step, 12)).containsExactly(4, 8, 8, 8, 8, 8, 4, 4, 4, 4, 2, 2);
        LearningRate cosine = new LearningRate(8, settings(Schedule.COSINE, 1), 4, 3);
        LearningRate alone = new LearningRate(8, settings(Schedule.COSINE, 0), 4, 2);
        assertThat(rates(cosine, 4)).containsExactly(2, 4, 6, 8);
        for (int rest = 0; rest <= 8; rest++) {
            assertThat(cosine.at(4 + rest)).isEqualTo(alone.at(rest));
        }
    }

    @Test
    void aWarmUpMayLastAPartOfAnEpochAndLeavesAStep() {
        assertThat(rates(new LearningRate(8, settings(Schedule.CONSTANT, 0.5), 4, 1), 4))
                .containsExactly(4, 8, 8, 8);
        assertThat(rates(new LearningRate(8, settings(Schedule.COSINE, 0.9), 1, 1), 2))
                .containsExactly(8, 0.08);
    }

    @Test
    void aPlateauLowersTheRateAfterEnoughEpochsWithoutALowerLoss() {
        LearningRate rate = new LearningRate(8, settings(Schedule.PLATEAU, 0), 2, 20);
        double[] losses = {5, 4, 4, 3, 3.5, 3, 2, 2.5, Double.NaN, 2, 2.1, 1};
        double[] expected = {8, 8, 8, 8, 8, 4, 4, 4, 2, 2, 1, 1};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            rate.epochEnded(losses[epoch]);
            assertThat(rate.at(2 * (epoch + 1))).as("after epoch %d", epoch + 1).isEqualTo(expected[epoch]);
        }
    }

    @Test
    void epochsOfTheWarmUpDoNotCountAsWaiting() {
        LearningRate rate = new LearningRate(8, settings(Schedule.PLATEAU, 2), 2, 10);
        double[] expected = {6, 8, 8, 4};
        double[] losses = {1, 5, 5, 5};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            rate.epochEnded(losses[epoch]);
            assertThat(rate.at(2 * (epoch + 1))).isEqualTo(expected[epoch]);
        }
    }

    @Test
    void aRestoredRateGoesOn() {
        LearningRate before = new LearningRate(8, settings(Schedule.PLATEAU, 0), 2, 10);
        before.epochEnded(1);
        before.epochEnded(1);
        before.epochEnded(1);
        before.epochEnded(1);
        assertThat(before.state()).isEqualTo(new LearningRate.State(4, 1, 1, 1));
        LearningRate after = new LearningRate(8, settings(Schedule.PLATEAU, 0), 2, 10);
        after.restore(before.state());
        assertThat(after.at(8)).isEqualTo(4);
        after.epochEnded(2);
        assertThat(after.at(10)).isEqualTo(2);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new ScheduleSettings(Schedule.STEP, 1, 1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schedule: factor must be more than 0 and less than 1, got 1.0");
        assertThatThrownBy(() -> new ScheduleSettings(Schedule.STEP, 0.1, 0, 1, 0))
                .hasMessage("schedule: step epochs must be at least 1, got 0");
        assertThatThrownBy(() -> new ScheduleSettings(Schedule.PLATEAU, 0.1, 1, 0, 0))
                .hasMessage("schedule: patience must be at least 1, got 0");
        assertThatThrownBy(() -> new ScheduleSettings(Schedule.COSINE, 0.1, 1, 1, Double.NaN))
                .hasMessage("schedule: warm-up epochs must be 0 (none) or more, got NaN");
        assertThatThrownBy(() -> new LearningRate(1, settings(Schedule.COSINE, 3), 2, 3))
                .hasMessage("schedule: warm-up epochs must be fewer than the 3 of the training, got 3.0");
    }
}
