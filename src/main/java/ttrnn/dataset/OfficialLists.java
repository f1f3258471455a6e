package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a data set's own lists say of its clips, by the clips' names without folder and extension.
 *
 * <ul>
 *   <li>UCF101: {@code trainlist0N.txt}, {@code testlist0N.txt}, a path a line, the class's number after it in the first;
 *   <li>HMDB51: {@code CLASS_test_splitN.txt}, a name and 1 (train), 2 (test) or 0 (neither) a line;
 *   <li>Hollywood2: {@code ClipSets/CLASS_train.txt}, {@code CLASS_test.txt}, a name and 1 or -1 a line;
 *   <li>KTH: no files, but persons: its authors train with eight, validate with eight and test with nine.
 * </ul>
 *
 * @param files how many lists were read
 * @param parts train or test by name
 * @param labels classes by name; empty but for Hollywood2
 * @param number of the split, 0 if there is one only
 */
record OfficialLists(int files, Map<String, String> parts, Map<String, Set<String>> labels, int number) {
    private static final int DEPTH = 4;
    private static final Set<String> KTH_TRAIN = Set.of("11", "12", "13", "14", "15", "16", "17", "18");
    private static final Set<String> KTH_VALIDATION = Set.of("19", "20", "21", "23", "24", "25", "01", "04");

    /** Reads the lists of {@code layout} under {@code folder}; null if it has none there. */
    static @Nullable OfficialLists read(Layout layout, Path folder, int number) {
        Pattern names = switch (layout) {
            case UCF50, UCF101 -> Pattern.compile("(train|test|validation)list0*" + number + "\\.txt");
            case HMDB51 -> Pattern.compile("(.+)_test_split" + number + "\\.txt");
            case HOLLYWOOD2 -> Pattern.compile("(.+)_(train|test|autotrain)\\.txt");
            default -> null;
        };
        if (names == null) {
            return null;
        }
        OfficialLists lists =
                new OfficialLists(0, new HashMap<>(), new HashMap<>(), layout == Layout.HOLLYWOOD2 ? 0 : number);
        int files = 0;
        for (Path file : textFiles(folder)) {
            Matcher m = names.matcher(ClipFiles.name(file));
            boolean other = layout == Layout.HOLLYWOOD2 && !isClipSets(file);
            if (m.matches() && !other) {
                files++;
                lists.read(layout, file, m);
            }
        }
        return files == 0 ? null : new OfficialLists(files, lists.parts, lists.labels, lists.number);
    }

    private static boolean isClipSets(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent != null && ClipFiles.name(parent).equalsIgnoreCase("ClipSets");
    }

    private static List<Path> textFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw DatasetException.usage("no such folder: " + folder);
        }
        try (Stream<Path> walk = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(file -> file.toString().endsWith(".txt"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw DatasetException.data("cannot read " + folder + ": " + e, e);
        }
    }

    private void read(Layout layout, Path file, Matcher name) {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw DatasetException.data("cannot read " + file + ": " + e.getMessage(), e);
        }
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split("\\s+", -1);
            String last = words[words.length - 1];
            String clip = ClipFiles.stem(words[0].substring(words[0].lastIndexOf('/') + 1));
            String where = file + ", line " + number;
            switch (layout) {
                case HMDB51 -> {
                    if (!last.matches("[012]") || words.length != 2) {
                        throw DatasetException.data(
                                where + ": must be a clip and 0, 1 or 2, is \"" + line.strip() + "\"");
                    }
                    if (!last.equals("0")) {
                        put(clip, last.equals("1") ? "train" : "test", where);
                    }
                }
                case HOLLYWOOD2 -> {
                    if (!last.matches("-?1") || words.length != 2) {
                        throw DatasetException.data(
                                where + ": must be a clip and 1 or -1, is \"" + line.strip() + "\"");
                    }
                    // The automatic labels of autotrain are noise by their makers' account: such clips are in no part.
                    if (!name.group(2).equals("autotrain")) {
                        put(clip, name.group(2), where);
                    }
                    if (last.equals("1")) {
                        labels.computeIfAbsent(clip, c -> new TreeSet<>()).add(name.group(1));
                    }
                }
                default -> put(clip, name.group(1), where);
            }
        }
    }

    private void put(String clip, String part, String where) {
        String before = parts.put(clip, part);
        if (before != null && !before.equals(part)) {
            throw DatasetException.data(
                    where + ": " + clip + " is in " + before + " already; it can be in one part only");
        }
    }

    /** The clips with what the lists say of them; those that they give no class are left out where classes come from them. */
    FoundClips applied(FoundClips found) {
        boolean labelled = found.layout() == Layout.HOLLYWOOD2;
        List<ClipEntry> clips = new ArrayList<>();
        Set<String> missing = new HashSet<>(parts.keySet());
        Map<String, Integer> counts = new TreeMap<>();
        int without = 0;
        for (ClipEntry clip : found.clips()) {
            String name = clip.id().substring(clip.id().lastIndexOf('/') + 1);
            String stem = parts.containsKey(name) || labels.containsKey(name) ? name : ClipFiles.stem(name);
            String part = parts.get(stem);
            missing.remove(stem);
            Set<String> own = labels.getOrDefault(stem, Set.of());
            if (labelled && own.isEmpty()) {
                without++;
                continue;
            }
            counts.merge(part == null ? "in none" : part, 1, Integer::sum);
            clips.add(new ClipEntry(
                    clip.id(),
                    labelled ? List.copyOf(own) : clip.labels(),
                    clip.group(),
                    part,
                    clip.source(),
                    clip.file()));
        }
        if (clips.isEmpty()) {
            throw DatasetException.data("the official lists give no class to any clip of " + found.folder());
        }
        List<String> notes = new ArrayList<>(found.notes());
        StringBuilder note = new StringBuilder("official " + (files == 1 ? "list" : files + " lists"));
        note.append(number == 0 ? "" : " of split " + number).append(':');
        counts.forEach(
                (part, n) -> note.append(' ').append(part).append(' ').append(n).append(','));
        note.setLength(note.length() - 1);
        notes.add(note + (missing.isEmpty() ? "" : "; they name " + missing.size() + " more that are not here"));
        if (without > 0) {
            notes.add(without + (without == 1 ? " clip has" : " clips have") + " no class and "
                    + (without == 1 ? "is" : "are") + " left out");
        }
        return new FoundClips(found.folder(), found.layout(), found.why(), clips, notes);
    }

    /** What is known of {@code found} without lists. */
    static FoundClips without(FoundClips found) {
        return switch (found.layout()) {
            case HOLLYWOOD2 ->
                throw DatasetException.usage("no folder ClipSets in " + found.folder()
                        + ": the classes of Hollywood2 are in its lists; name their folder with --lists");
            case KTH -> {
                List<ClipEntry> clips = found.clips().stream()
                        .map(clip -> new ClipEntry(
                                clip.id(), clip.labels(), clip.group(), kthPart(clip), clip.source(), clip.file()))
                        .toList();
                yield new FoundClips(found.folder(), found.layout(), found.why(), clips, found.notes());
            }
            default -> found;
        };
    }

    private static String kthPart(ClipEntry clip) {
        String group = clip.group() == null ? "" : clip.group().toLowerCase(Locale.ROOT);
        String person = group.replaceFirst("person", "");
        return KTH_TRAIN.contains(person) ? "train" : KTH_VALIDATION.contains(person) ? "validation" : "test";
    }
}
