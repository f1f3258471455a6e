package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class FloatsTest {
    @Test
    void whatIsSentArrivesWithTheSameBits() throws Exception {
        float[] values = {0f, -0f, 1e-45f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 0.1f};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Floats(values));
        }
        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(((Floats) read).values()).containsExactly(values);
        assertThat(Floats.of(new Floats(values).toBytes())).containsExactly(values);
    }

    @Test
    void slicesCoverAllWeightsOnce() {
        int[] counts = {1, 5, 7, 1000, 2_000_000_000};
        for (int weights : counts) {
            for (int slices : new int[] {1, 2, 3, 256}) {
                assertThat(OrderedExchange.border(weights, slices, 0)).isZero();
                assertThat(OrderedExchange.border(weights, slices, slices)).isEqualTo(weights);
                for (int k = 0; k < slices; k++) {
                    assertThat(OrderedExchange.border(weights, slices, k))
                            .isLessThanOrEqualTo(OrderedExchange.border(weights, slices, k + 1));
                }
            }
        }
    }
}
