package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void aShapeKnowsItsRankAndSize() {
        assertThat(Shape.of(2, 3, 4).rank()).isEqualTo(3);
        assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
        assertThat(Shape.of(2, 0, 4).size()).isZero();
        assertThat(Shape.of().rank()).isZero();
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aNegativeAxisCountsFromTheEnd() {
        Shape shape = Shape.of(2, 3, 4);
        assertThat(shape.dimension(0)).isEqualTo(2);
        assertThat(shape.dimension(-1)).isEqualTo(4);
        assertThat(shape.dimension(-3)).isEqualTo(2);
    }

    @Test
    void anAxisThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Shape.of(2, 3).dimension(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape: no axis 2 in [2, 3]");
        assertThatThrownBy(() -> Shape.of(2, 3).dimension(-3)).hasMessage("shape: no axis -3 in [2, 3]");
        assertThatThrownBy(() -> Shape.of().dimension(0)).hasMessage("shape: no axis 0 in []");
    }

    @Test
    void aNegativeSizeIsAnError() {
        assertThatThrownBy(() -> Shape.of(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape: an axis of negative size in [2, -1]");
    }

    @Test
    void moreElementsThanAnIntCountsAreAnError() {
        assertThatThrownBy(() -> Shape.of(65536, 32768))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape: [65536, 32768] has more than 2^31 - 1 elements");
        // 2^64, which would be 0 in a long.
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 16)).hasMessageContaining("more than 2^31 - 1 elements");
    }

    @Test
    void anAxisOfNoElementsMakesTheWholeEmptyHoweverLargeTheOthersAre() {
        assertThat(Shape.of(0, 1 << 30, 1 << 30).size()).isZero();
        assertThat(Shape.of(1 << 30, 1 << 30, 0).size()).isZero();
    }

    @Test
    void aShapeIsAValueThatNobodyChanges() {
        int[] dimensions = {2, 3};
        Shape shape = new Shape(dimensions);
        dimensions[0] = 7;
        shape.dimensions()[1] = 7;
        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
        assertThat(shape).hasToString("[2, 3]");
    }
}
