package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void fieldsComeBackByType() throws IOException {
        JsonObject json = Json.parse("{\"s\":\"a\",\"i\":3,\"d\":0.5,\"b\":true,\"n\":null,\"l\":[1,2],\"t\":[\"x\"],"
                + "\"o\":{\"k\":\"v\"}}");
        assertThat(json.string("s")).isEqualTo("a");
        assertThat(json.integer("i")).isEqualTo(3);
        assertThat(json.number("i")).isEqualTo(3);
        assertThat(json.number("d")).isEqualTo(0.5);
        assertThat(json.bool("b")).isTrue();
        assertThat(json.optionalString("n")).isNull();
        assertThat(json.sizes("l")).containsExactly(1, 2);
        assertThat(json.strings("t")).containsExactly("x");
        assertThat(json.object("o").string("k")).isEqualTo("v");
    }

    @Test
    void aFieldOfAnotherTypeIsNamedWithWhatItIs() throws IOException {
        JsonObject json = Json.parse("{\"s\":\"a\",\"d\":1.5,\"n\":null,\"i\":-1}");
        assertThatIOException().isThrownBy(() -> json.string("x")).withMessage("the field \"x\" is missing");
        assertThatIOException()
                .isThrownBy(() -> json.integer("s"))
                .withMessage("the field \"s\" must be a whole number, got \"a\"");
        assertThatIOException()
                .isThrownBy(() -> json.integer("d"))
                .withMessage("the field \"d\" must be a whole number, got 1.5");
        assertThatIOException()
                .isThrownBy(() -> json.string("n"))
                .withMessage("the field \"n\" must be a string, got null");
        assertThatIOException()
                .isThrownBy(() -> json.integer("i", 0))
                .withMessage("the field \"i\" must be a whole number from 0 to 2147483647, got -1");
    }

    @Test
    void doublesAreWrittenInTheirShortestForm() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", 30000.0 / 1001);
        // Double.toString of Java 17 gives 1.9999999999999998E23.
        // till 18.
        map.put("large", 2.0E23);
        map.put("list", List.of(1, 0.1, "a"));
        assertThat(Json.line(map)).isEqualTo("{\"rate\":29.97002997002997,\"large\":2.0E23,\"list\":[1,0.1,\"a\"]}");
        assertThat(Json.pretty(Map.of("a", 1))).isEqualTo("{\n  \"a\" : 1\n}\n");
    }

    @Test
    void whatIsNoObjectIsRefusedInOneLine() {
        for (String text : new String[] {"", "null", "[]", "3", "{\"a\":1}x", "{\"a\":NaN}", "{\"a\":1,\"a\":2}"}) {
            assertThatIOException()
                    .as(text)
                    .isThrownBy(() -> Json.parse(text))
                    .withMessageStartingWith("json: ")
                    .withMessageNotContaining("\n");
        }
    }
}
