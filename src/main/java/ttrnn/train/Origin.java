package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a training comes from. The same origin gives the same model.
 *
 * @param version of this program
 * @param config of the training
 * @param data a hash of the clips: what they are, and their frames
 */
record Origin(String version, TrainConfig config, String data) {
    /** What {@code now} has that this had not, a few words each; empty if a training may go on. */
    List<String> changes(Origin now) {
        List<String> changes = new ArrayList<>();
        Map<String, Object> was = config.toMap();
        now.config.toMap().forEach((name, value) -> {
            if (!value.equals(was.get(name))) {
                changes.add(name + " was " + was.get(name) + " and is " + value);
            }
        });
        if (!data.equals(now.data)) {
            changes.add("the clips are others");
        }
        if (!version.equals(now.version)) {
            changes.add("the version was " + version + " and is " + now.version);
        }
        return changes;
    }

    boolean sameData(Origin other) {
        return data.equals(other.data);
    }
}
