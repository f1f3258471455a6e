package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameChoiceTest {
    private static List<Integer> kept(int frames, int every, double wanted, double rate) {
        FrameChoice choice = new FrameChoice(new PrepareSettings(16, 12, every, wanted, 0, OnBadClip.SKIP), rate);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            for (int copies = choice.next(i); copies > 0; copies--) {
                kept.add(i);
            }
        }
        return kept;
    }

    @Test
    void everyKeepsTheFirstOfEachGroup() {
        assertThat(kept(5, 1, 0, 25)).containsExactly(0, 1, 2, 3, 4);
        assertThat(kept(7, 3, 0, 25)).containsExactly(0, 3, 6);
        assertThat(kept(1, 3, 0, 0)).containsExactly(0);
    }

    @Test
    void aRateKeepsTheNearestFrameAndTheEarlierAtATie() {
        assertThat(kept(7, 1, 10, 25)).as("moments 0, 2.5, 5").containsExactly(0, 2, 5);
        assertThat(kept(6, 1, 20, 30)).as("moments 0, 1.5, 3, 4.5").containsExactly(0, 1, 3, 4);
        assertThat(kept(6, 1, 25, 25)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(kept(4, 1, 10, 30000.0 / 1001)).as("moments 0, 2.997").containsExactly(0, 3);
    }

    @Test
    void aRateAboveTheClipsRepeatsFrames() {
        assertThat(kept(3, 1, 50, 25)).as("moments 0, 0.5, 1, 1.5, 2, 2.5").containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void longClipsDoNotDrift() {
        List<Integer> kept = kept(100_000, 1, 15, 30);
        assertThat(kept).hasSize(50_000);
        assertThat(kept.get(49_999)).isEqualTo(99_998);
    }
}
