package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import ttrnn.testing.ReferenceData;

/** Arrays that NumPy itself wrote. */
class NpyReferenceTest {
    private static Path array(String name) {
        return ReferenceData.file("fixtures/tt-gru/" + name + ".npy");
    }

    @Test
    void arraysOfNumpyAreRead() throws IOException {
        assertThat(Npy.readHeader(array("frames_u8")).dimensions()).containsExactly(3, 5, 72);
        long sum = 0;
        for (byte b : Npy.readBytes(array("frames_u8"))) {
            sum += b & 0xFF;
        }
        assertThat(sum).isEqualTo(142622);
        assertThat(Npy.readInts(array("labels"))).hasSize(3);
        double total = 0;
        for (float f : Npy.readFloats(array("core0")).data()) {
            total += f;
        }
        assertThat(total).isCloseTo(0.17934939061524346, within(1e-12));
    }
}
