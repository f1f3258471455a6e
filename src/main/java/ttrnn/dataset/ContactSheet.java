package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ttrnn.io.AtomicFile;
import ttrnn.tensor.FrameSequence;
import ttrnn.video.PictureSheet;

/**
 * A sheet of frames: a row for each class, in it the first, middle and last frame of some of its clips, so that swapped
 * colours, garbage and wrong classes are seen at a glance.
 */
public final class ContactSheet {
    /** Clips in a row, at most. */
    public static final int MOST_CLIPS = 20;

    private static final int FRAMES = 3;
    private static final int WIDEST = 160;
    private static final int MOST_ROWS = 200;
    private static final int GAP = 4;

    private final List<String> classes;
    private final PictureSheet sheet;

    private ContactSheet(List<String> classes, PictureSheet sheet) {
        this.classes = classes;
        this.sheet = sheet;
    }

    /** Draws {@code clips} clips of each class, at equal distances among them; of very many classes the first ones. */
    public static ContactSheet of(ClipStore store, int clips) {
        List<String> classes = store.classes();
        classes = classes.subList(0, Math.min(MOST_ROWS, classes.size()));
        int shrink = (store.width() + WIDEST - 1) / WIDEST;
        int width = store.width() / shrink;
        int height = Math.max(1, store.height() / shrink);
        int columns = clips * FRAMES;
        int rowHeight = height + PictureSheet.LINE + 2 * GAP;
        PictureSheet sheet =
                new PictureSheet(GAP + columns * (width + GAP) + (clips - 1) * GAP, GAP + classes.size() * rowHeight);
        byte[] frame = new byte[store.frameSize()];
        for (int row = 0; row < classes.size(); row++) {
            String label = classes.get(row);
            int top = GAP + row * rowHeight;
            List<ClipRecord> all = store.clips().stream()
                    .filter(clip -> clip.labels().contains(label))
                    .toList();
            sheet.text(GAP, top, label + "  " + all.size());
            int shown = Math.min(clips, all.size());
            for (int c = 0; c < shown; c++) {
                ClipRecord clip = all.get((int) ((2L * c + 1) * all.size() / (2L * shown)));
                FrameSequence frames = store.frames(clip);
                int[] numbers = {0, clip.frames() / 2, clip.frames() - 1};
                for (int f = 0; f < FRAMES; f++) {
                    frames.read(numbers[f], 1, frame, 0);
                    int left = GAP + (c * FRAMES + f) * (width + GAP) + c * GAP;
                    sheet.picture(left, top + PictureSheet.LINE, frame, store.width(), store.height(), shrink);
                }
            }
        }
        return new ContactSheet(new ArrayList<>(classes), sheet);
    }

    /** The classes that have a row, from above. */
    public List<String> classes() {
        return List.copyOf(classes);
    }

    /** Width of the sheet in pixels. */
    public int width() {
        return sheet.width();
    }

    /** Height of the sheet in pixels. */
    public int height() {
        return sheet.height();
    }

    /** Red, green, blue at a place, for tests. */
    int[] pixel(int x, int y) {
        return Arrays.copyOf(sheet.pixel(x, y), 3);
    }

    /** Writes the sheet as a PNG file, whole or not at all. */
    public void write(Path file) throws IOException {
        byte[] png = sheet.png();
        try (AtomicFile target = AtomicFile.create(file)) {
            target.write(0, png, 0, png.length);
            target.commit();
        }
    }
}
