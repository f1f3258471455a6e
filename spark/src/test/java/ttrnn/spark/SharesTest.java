package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;

class SharesTest {
    @Test
    void sharesHaveEachClipOnceInOrderAndAboutAsManyFrames() {
        Rng rng = new Rng(3);
        int[] frames = new int[97];
        long all = 0;
        for (int i = 0; i < frames.length; i++) {
            frames[i] = 1 + rng.nextInt(300);
            all += frames[i];
        }
        List<List<Integer>> shares = Shares.of(frames, 7);
        assertThat(shares).hasSize(7);
        assertThat(shares.stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .hasSize(97);
        for (List<Integer> share : shares) {
            assertThat(share).isSorted();
        }
        assertThat(Shares.largest(frames, shares)).isLessThan((long) (1.02 * all / 7));
    }

    @Test
    void clipsOfOneLengthAreDividedEvenly() {
        assertThat(Shares.of(new int[] {5, 5, 5, 5}, 2)).containsExactly(List.of(0, 2), List.of(1, 3));
    }
}
