package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import ttrnn.video.ClipException;
import ttrnn.video.ClipFormat;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameSource;
import ttrnn.video.Picture;

/**
 * Clips whose files are scripts, such as {@code frames=10 rate=25 throw=5}: frames in all, frames a second, the frame
 * before which decoding throws, {@code unclean=N} the frame from which on the report is not clean, {@code bug=N} the frame
 * at which the decoder fails with an exception that is none of a clip's, {@code pause=N} milliseconds a frame. Frame t is
 * grey of level 16 + t % 200. Anything else is no clip. Counts what is open.
 */
final class ScriptedClips implements ClipOpener {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();

    static Path write(Path folder, String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, script);
    }

    @Override
    public FrameSource open(Path clip) throws IOException {
        Map<String, Integer> script = new HashMap<>();
        for (String word : Files.readString(clip).split(" ", -1)) {
            String[] pair = word.split("=", -1);
            if (pair.length != 2) {
                throw new ClipException("no clip: starts with \"" + word + "\"");
            }
            script.put(pair[0], Integer.parseInt(pair[1]));
        }
        opened.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new Source(script);
    }

    private final class Source implements FrameSource {
        private final Map<String, Integer> script;
        private final byte[] luma = new byte[32 * 24];
        private final byte[] chroma = new byte[16 * 12];
        private int at;

        Source(Map<String, Integer> script) {
            this.script = script;
            Arrays.fill(chroma, (byte) 128);
        }

        private boolean reached(String word) {
            Integer frame = script.get(word);
            return frame != null && at >= frame;
        }

        @Override
        public ClipFormat format() {
            return new ClipFormat("script", "none", 32, 24, script.getOrDefault("rate", 25));
        }

        @Override
        public @Nullable Picture next() throws ClipException {
            if (reached("throw")) {
                throw new ClipException("broken at frame " + at);
            }
            if (reached("bug")) {
                throw new ArrayIndexOutOfBoundsException("64");
            }
            if (reached("frames")) {
                return null;
            }
            try {
                Thread.sleep(script.getOrDefault("pause", 0));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Arrays.fill(luma, (byte) (16 + at % 200));
            at++;
            return new Picture(32, 24, luma, chroma, chroma, 32, 16, false);
        }

        @Override
        public DecodeReport report() {
            Integer unclean = script.get("unclean");
            int whole = unclean == null ? at : Math.min(at, unclean);
            return new DecodeReport(at, whole, unclean != null && at > unclean ? 2 : 0, 0, false);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
