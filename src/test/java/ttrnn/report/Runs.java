package ttrnn.report;

import java.nio.file.Path;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.testing.TinyStore;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainListener;
import ttrnn.train.TrainRun;

/** Small trainings for the tests of pages. */
final class Runs {
    /** A name that would be read as HTML if it were not escaped. */
    static final String NASTY = "<b>\"&'";

    private Runs() {}

    /** Trains on a store whose dark class has a nasty name; {@code more} are further settings. */
    static Path train(Path folder, String name, String more) throws Exception {
        Path store = folder.resolve("store");
        if (!store.toFile().exists()) {
            TinyStore.write(store, 3, 5, "bright", NASTY);
        }
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":3,"
                        + "\"batchSize\":4,\"learningRate\":0.01}"))
                .with(Json.parse(more));
        Path run = folder.resolve(name);
        new TrainRun(ClipStore.open(store), config)
                .run(RunFolder.create(run), RunOptions.of("test").withSecondsPerEpoch(1), new TrainListener() {});
        return run;
    }
}
