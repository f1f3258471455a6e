package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    private static CrossValidation of(double... accuracies) {
        List<CrossValidation.Fold> folds = new ArrayList<>();
        for (double accuracy : accuracies) {
            folds.add(new CrossValidation.Fold(folds.size(), 10, accuracy, 1));
        }
        return new CrossValidation(folds);
    }

    @Test
    void meanDeviationAndIntervalAreThoseOfAHandCalculation() {
        CrossValidation five = of(0.7, 0.8, 0.75, 0.85, 0.9);
        assertThat(five.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(five.deviation()).isCloseTo(Math.sqrt(0.00625), within(1e-12));
        // 2.776 * 0.0790569 / 2.2360680 = 0.0981465
        assertThat(five.interval().get(0)).isCloseTo(0.7018535, within(1e-6));
        assertThat(five.interval().get(1)).isCloseTo(0.8981465, within(1e-6));
    }

    @Test
    void anIntervalStaysWithinZeroAndOne() {
        assertThat(of(0, 1).interval()).containsExactly(0.0, 1.0);
        assertThat(of(0.5).interval()).containsExactly(0.5, 0.5);
        assertThatThrownBy(() -> of()).hasMessage("cross-validation: there are no folds");
    }
}
