package ttrnn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The reference clips and fixtures, which are not part of the repository: a directory named by the environment
 * variable or system property {@code TTRNN_REFERENCE}, {@code ../shared} if neither is set. Tests are skipped where it
 * is absent.
 */
public final class ReferenceData {
    private static final String NAME = "TTRNN_REFERENCE";
    private static final String DEFAULT = "../shared";

    private ReferenceData() {}

    /** A file below the reference directory; skips the calling test if it is not there. */
    public static Path file(String relative) {
        Path file = root().resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(file),
                () -> "no reference data: " + file + " is missing; set " + NAME + " to its directory");
        return file;
    }

    /** A JSON fixture; skips the calling test if it is not there. */
    public static JsonNode json(String relative) {
        try {
            return new ObjectMapper().readTree(file(relative).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String named = System.getProperty(NAME, System.getenv(NAME));
        return Path.of(named == null ? DEFAULT : named).toAbsolutePath().normalize();
    }
}
