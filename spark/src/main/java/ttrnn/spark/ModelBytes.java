package ttrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ttrnn.train.ModelFile;

/** A model file in memory, to be sent. */
final class ModelBytes {
    private ModelBytes() {}

    static byte[] of(ModelFile model) {
        return inFolder(folder -> {
            Path file = folder.resolve(ModelFile.NAME);
            model.write(file);
            return Files.readAllBytes(file);
        });
    }

    static ModelFile read(byte[] bytes) {
        return inFolder(folder -> {
            Path file = folder.resolve(ModelFile.NAME);
            Files.write(file, bytes);
            return ModelFile.read(file);
        });
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(Path folder) throws IOException;
    }

    private static <T> T inFolder(Use<T> use) {
        try {
            Path folder = Files.createTempDirectory("ttrnn");
            try {
                return use.of(folder);
            } finally {
                Files.deleteIfExists(folder.resolve(ModelFile.NAME));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
