package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ttrnn.train.ModelFile;

/** The argument MODEL of a command: the folder of a run, or a model file. */
final class ModelArgument {
    private ModelArgument() {}

    /** Reads the model; a path that does not exist is a mistake of the command line. */
    static ModelFile read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw CliException.usage(path.toString(), "no such model; name the folder of a run or a .safetensors file");
        }
        return ModelFile.read(path);
    }
}
