package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.io.Json;

class SettingsTest {
    @Test
    void aConfigurationComesBackFromItsJson() throws Exception {
        TrainConfig config = TrainConfig.defaults()
                .with(Settings.MODEL, ModelType.LSTM)
                .with(Settings.INPUT_MODES, List.of(3, 4))
                .with(Settings.BIDIRECTIONAL, true)
                .with(Settings.TEST_GROUPS, List.of("a", "b"));
        assertThat(TrainConfig.defaults().with(Json.parse(config.toJson()))).isEqualTo(config);
        assertThat(config).isNotEqualTo(TrainConfig.defaults());
        assertThat(config.toMap().keySet())
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(Setting::name).toList());
    }

    @Test
    void everyConstantIsListedOnce() throws Exception {
        long declared = 0;
        for (Field field : Settings.class.getFields()) {
            if (field.getType() == Setting.class) {
                declared++;
                assertThat(Settings.ALL).as(field.getName()).contains((Setting<?>) field.get(null));
            }
        }
        assertThat(Settings.ALL).hasSize((int) declared).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {"epochs":0}             | epochs: must be at least 1, got 0
                    {"epochs":1.5}           | the field "epochs" must be a whole number, got 1.5
                    {"learningRate":0}       | learningRate: must be more than 0 and at most 10, got 0
                    {"learningRate":1e-20}   |
                    {"recurrentDropout":1}   | recurrentDropout: must be from 0 to below 1, got 1
                    {"clipNorm":-1}          | clipNorm: must be 0 (no limit) or more, got -1
                    {"model":"tt-gnu"}       | model: "tt-gnu" is none of tt-gru, tt-lstm, tt-rnn, gru, lstm, rnn, tt-mlp
                    {"split":"half"}         | split: must be one of group, random, official, got half
                    {"ranks":[0]}            | ranks: must be positive whole numbers, got 0
                    {"ranks":[]}             | ranks: must be positive whole numbers, got
                    {"inputModes":[65536,65536]} | inputModes: must be positive whole numbers with a product of at most 1073741824, got 65536,65536
                    {"shuffle":"no"}         | the field "shuffle" must be true or false, got "no"
                    """)
    void aWrongValueIsToldWithItsName(String json, String message) throws Exception {
        if (message == null) {
            assertThat(TrainConfig.defaults().with(Json.parse(json))).isNotNull();
        } else {
            assertThatThrownBy(() -> TrainConfig.defaults().with(Json.parse(json)))
                    .hasMessage(message.endsWith("got") ? message + " " : message);
        }
    }

    @Test
    void anUnknownSettingIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> TrainConfig.defaults().with(Json.parse("{\"epoch\":3}")))
                .hasMessageStartingWith("unknown setting \"epoch\"; there are model, inputModes, ");
    }

    @Test
    void aListHasCommas() {
        assertThat(Settings.INPUT_MODES.parse("8,20, 20,18")).containsExactly(8, 20, 20, 18);
        assertThat(Settings.RANKS.parse("4")).containsExactly(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    8,x,20     | 'x'
                    8,0        | '0'
                    8,-2       | '-2'
                    8,2.5      | '2.5'
                    8x20       | '8x20'
                    9999999999 | '9999999999'
                    8,,20      | nothing between two commas or at an end
                    8,20,      | nothing between two commas or at an end
                    """)
    void whatIsNoListIsTold(String value, String found) {
        assertThatThrownBy(() -> Settings.INPUT_MODES.parse(value))
                .hasMessage(
                        "'" + value + "' is not a list of positive whole numbers such as 8,20,20,18: it has " + found);
    }

    @Test
    void helpNamesTheChoicesAndTheDefault() {
        assertThat(Settings.MODEL.description())
                .isEqualTo("Kind of model: tt-gru, tt-lstm, tt-rnn, gru, lstm, rnn, tt-mlp (default: tt-gru).");
        assertThat(Settings.INPUT_SCALE.description())
                .isEqualTo("Factor on pixel value - 128; 1 as published (default: 0.015625).");
        assertThat(Settings.MAX_LENGTH.option()).isEqualTo("--max-length");
    }
}
