package ttrnn.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command found, in both shapes: for {@code --json} and for people.
 *
 * @param json the fields of the one JSON object, in order; values are what Jackson writes (numbers, strings, lists,
 *     maps, records, null)
 * @param text one or more lines
 * @param code DONE, or another code where the result itself is the bad news
 */
record CommandResult(Map<String, Object> json, String text, ExitCode code) {
    CommandResult {
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }

    CommandResult(Map<String, Object> json, String text) {
        this(json, text, ExitCode.DONE);
    }
}
