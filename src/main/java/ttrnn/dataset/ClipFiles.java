package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The video files under a folder, by name. Hidden files and folders, {@code __MACOSX} and UCF11's {@code Annotation} are
 * passed over, other files are counted.
 *
 * @param clips paths under the folder with {@code /}, and the files, sorted by path
 * @param otherFiles for each folder directly under the source folder how many files in it are not clips
 * @param topFolders names of the folders directly under the source folder, sorted
 */
record ClipFiles(Map<String, Path> clips, Map<String, Integer> otherFiles, List<String> topFolders) {
    /** Also formats that cannot be decoded: a clip of theirs is to be named as bad, not left out in silence. */
    private static final Set<String> EXTENSIONS = Set.of(
            "mpg", "mpeg", "mpe", "m1v", "m2v", "mpv", "vob", "ts", "mts", "m2ts", "avi", "divx", "mp4", "m4v", "mov",
            "3gp", "mkv", "webm", "wmv", "asf", "flv", "ogv", "mjpeg", "mjpg");

    static ClipFiles under(Path folder) {
        if (!Files.exists(folder)) {
            throw DatasetException.usage("no such folder: " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw DatasetException.usage(folder + " is a file: name the folder that holds the clips");
        }
        Map<String, Path> clips = new TreeMap<>();
        Map<String, Integer> others = new TreeMap<>();
        List<String> top = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 32, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    if (dir.equals(folder)) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (passedOver(name(dir))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (folder.equals(dir.getParent())) {
                        top.add(name(dir));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isRegularFile() || name(file).startsWith(".")) {
                        return FileVisitResult.CONTINUE;
                    }
                    Path path = folder.relativize(file);
                    if (EXTENSIONS.contains(extension(name(file)).toLowerCase(Locale.ROOT))) {
                        clips.put(slashes(path), file);
                    } else {
                        String where = path.getNameCount() > 1 ? name(path.getName(0)) : "";
                        others.merge(where, 1, Integer::sum);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw DatasetException.data("cannot read " + folder + ": " + e, e);
        }
        Collections.sort(top);
        return new ClipFiles(clips, others, top);
    }

    private static boolean passedOver(String folder) {
        return folder.startsWith(".") || folder.equals("__MACOSX") || folder.equalsIgnoreCase("annotation");
    }

    /** The last name of a path that has one. */
    static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String slashes(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path part : path) {
            text.append(text.isEmpty() ? "" : "/").append(part);
        }
        return text.toString();
    }

    /** What follows the last dot of a file's name, or nothing. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /** A path without its extension. */
    static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }
}
