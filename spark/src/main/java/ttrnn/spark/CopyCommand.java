package ttrnn.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import ttrnn.io.Json;

/**
 * {@code copy FROM TO}: a store from one place to another, each a folder or an address that Hadoop's FileSystem knows, such as
 * {@code hdfs://…}. Frames first, a clip a task; the manifest last, so that a store that was not copied whole is not complete.
 */
final class CopyCommand {
    private static final String MANIFEST = "clips.jsonl";
    private static final List<String> BESIDE = List.of("bad.jsonl", "store.json");

    private CopyCommand() {}

    static String run(JavaSparkContext spark, String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("copy: say copy FROM TO, two places of a store");
        }
        Path from = new Path(args[0]);
        Path to = new Path(args[1]);
        Configuration hadoop = spark.hadoopConfiguration();
        FileSystem source = from.getFileSystem(hadoop);
        if (!source.exists(new Path(from, MANIFEST))) {
            throw new IllegalArgumentException("copy: " + from + " is no complete store, it has no " + MANIFEST);
        }
        List<String> files = frames(source, new Path(from, MANIFEST));
        FileSystem target = to.getFileSystem(hadoop);
        target.delete(new Path(to, MANIFEST), false);
        HashMap<String, String> settings = new HashMap<>();
        for (Map.Entry<String, String> entry : hadoop) {
            settings.put(entry.getKey(), entry.getValue());
        }
        Copy copy = new Copy(from.toString(), to.toString(), settings);
        int tasks = Math.max(1, Math.min(files.size(), Tasks.ofSmallPieces(spark)));
        long bytes = Failures.told(
                () -> spark.parallelize(files, tasks).mapPartitions(copy).reduce(Long::sum));
        for (String name : BESIDE) {
            if (source.exists(new Path(from, name))) {
                bytes += one(source, from, target, to, name);
            }
        }
        bytes += one(source, from, target, to, MANIFEST);
        return files.size() + " clips, " + bytes + " bytes copied to " + to + "\n";
    }

    private static List<String> frames(FileSystem source, Path manifest) throws IOException {
        List<String> files = new ArrayList<>();
        try (InputStream in = source.open(manifest)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank()) {
                    files.add("frames/" + Json.parse(line).string("id") + ".npy");
                }
            }
        }
        return files;
    }

    /** On an executor. */
    private record Copy(String from, String to, HashMap<String, String> settings)
            implements FlatMapFunction<Iterator<String>, Long>, Serializable {
        @Override
        public Iterator<Long> call(Iterator<String> names) throws IOException {
            Configuration hadoop = new Configuration();
            settings.forEach(hadoop::set);
            Path source = new Path(from);
            Path target = new Path(to);
            long bytes = 0;
            while (names.hasNext()) {
                bytes += one(source.getFileSystem(hadoop), source, target.getFileSystem(hadoop), target, names.next());
            }
            return List.of(bytes).iterator();
        }
    }

    /** Copies a file under another name, then gives it its own. A copy of the right length that is there is left as it is. */
    private static long one(FileSystem source, Path from, FileSystem target, Path to, String name) throws IOException {
        Path original = new Path(from, name);
        Path place = new Path(to, name);
        long length = source.getFileStatus(original).getLen();
        if (name.startsWith("frames/")
                && target.exists(place)
                && target.getFileStatus(place).getLen() == length) {
            return 0;
        }
        Path temporary = new Path(place.getParent(), "." + place.getName() + "." + JobName.fresh() + ".tmp");
        try (InputStream in = source.open(original);
                var out = target.create(temporary, true)) {
            in.transferTo(out);
        }
        if (!renamed(target, temporary, place)) {
            // HDFS renames over nothing: what is there is another attempt's, or an older copy.
            target.delete(place, false);
            if (!renamed(target, temporary, place)) {
                target.delete(temporary, false);
                throw new IOException("copy: " + place + " cannot be put in its place");
            }
        }
        return length;
    }

    private static boolean renamed(FileSystem target, Path temporary, Path place) throws IOException {
        return target.rename(temporary, place);
    }
}
