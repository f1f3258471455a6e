package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ttrnn.nn.GateActivation;
import ttrnn.nn.init.Initializer;
import ttrnn.nn.optim.Adam;
import ttrnn.nn.optim.OptimizerType;
import ttrnn.train.ClipView;
import ttrnn.train.ModelType;
import ttrnn.train.Normalization;
import ttrnn.train.Schedule;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

class PresetsTest {
    private static TrainConfig preset(String name) {
        return Presets.read(name, TrainConfig.defaults());
    }

    /** The settings in which a preset is another than {@code as-published}. */
    private static Map<String, Object> beside(String name) {
        Map<String, Object> published = preset("as-published").toMap();
        Map<String, Object> own = new LinkedHashMap<>(preset(name).toMap());
        own.entrySet().removeIf(entry -> entry.getValue().equals(published.get(entry.getKey())));
        return own;
    }

    @Test
    void asPublishedHasTheAuthorsSettings() {
        TrainConfig config = preset("as-published");
        assertThat(config.model()).isEqualTo(ModelType.TT_GRU);
        assertThat(config.inputModes()).containsExactly(8, 20, 20, 18);
        assertThat(config.outputModes()).containsExactly(4, 4, 4, 4);
        assertThat(config.ranks()).containsExactly(4);
        // The raw value less 128, in the order of the pixels, and frames of zeros masked.
        assertThat(config.inputScale()).isEqualTo(1);
        assertThat(config.get(Settings.NORMALIZE)).isEqualTo(Normalization.NONE);
        assertThat(config.get(Settings.INPUT)).isEqualTo(ClipView.Input.FRAMES);
        assertThat(config.get(Settings.PATCH)).isZero();
        assertThat(config.get(Settings.MASK_GREY)).isTrue();
        assertThat(config.maxLength()).isZero();
        assertThat(config.get(Settings.INITIALIZER)).isEqualTo(Initializer.PUBLISHED);
        assertThat(config.get(Settings.GATE_ACTIVATION)).isEqualTo(GateActivation.HARD_SIGMOID);
        assertThat(config.get(Settings.RESET)).isEqualTo("before");
        assertThat(config.get(Settings.GATE_TRAINS)).isEqualTo("shared");
        // Keras' Adam.
        assertThat(config.get(Settings.OPTIMIZER)).isEqualTo(OptimizerType.ADAM);
        assertThat(config.get(Settings.LEARNING_RATE)).isEqualTo(1e-4);
        assertThat(config.get(Settings.SCHEDULE)).isEqualTo(Schedule.CONSTANT);
        assertThat(config.get(Settings.EPSILON)).isEqualTo(1e-8);
        assertThat(config.get(Settings.ADAM_FORM)).isEqualTo(Adam.Form.KERAS);
        assertThat(config.batchSize()).isEqualTo(16);
        assertThat(config.get(Settings.L2)).isEqualTo(0.01);
        assertThat(config.get(Settings.RECURRENT_DROPOUT)).isEqualTo(0.25);
        // The TT-GRU of their code does not use its dropout.
        assertThat(config.get(Settings.DROPOUT)).isZero();
        assertThat(config.get(Settings.CLIP_NORM)).isZero();
        assertThat(config.get(Settings.CLIP_VALUE)).isZero();
        assertThat(config.get(Settings.LABEL_SMOOTHING)).isZero();
        for (var augmentation : List.of(Settings.SHIFT, Settings.CROP, Settings.ZOOM)) {
            assertThat(config.get(augmentation)).isZero();
        }
        assertThat(config.get(Settings.FLIP)).isFalse();
        assertThat(config.get(Settings.MIRROR)).isFalse();
        assertThat(config.get(Settings.SPLIT)).isEqualTo("random");
    }

    @Test
    void theOtherPublishedPresetsDifferAsTheirSetsDo() {
        assertThat(beside("ucf11")).isEmpty();
        assertThat(beside("as-blogged")).isEqualTo(Map.of("maxLength", 200));
        assertThat(beside("faces")).isEqualTo(Map.of("inputModes", List.of(4, 20, 20, 36)));
        assertThat(beside("hmdb51")).isEqualTo(Map.of("split", "official"));
        assertThat(beside("hollywood2"))
                .isEqualTo(Map.of(
                        "inputModes", List.of(10, 18, 13, 30),
                        "labels", "several",
                        "split", "official"));
    }
}
