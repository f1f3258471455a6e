package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void aTensorSharesItsArray() {
        float[] data = {1, 2, 3, 4, 5, 6};
        Tensor tensor = Tensor.of(data, 2, 3);
        assertThat(tensor.data()).isSameAs(data);
        assertThat(tensor.reshape(3, 2).data()).isSameAs(data);
        assertThat(tensor.reshape(3, 2).shape()).isEqualTo(Shape.of(3, 2));
        assertThat(tensor.size()).isEqualTo(6);
    }

    @Test
    void aCopyIsItsOwn() {
        Tensor tensor = Tensor.of(new float[] {1, 2}, 2);
        Tensor copy = tensor.copy();
        tensor.data()[0] = 9;
        assertThat(copy.data()).containsExactly(1, 2);
        assertThat(copy.shape()).isEqualTo(tensor.shape());
    }

    @Test
    void zerosAndScalars() {
        assertThat(Tensor.zeros(2, 2).data()).containsExactly(0, 0, 0, 0);
        assertThat(Tensor.zeros(Shape.of(0, 3)).data()).isEmpty();
        assertThat(Tensor.scalar(4).shape()).isEqualTo(Shape.of());
        assertThat(Tensor.scalar(4).item()).isEqualTo(4);
        assertThat(Tensor.of(new float[] {7}, 1, 1).item()).isEqualTo(7);
    }

    @Test
    void anArrayOfTheWrongLengthIsAnError() {
        assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor: shape [2, 3] needs 6 values, got 5");
        assertThatThrownBy(() -> Tensor.zeros(2, 3).reshape(7)).hasMessage("tensor: shape [7] needs 7 values, got 6");
    }

    @Test
    void onlyATensorOfOneElementIsANumber() {
        assertThatThrownBy(() -> Tensor.zeros(1, 2).item())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("tensor: item() needs one element, shape is [1, 2]");
    }

    @Test
    void itPrintsItsShapeAndTheFirstFewElements() {
        assertThat(Tensor.of(new float[] {1, 2}, 2)).hasToString("Tensor[2][1.0, 2.0]");
        assertThat(Tensor.zeros(7)).hasToString("Tensor[7][0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]");
        assertThat(Tensor.zeros(0)).hasToString("Tensor[0][]");
    }
}
