package ttrnn.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import ttrnn.io.Json;
import ttrnn.io.NpyFrameWriter;
import ttrnn.tensor.Rng;

/** A store of noise of 8x6 pixels whose brightness tells the class: groups a, b, c, d with a clip of each of two classes. */
public final class TinyStore {
    private static final int WIDTH = 8;
    private static final int HEIGHT = 6;

    private TinyStore() {}

    /** Writes it; {@code clips} of each group and class. */
    public static Path write(Path store, int clips, long seed) throws IOException {
        return write(store, clips, seed, "bright", "dark");
    }

    /** The same with other names for the bright class and the dark one. */
    public static Path write(Path store, int clips, long seed, String bright, String dark) throws IOException {
        Files.createDirectories(store.resolve("frames"));
        Files.writeString(
                store.resolve("store.json"),
                "{\"format\":1,\"settings\":{\"layout\":\"folders\",\"width\":8,\"height\":6,\"every\":1,"
                        + "\"framesPerSecond\":0,\"maxFrames\":0}}");
        StringBuilder lines = new StringBuilder();
        for (boolean isBright : new boolean[] {true, false}) {
            String kind = isBright ? "bright" : "dark";
            for (String group : new String[] {"a", "b", "c", "d"}) {
                for (int n = 0; n < clips; n++) {
                    // Of one width, since a store's clips are sorted by their ids.
                    String number = "0"
                                    .repeat(String.valueOf(clips - 1).length()
                                            - String.valueOf(n).length())
                            + n;
                    String id = kind + "-" + group + "-" + number;
                    Rng rng = new Rng(seed).split(id);
                    int frames = 3 + rng.nextInt(4);
                    lines.append(Json.line(clip(store, id, isBright ? bright : dark, group, frames, rng)))
                            .append('\n');
                }
            }
        }
        Files.writeString(store.resolve("clips.jsonl"), lines);
        return store;
    }

    private static Map<String, Object> clip(Path store, String id, String label, String group, int frames, Rng rng)
            throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        try (NpyFrameWriter writer = new NpyFrameWriter(store.resolve("frames/" + id + ".npy"), HEIGHT, WIDTH)) {
            byte[] frame = new byte[WIDTH * HEIGHT * 3];
            for (int t = 0; t < frames; t++) {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (byte) ((id.startsWith("bright") ? 60 : 20) + rng.nextInt(150));
                }
                writer.write(frame);
            }
            line.put("id", id);
            line.put("label", label);
            line.put("group", group);
            line.put("frames", frames);
            line.put("framesPerSecond", 25);
            line.put("width", WIDTH);
            line.put("height", HEIGHT);
            line.put("source", id + ".avi");
            line.put("sha256", writer.finish());
        }
        return line;
    }
}
