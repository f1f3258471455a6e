import java.util.ArrayList;
import java.util.List;
import ttrnn.io.Json;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.train.Augmentation;
import ttrnn.train.EpochMetrics;
import ttrnn.train.Evaluation;
import ttrnn.train.Example;
import ttrnn.train.Models;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainListener;
import ttrnn.train.Trainer;

/** Trains on clips made in memory: a bright dot that moves to the left or to the right. java -cp ttrnn.jar MovingDots.java */
public final class MovingDots {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 8;
    private static final int LENGTH = 8;
    private static final int FRAME = WIDTH * HEIGHT * 3;

    public static void main(String[] args) throws Exception {
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\": [8, 6, 8], \"outputModes\": [4, 2, 2], \"ranks\": [4],"
                        + " \"epochs\": 25, \"batchSize\": 8, \"learningRate\": 0.01, \"recurrentDropout\": 0}"));
        Classifier model = Models.create(config, 2);
        TrainListener listener = new TrainListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                if (metrics.epoch() % 5 == 0) {
                    System.out.println("epoch " + metrics.epoch() + ": accuracy " + metrics.accuracy());
                }
            }
        };
        Augmentation none = new Augmentation(0, 0, WIDTH, HEIGHT);
        new Trainer(config, model, clips(0, 120), clips(120, 40), none, listener).run();
        double accuracy = Evaluation.of(model, clips(160, 40), config.inputScale()).accuracy();
        System.out.println("accuracy on clips it has not seen: " + accuracy);
    }

    private static List<Example> clips(int first, int count) {
        List<Example> clips = new ArrayList<>();
        for (int n = first; n < first + count; n++) {
            Rng rng = new Rng(n);
            int row = rng.nextInt(HEIGHT - 1);
            int start = rng.nextInt(WIDTH);
            byte[] bytes = new byte[LENGTH * FRAME]; // [time, height, width, 3]
            for (int t = 0; t < LENGTH; t++) {
                int column = Math.floorMod(start + (n % 2 == 0 ? -t : t), WIDTH);
                for (int i = 0; i < 12; i++) { // two by two pixels
                    int y = row + i / 6;
                    int x = (column + i / 3 % 2) % WIDTH;
                    bytes[t * FRAME + 3 * (y * WIDTH + x) + i % 3] = (byte) 255;
                }
            }
            clips.add(new Example("clip " + n, FrameSequence.of(bytes, LENGTH, FRAME), n % 2));
        }
        return clips;
    }
}
