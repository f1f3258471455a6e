package ttrnn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The reference data: clips and arrays that are not part of the project. */
public final class Reference {
    private Reference() {}

    /**
     * A folder of the reference data, which lies where the environment variable or property TTRNN_REFERENCE says, else in
     * ../shared. Where it is absent the calling test is skipped.
     */
    public static Path folder(String name) {
        String root = System.getProperty("TTRNN_REFERENCE", System.getenv("TTRNN_REFERENCE"));
        Path folder = Path.of(root == null ? "../shared" : root).resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "no reference data in " + folder + ": set TTRNN_REFERENCE to its folder");
        return folder;
    }
}
