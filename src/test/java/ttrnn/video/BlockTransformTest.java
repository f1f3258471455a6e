package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The inverse transforms beside the formula in double precision. */
class BlockTransformTest {
    private static void isNearTheFormula(BlockTransform transform, double most) {
        Random random = new Random(9);
        for (int round = 0; round < 500; round++) {
            int[] block = new int[64];
            for (int i = 0; i < 1 + round % 20; i++) {
                block[random.nextInt(64)] = random.nextInt(401) - 200;
            }
            double[] wanted = formula(block);
            transform.transform(block);
            for (int i = 0; i < 64; i++) {
                assertThat((double) block[i])
                        .as("round %d, sample %d", round, i)
                        .isBetween(wanted[i] - most, wanted[i] + most);
            }
        }
    }

    private static double[] formula(int[] block) {
        double[] samples = new double[64];
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                double sum = 0;
                for (int v = 0; v < 8; v++) {
                    for (int u = 0; u < 8; u++) {
                        sum += factor(u) * factor(v) * block[8 * v + u] * cosine(x, u) * cosine(y, v);
                    }
                }
                samples[8 * y + x] = sum / 4;
            }
        }
        return samples;
    }

    private static double factor(int frequency) {
        return frequency == 0 ? StrictMath.sqrt(0.5) : 1;
    }

    private static double cosine(int at, int frequency) {
        return StrictMath.cos((2 * at + 1) * frequency * Math.PI / 16);
    }

    @Test
    void simpleIsWithinOneLevel() {
        isNearTheFormula(InverseDct::transform, 0.9);
    }

    @Test
    void xvidsIsWithinOneLevel() {
        isNearTheFormula(XvidDct::transform, 0.9);
    }
}
