package ttrnn.train;

import java.util.IntSummaryStatistics;
import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.Classifier;
import ttrnn.nn.FrameRows;
import ttrnn.nn.GateActivation;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Buffers;

/**
 * Work done in this process: a batch in one pass, or clip by clip if that would not fit into the heap, which takes more time
 * and changes no bit. Not thread-safe; its operations use the pool within themselves.
 */
final class LocalWork implements ClipWork {
    private final TrainConfig config;
    private final Classifier model;
    private final Draw draw;
    private final HeapEstimate heap;
    private final long heapBytes;
    /** Memory of the steps. */
    private final Buffers buffers = new Buffers();

    LocalWork(TrainConfig config, Classifier model, Augmentation augmentation) {
        this(config, model, augmentation, Runtime.getRuntime().maxMemory());
    }

    /** Work that may take {@code heapBytes}. */
    LocalWork(TrainConfig config, Classifier model, Augmentation augmentation, long heapBytes) {
        this.config = config;
        this.heap = new HeapEstimate(config, model.classes());
        this.heapBytes = heapBytes;
        this.model = model;
        this.draw = new Draw(config, augmentation);
    }

    /** A forward pass and what is differentiated of it. */
    private record Pass(Tape tape, Variable scores, Variable crossEntropy, Gradients gradients) {
        double saturation() {
            return tape.share(GateActivation.SATURATED);
        }
    }

    private Pass pass(int epoch, List<Example> clips, int batch) {
        Tape tape = Tape.recording(buffers);
        FrameRows rows = new FrameRows(draw.frames(epoch, clips), (float) config.inputScale());
        Variable scores = model.scores(tape, rows, draw.masks(epoch, clips));
        Variable crossEntropy = StepLoss.crossEntropy(config, scores, clips, batch);
        Gradients gradients = tape.backward(StepLoss.objective(config, scores, clips, batch, crossEntropy));
        return new Pass(tape, scores, crossEntropy, gradients);
    }

    @Override
    public StepGradients gradients(int epoch, List<Example> batch) {
        if (batch.size() > 1 && !fits(batch)) {
            return clipByClip(epoch, batch);
        }
        Pass pass = pass(epoch, batch, batch.size());
        double loss = pass.crossEntropy().value().item();
        int right = StepGradients.right(pass.scores(), batch);
        return new StepGradients(pass.gradients(), loss, right, pass.saturation());
    }

    private boolean fits(List<Example> batch) {
        IntSummaryStatistics lengths =
                batch.stream().mapToInt(clip -> clip.frames().length()).summaryStatistics();
        return heap.bytes(batch.size(), lengths.getSum(), lengths.getMax()) <= heapBytes;
    }

    private StepGradients clipByClip(int epoch, List<Example> batch) {
        ClipGradients sum = part(epoch, batch.subList(0, 1), batch.size());
        for (int i = 1; i < batch.size(); i++) {
            sum = ClipGradients.sum(List.of(sum, part(epoch, batch.subList(i, i + 1), batch.size())));
        }
        return StepGradients.of(config, model, batch, sum);
    }

    /** The part that {@code clips} have in the gradients of a batch of {@code batch} clips. */
    ClipGradients part(int epoch, List<Example> clips, int batch) {
        Pass pass = pass(epoch, clips, batch);
        float[] flat = new float[Math.toIntExact(model.parameterCount())];
        int from = 0;
        for (Parameter parameter : model.parameters()) {
            float[] gradient = pass.gradients().of(parameter.value()).data();
            System.arraycopy(gradient, 0, flat, from, gradient.length);
            from += gradient.length;
        }
        long[] saturated = pass.tape().counted(GateActivation.SATURATED);
        return new ClipGradients(pass.scores().data().clone(), flat, saturated[0], saturated[1]);
    }

    @Override
    public List<float[]> probabilities(List<Example> examples) {
        return Evaluation.probabilitiesOf(model, examples, config.inputScale());
    }
}
