package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreStatisticsTest {
    /** A clip whose frames are those of no other id. */
    static ClipRecord clip(String id, String label, @Nullable String group, int frames) {
        String hash = String.format("%064x", new BigInteger(1, id.getBytes(StandardCharsets.UTF_8)));
        return new ClipRecord(id, label, group, frames, 25, 16, 12, id + ".avi", 1, hash, null);
    }

    private static StoreStatistics of(int... lengths) {
        List<ClipRecord> clips = new ArrayList<>();
        for (int length : lengths) {
            clips.add(clip("c" + clips.size(), "a", null, length));
        }
        return StoreStatistics.of(clips);
    }

    @Test
    void clipsAreCountedByClassAndGroup() {
        StoreStatistics statistics = StoreStatistics.of(
                List.of(clip("1", "run", "lena", 10), clip("2", "bend", "lena", 20), clip("3", "run", "eli", 31)));
        assertThat(statistics.clips()).isEqualTo(3);
        assertThat(statistics.frames()).isEqualTo(61);
        assertThat(statistics.length()).isEqualTo(new StoreStatistics.Length(10, 31, 61.0 / 3, 20));
        assertThat(statistics.classes()).isEqualTo(Map.of("bend", 1, "run", 2));
        assertThat(statistics.groups()).isEqualTo(Map.of("eli", 1, "lena", 2));
        assertThat(of(3, 4).groups()).isEmpty();
        assertThat(of(3, 4).length().median()).isEqualTo(3.5);
        assertThatIllegalArgumentException().isThrownBy(() -> of()).withMessage("statistics: no clips");
    }

    @Test
    void theHistogramCoversAllLengths() {
        assertThat(of(5, 5, 5, 6, 8).histogram(10, 6)).containsExactly("5  ###### 3", "6  ## 1", "7  0", "8  ## 1");
        assertThat(of(7).histogram(10, 4)).containsExactly("7  #### 1");
        assertThat(of(98, 99, 100, 101, 108).histogram(2, 4)).containsExactly(" 98-103  #### 4", "104-108  # 1");
    }
}
