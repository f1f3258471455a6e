package ttrnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import ttrnn.io.Json;
import ttrnn.train.TrainConfig;

/** The configurations of {@code data/configs}, which are in the jar too. */
final class Presets {
    /** For help; a test holds that there is a file for each. */
    static final String NAMES = "ttrnn, ttrnn-motion, as-published, as-blogged, ucf11, hollywood2, faces, hmdb51, demo";

    private Presets() {}

    /** For the completion of a shell. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    static List<String> names() {
        return List.of(NAMES.split(", "));
    }

    /** {@code base} with the settings of a preset. */
    static TrainConfig read(String name, TrainConfig base) {
        if (!names().contains(name)) {
            throw CliException.usage("--preset", "there is no preset \"" + name + "\"; there are " + NAMES);
        }
        try (InputStream in = Presets.class.getResourceAsStream("/ttrnn/configs/" + name + ".json")) {
            if (in == null) {
                throw new IOException("no file of the preset " + name + " in the jar");
            }
            return base.with(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e); // the files are part of the program
        }
    }
}
