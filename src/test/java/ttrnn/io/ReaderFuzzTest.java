package ttrnn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Fuzz;
import ttrnn.testing.HeaderMutator;
import ttrnn.testing.Mutants;
import ttrnn.testing.Mutator;
import ttrnn.testing.ZipMutator;

/** Mutants of the files that {@link Safetensors}, {@link Npy} and {@link Npz} read. */
@Timeout(7200)
class ReaderFuzzTest {
    /** The files themselves have some hundred bytes; a reader may buffer, but must not believe what they claim. */
    private static final long MOST_BYTES = 4 << 20;

    @TempDir
    Path folder;

    private static final Map<String, Tensor> TENSORS = Map.of(
            "a", Tensor.of(new float[] {1, 2, 3}, 3),
            "b.c", Tensor.of(new float[6], 2, 3),
            "empty", Tensor.of(new float[0], 0, 4),
            "rnn.core.0", Tensor.of(new float[24], 1, 2, 3, 4));

    @Test
    void safetensors() throws IOException {
        List<byte[]> good = new ArrayList<>();
        Path file = folder.resolve("good");
        Safetensors.write(file, TENSORS, Map.of("format", "1", "config", "{\"x\":[1,2]}"));
        good.add(Files.readAllBytes(file));
        Safetensors.write(file, Map.of("a", Tensor.of(new float[1], 1)), Map.of());
        good.add(Files.readAllBytes(file));
        Safetensors.write(file, Map.of(), Map.of("only", "metadata"));
        good.add(Files.readAllBytes(file));
        Mutants mutants = Mutants.mostly(HeaderMutator.safetensors(good, 21), new Mutator(good, 11));
        new Fuzz("safetensors", mutants, MOST_BYTES).run(folder, Safetensors::read);
    }

    @Test
    void npy() throws IOException {
        List<byte[]> good = new ArrayList<>();
        Path file = folder.resolve("good");
        Npy.writeBytes(file, new byte[24], 2, 2, 2, 3);
        good.add(Files.readAllBytes(file));
        Npy.writeFloats(file, Tensor.of(new float[6], 2, 3));
        good.add(Files.readAllBytes(file));
        Mutants mutants = Mutants.mostly(HeaderMutator.npy(good, 22), new Mutator(good, 12));
        new Fuzz("npy", mutants, MOST_BYTES).run(folder, mutant -> {
            NpyHeader header = Npy.readHeader(mutant);
            switch (header.type()) {
                case UINT8 -> Npy.readBytes(mutant);
                case INT32 -> Npy.readInts(mutant);
                default -> Npy.readFloats(mutant);
            }
        });
    }

    @Test
    void npz() throws IOException {
        Path file = folder.resolve("good");
        Npz.write(file, TENSORS);
        byte[] packed = NpzTest.zip(true, "arr_0.npy", NpzTest.array("<f8", "(3,)", 24));
        List<byte[]> good = List.of(Files.readAllBytes(file), packed);
        Mutants mutants = Mutants.mostly(new ZipMutator(good, 23), new Mutator(good, 13));
        new Fuzz("npz", mutants, MOST_BYTES).run(folder, Npz::read);
    }
}
