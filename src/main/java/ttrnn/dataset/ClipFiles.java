package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import ttrnn.video.PictureFolder;

/**
 * The clips under a folder, by name: video files, arrays, and folders of pictures that have no clips in them. Hidden files
 * and folders, {@code __MACOSX} and UCF11's {@code Annotation} are passed over, other files are counted.
 *
 * @param clips paths under the folder with {@code /}, and the files, sorted by path
 * @param otherFiles for each folder directly under the source folder how many files in it are not clips
 * @param topFolders names of the folders directly under the source folder, sorted
 */
record ClipFiles(Map<String, Path> clips, Map<String, Integer> otherFiles, List<String> topFolders) {
    /** Also formats that cannot be decoded: a clip of theirs is to be named as bad, not left out in silence. */
    private static final Set<String> EXTENSIONS = Set.of(
            "mpg", "mpeg", "mpe", "m1v", "m2v", "mpv", "vob", "ts", "mts", "m2ts", "avi", "divx", "mp4", "m4v", "mov",
            "3gp", "mkv", "webm", "wmv", "asf", "flv", "ogv", "mjpeg", "mjpg", "npy");

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
        Map<Path, Integer> pictures = new TreeMap<>();
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
                    // A link that leads nowhere is a clip that cannot be read.
                    if (!(attributes.isRegularFile() || attributes.isSymbolicLink())
                            || name(file).startsWith(".")) {
                        return FileVisitResult.CONTINUE;
                    }
                    Path path = folder.relativize(file);
                    if (EXTENSIONS.contains(extension(name(file)).toLowerCase(Locale.ROOT))) {
                        clips.put(slashes(path), file);
                    } else if (path.getNameCount() > 1 && attributes.isRegularFile() && PictureFolder.isPicture(file)) {
                        pictures.merge(file.resolveSibling(""), 1, Integer::sum);
                    } else {
                        String where = path.getNameCount() > 1 ? name(path.getName(0)) : "";
                        others.merge(where, 1, Integer::sum);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    if (failure instanceof FileSystemLoopException) {
                        return FileVisitResult.CONTINUE; // what a link to a folder above leads to is found there
                    }
                    throw DatasetException.data("cannot read " + file + ": " + reason(failure), failure);
                }
            });
        } catch (IOException e) {
            throw DatasetException.data("cannot read " + folder + ": " + reason(e), e);
        }
        addPictures(folder, pictures, clips, others);
        Collections.sort(top);
        return new ClipFiles(clips, others, top);
    }

    /** Pictures beside or above clips are no clip, but thumbnails and the like. */
    private static void addPictures(
            Path folder, Map<Path, Integer> pictures, Map<String, Path> clips, Map<String, Integer> others) {
        Set<Path> above = new HashSet<>();
        Stream.concat(clips.values().stream(), pictures.keySet().stream()).forEach(clip -> {
            for (Path dir = clip.getParent(); dir != null && !dir.equals(folder); dir = dir.getParent()) {
                above.add(dir);
            }
        });
        pictures.forEach((dir, count) -> {
            Path path = folder.relativize(dir);
            if (above.contains(dir)) {
                others.merge(name(path.getName(0)), count, Integer::sum);
            } else {
                clips.put(slashes(path), dir);
            }
        });
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
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

    /** A path without its extension, if it has one of a clip: the name of a folder of pictures may have dots. */
    static String stem(String path) {
        int dot = path.lastIndexOf('.');
        boolean extended = EXTENSIONS.contains(extension(path).toLowerCase(Locale.ROOT));
        return extended && dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }
}
