package ttrnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the clips under a folder, with label and group as the data set's layout gives them. */
public final class Layouts {
    /** The name that lets {@link #find} recognise the layout by the names of the clips. */
    public static final String AUTO = "auto";

    private static final int NAMED_AT_MOST = 3;

    private Layouts() {}

    /** The names that {@link #find} takes, {@link #AUTO} first. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(AUTO));
        Arrays.stream(Layout.values()).map(Layout::option).sorted().forEach(names::add);
        return List.copyOf(names);
    }

    /**
     * Finds all clips under {@code folder}; official lists, if the layout has any, are looked for among them.
     *
     * @param layout one of {@link #names}
     * @throws DatasetException if there is no such folder or layout, no clip, a class folder without clips, or a clip
     *     whose name does not fit the layout
     */
    public static FoundClips find(Path folder, String layout) {
        return find(folder, layout, null, 1);
    }

    /**
     * Finds all clips under {@code folder}, or those that a list names.
     *
     * @param folder the clips' folder, or a list of clips {@code .csv}
     * @param layout one of {@link #names}
     * @param lists where the official lists are; null for {@code folder}
     * @param number which of several official splits
     */
    public static FoundClips find(Path folder, String layout, @Nullable Path lists, int number) {
        if (!names().contains(layout.toLowerCase(Locale.ROOT))) {
            throw DatasetException.usage("no layout " + layout + ": choose one of " + String.join(", ", names()));
        }
        boolean auto = layout.equalsIgnoreCase(AUTO);
        Layout chosen = auto ? null : Layout.valueOf(layout.toUpperCase(Locale.ROOT));
        if (chosen == Layout.CSV || (auto && CsvLayout.isList(folder))) {
            return CsvLayout.find(folder, auto);
        }
        ClipFiles files = ClipFiles.under(folder);
        if (files.clips().isEmpty()) {
            int others = files.otherFiles().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            throw DatasetException.data("no clips in " + folder + ": "
                    + (others == 0 ? "it has no files" : "none of its " + others + " files is a video by its extension")
                    + "; put clips there as class/clip.mpg or .avi");
        }
        FoundClips found = chosen == null
                ? recognise(folder, files)
                : entries(folder, files, chosen, "layout " + chosen.option() + ", as asked for");
        OfficialLists official = OfficialLists.read(found.layout(), lists == null ? folder : lists, number);
        if (official == null && lists != null) {
            throw DatasetException.usage(
                    "no official lists of layout " + found.layout().option() + " in " + lists);
        }
        return official == null ? OfficialLists.without(found) : official.applied(found);
    }

    /** The first layout that fits more than half of the names: its odd ones are then an error, not a silent change. */
    private static FoundClips recognise(Path folder, ClipFiles files) {
        int all = files.clips().size();
        for (Layout layout : Layout.values()) {
            long fitting = files.clips().keySet().stream()
                    .filter(path -> layout.recognises(ClipFiles.stem(path)))
                    .count();
            if (2 * fitting > all) {
                String why = "layout " + layout.option() + ", since " + fitting + " of " + all
                        + (all == 1 ? " clip is named " : " clips are named ") + layout.pattern()
                        + (layout == Layout.UCF101 ? " (ucf50 is named alike)" : "");
                return entries(folder, files, layout, why);
            }
        }
        throw DatasetException.data("no layout recognised in " + folder + ": most clips, such as "
                + files.clips().keySet().iterator().next() + ", lie outside of class folders; sort them as class/clip");
    }

    private static FoundClips entries(Path folder, ClipFiles files, Layout layout, String why) {
        List<String> notes = checkFolders(folder, files, layout);
        Map<String, Integer> stems = new HashMap<>();
        files.clips().keySet().forEach(path -> stems.merge(ClipFiles.stem(path), 1, Integer::sum));
        Map<String, ClipEntry> clips = new TreeMap<>();
        List<String> strangers = new ArrayList<>();
        files.clips().forEach((path, file) -> {
            String stem = ClipFiles.stem(path);
            Layout.Naming naming = layout.parse(stem);
            if (naming == null) {
                strangers.add(path);
            } else {
                String id = stems.getOrDefault(stem, 1) > 1 ? path : stem;
                ClipEntry twin =
                        clips.put(id, new ClipEntry(id, List.of(naming.label()), naming.group(), null, path, file));
                if (twin != null) {
                    throw DatasetException.data(
                            twin.source() + " and " + path + " in " + folder + " would have the same id: rename one");
                }
            }
        });
        if (!strangers.isEmpty()) {
            throw DatasetException.data(named(strangers, folder) + " not named as layout " + layout.option()
                    + " has it (" + layout.pattern() + "): rename or remove, or choose another --layout"
                    + (layout == Layout.FOLDERS ? "" : "; folders takes the folders' names for classes"));
        }
        return new FoundClips(folder, layout, why, List.copyOf(clips.values()), notes);
    }

    private static List<String> checkFolders(Path folder, ClipFiles files, Layout layout) {
        List<String> empty = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String name : files.topFolders()) {
            if (files.clips().keySet().stream().noneMatch(path -> path.startsWith(name + "/") || path.equals(name))) {
                int others = files.otherFiles().getOrDefault(name, 0);
                if (layout.labelIsFolder() || others == 0) {
                    empty.add(name);
                } else {
                    notes.add("folder " + name + " has no clips and is left out");
                }
            }
        }
        if (!empty.isEmpty()) {
            throw DatasetException.data("no clips in class folder" + (empty.size() > 1 ? "s " : " ")
                    + String.join(", ", empty) + " of " + folder + ": add clips or remove the folder");
        }
        int others =
                files.otherFiles().values().stream().mapToInt(Integer::intValue).sum();
        if (others > 0) {
            notes.add(others + (others == 1 ? " file that is no video is" : " files that are no videos are")
                    + " left out");
        }
        return notes;
    }

    private static String named(List<String> paths, Path folder) {
        String first = String.join(", ", paths.subList(0, Math.min(NAMED_AT_MOST, paths.size())));
        int more = paths.size() - NAMED_AT_MOST;
        return first + (more > 0 ? " and " + more + " more" : "") + " in " + folder
                + (paths.size() == 1 ? " is" : " are");
    }
}
