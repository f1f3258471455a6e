package ttrnn.autograd;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.GradientCase;
import ttrnn.testing.Tensors;

/** Where the gradient of every public operation is checked, by its signature. */
public final class OperationCases {
    /** Farther from a kink than two steps of the check. */
    private static final float KINK_MARGIN = 0.05f;

    private static final SortedMap<String, GradientCase.Source> CASES = new TreeMap<>();

    static {
        elementwise();
        exponentials();
        selections();
        products();
        reductions();
        sequences();
        shaping();
        losses();
    }

    private OperationCases() {}

    /** All cases. */
    public static SortedMap<String, GradientCase.Source> all() {
        return CASES;
    }

    private static void elementwise() {
        register("Elementwise.add(Variable, Variable)", seed -> binary(seed, Elementwise::add));
        register("Elementwise.subtract(Variable, Variable)", seed -> binary(seed, Elementwise::subtract));
        register("Elementwise.multiply(Variable, Variable)", seed -> binary(seed, Elementwise::multiply));
        register("Elementwise.divide(Variable, Variable)", seed -> binary(seed, Elementwise::divide, 1.5f));
        register("Elementwise.negate(Variable)", seed -> unary(Elementwise::negate, Tensors.normal(seed, 3, 5)));
        register(
                "Elementwise.scale(Variable, float)",
                seed -> unary(x -> Elementwise.scale(x, -1.7f), Tensors.normal(seed, 3, 5)));
        register(
                "Elementwise.addScalar(Variable, float)",
                seed -> unary(x -> Elementwise.square(Elementwise.addScalar(x, 0.6f)), Tensors.normal(seed, 3, 5)));
        register("Elementwise.square(Variable)", seed -> unary(Elementwise::square, Tensors.normal(seed, 3, 5)));
        register("Elementwise.sqrt(Variable)", seed -> unary(Elementwise::sqrt, positive(seed, 3, 5)));
        register("Elementwise.abs(Variable)", seed -> unary(Elementwise::abs, awayFrom(0, seed, 3, 5)));
        register("Elementwise.relu(Variable)", seed -> unary(Elementwise::relu, awayFrom(0, seed, 3, 5)));
        register("Elementwise.sigmoid(Variable)", seed -> unary(Elementwise::sigmoid, Tensors.normal(seed, 3, 17)));
        register("Elementwise.tanh(Variable)", seed -> unary(Elementwise::tanh, Tensors.normal(seed, 3, 17)));
        register(
                "Elementwise.hardSigmoid(Variable)",
                seed -> unary(Elementwise::hardSigmoid, awayFrom(2.5f, seed, 2, 3, 17)));
    }

    private static void exponentials() {
        register("Exponentials.exp(Variable)", seed -> unary(Exponentials::exp, Tensors.normal(seed, 3, 17)));
        register("Exponentials.log(Variable)", seed -> unary(Exponentials::log, positive(seed, 3, 5)));
        register("Exponentials.softmax(Variable)", seed -> unary(Exponentials::softmax, Tensors.normal(seed, 2, 3, 5)));
        register(
                "Exponentials.logSoftmax(Variable)",
                seed -> unary(Exponentials::logSoftmax, Tensors.normal(seed, 2, 3, 5)));
    }

    private static void selections() {
        register("Selections.maximum(Variable, Variable)", seed -> apart(seed, Selections::maximum));
        register("Selections.minimum(Variable, Variable)", seed -> apart(seed, Selections::minimum));
        register(
                "Selections.where(boolean[], Variable, Variable)",
                seed -> binary(
                        seed,
                        (a, b) -> Selections.where(
                                coins(seed, Broadcast.of("test", a, b).shape().size()), a, b)));
        register(
                "Selections.mask(Variable, boolean[])",
                seed -> unary(x -> Selections.mask(x, coins(seed, 15)), Tensors.normal(seed, 3, 5)));
        register(
                "Selections.dropout(Variable, float, Rng)",
                seed -> unary(x -> Selections.dropout(x, 0.4f, new Rng(seed)), Tensors.normal(seed, 3, 5)));
        Tensor mask = Tensor.of(new float[] {0, 2, 2, 0, 2}, 5);
        register(
                "Selections.dropout(Variable, Tensor)",
                seed -> unary(x -> Selections.dropout(x, mask), Tensors.normal(seed, 3, 5)));
    }

    private static void products() {
        register(
                "MatMul.matmul(Variable, Variable)",
                seed -> List.of(
                        new GradientCase(
                                v -> MatMul.matmul(v.get(0), v.get(1)),
                                Tensors.normal(seed, 3, 5),
                                Tensors.normal(seed, 5, 4)),
                        new GradientCase(
                                v -> MatMul.matmul(v.get(0), v.get(1)),
                                Tensors.normal(seed, 2, 3, 3, 2),
                                Tensors.normal(seed, 2, 3, 2, 4)),
                        new GradientCase(v -> MatMul.matmul(v.get(0), v.get(0)), Tensors.normal(seed, 3, 3))));
        register("MatMul.matmul(Variable, Variable, boolean, boolean)", seed -> {
            List<GradientCase> cases = new ArrayList<>();
            for (boolean left : new boolean[] {false, true}) {
                for (boolean right : new boolean[] {false, true}) {
                    cases.add(new GradientCase(
                            v -> MatMul.matmul(v.get(0), v.get(1), left, right),
                            left ? Tensors.normal(seed, 2, 5, 3) : Tensors.normal(seed, 2, 3, 5),
                            right ? Tensors.normal(seed, 2, 4, 5) : Tensors.normal(seed, 2, 5, 4)));
                }
            }
            return cases;
        });
        RowSplits splits = RowSplits.ofLengths(2, 0, 3);
        register(
                "RowProduct.product(Variable, RowSplits, Variable)",
                seed -> List.of(new GradientCase(
                        v -> RowProduct.product(v.get(0), splits, v.get(1)),
                        Tensors.normal(seed, 5, 4),
                        Tensors.normal(seed, 4, 3))));
        register(
                "RowProduct.product(Tape, RowSource, Variable)",
                seed -> unary(
                        w -> RowProduct.product(w.tape(), RowSource.of(Tensors.normal(seed, 5, 4), splits), w),
                        Tensors.normal(seed, 4, 3)));
        register(
                "MatMul.affine(Variable, Variable, Variable)",
                seed -> List.of(new GradientCase(
                        v -> MatMul.affine(v.get(0), v.get(1), v.get(2)),
                        Tensors.normal(seed, 3, 5),
                        Tensors.normal(seed, 5, 4),
                        Tensors.normal(seed, 4))));
    }

    private static void reductions() {
        register("Reductions.sum(Variable)", seed -> unary(Reductions::sum, Tensors.normal(seed, 3, 7)));
        register("Reductions.mean(Variable)", seed -> unary(Reductions::mean, Tensors.normal(seed, 3, 7)));
        register(
                "Reductions.sumOfSquares(Variable)",
                seed -> unary(Reductions::sumOfSquares, Tensors.normal(seed, 3, 7)));
        register("Reductions.sum(Variable, boolean, int[])", seed -> overAxes(seed, Reductions::sum));
        register("Reductions.mean(Variable, boolean, int[])", seed -> overAxes(seed, Reductions::mean));
    }

    private static void sequences() {
        RowSplits splits = RowSplits.ofLengths(3, 0, 1, 4);
        register(
                "Reductions.meanOfSequences(Variable, RowSplits)",
                seed -> unary(x -> Reductions.meanOfSequences(x, splits), Tensors.normal(seed, 8, 5)));
        Tensor soft = Tensor.of(new float[] {0.1f, 0.8f, 0.1f, 0, 2, 0.5f}, 2, 3);
        register(
                "Losses.softCrossEntropy(Variable, Tensor, float)",
                seed -> unary(x -> Losses.softCrossEntropy(x, soft, 0.5f), Tensors.normal(seed, 2, 3)));
    }

    private static void shaping() {
        register(
                "Shaping.reshape(Variable, int[])",
                seed -> unary(x -> Shaping.reshape(x, 5, 3), Tensors.normal(seed, 3, 5)));
        register("Shaping.transpose(Variable)", seed -> unary(Shaping::transpose, Tensors.normal(seed, 2, 3, 4)));
        register(
                "Shaping.permute(Variable, int[])",
                seed -> unary(x -> Shaping.permute(x, 2, 0, 3, 1), Tensors.normal(seed, 2, 3, 4, 2)));
        register(
                "Shaping.slice(Variable, int, int, int)",
                seed -> List.of(
                        new GradientCase(v -> Shaping.slice(v.get(0), 1, 1, 3), Tensors.normal(seed, 2, 4, 3)),
                        new GradientCase(v -> Shaping.slice(v.get(0), -1, 0, 1), Tensors.normal(seed, 2, 4, 3))));
        register(
                "Shaping.concatenate(int, Variable[])",
                seed -> List.of(
                        new GradientCase(
                                v -> Shaping.concatenate(1, v.get(0), v.get(1), v.get(2)),
                                Tensors.normal(seed, 2, 3, 2),
                                Tensors.normal(seed, 2, 1, 2),
                                Tensors.normal(seed, 2, 2, 2)),
                        new GradientCase(v -> Shaping.concatenate(0, v.get(0), v.get(0)), Tensors.normal(seed, 4))));
        register(
                "Shaping.stack(int, Variable[])",
                seed -> List.of(
                        new GradientCase(
                                v -> Shaping.stack(1, v.get(0), v.get(1)),
                                Tensors.normal(seed, 2, 3),
                                Tensors.normal(seed + 9, 2, 3)),
                        new GradientCase(v -> Shaping.stack(-1, v.get(0), v.get(0)), Tensors.normal(seed, 2, 3))));
        register(
                "Shaping.gatherRows(Variable, int[])",
                seed -> unary(x -> Shaping.gatherRows(x, 2, -1, 0, 2), Tensors.normal(seed, 4, 5)));
    }

    private static void losses() {
        register(
                "Losses.crossEntropy(Variable, int[], float)",
                seed -> unary(x -> Losses.crossEntropy(x, new int[] {2, 0, 4}, 0.5f), Tensors.normal(seed, 3, 5)));
        Tensor targets = Tensor.of(new float[] {0, 1, 0.3f, 1, 0.9f, 0}, 2, 3);
        register(
                "Losses.binaryCrossEntropy(Variable, Tensor, float)",
                seed -> unary(x -> Losses.binaryCrossEntropy(x, targets, 0.25f), Tensors.normal(seed, 2, 3)));
        register(
                "Losses.meanSquaredError(Variable, Variable)",
                seed -> List.of(new GradientCase(
                        v -> Losses.meanSquaredError(v.get(0), v.get(1)),
                        Tensors.normal(seed, 3, 5),
                        Tensors.normal(seed + 9, 3, 5))));
    }

    /** Public static methods of this package that make a Variable. */
    public static TreeSet<String> operations() {
        TreeSet<String> names = new TreeSet<>();
        for (Class<?> family : publicClasses()) {
            for (Method method : family.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == Variable.class) {
                    names.add(family.getSimpleName() + "." + method.getName()
                            + Arrays.stream(method.getParameterTypes())
                                    .map(Class::getSimpleName)
                                    .collect(Collectors.joining(", ", "(", ")")));
                }
            }
        }
        return names;
    }

    private static List<Class<?>> publicClasses() {
        List<Class<?>> classes = new ArrayList<>();
        try {
            Path folder = Path.of(Variable.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("ttrnn/autograd");
            for (String file : folder.toFile().list()) {
                if (file.endsWith(".class") && !file.startsWith("package-info")) {
                    Class<?> type = Class.forName("ttrnn.autograd." + file.substring(0, file.length() - 6));
                    if (Modifier.isPublic(type.getModifiers())) {
                        classes.add(type);
                    }
                }
            }
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return classes;
    }

    private static void register(String operation, GradientCase.Source cases) {
        CASES.put(operation, cases);
    }

    private static List<GradientCase> unary(Function<Variable, Variable> function, Tensor x) {
        return List.of(new GradientCase(v -> function.apply(v.get(0)), x));
    }

    private interface Binary {
        Variable apply(Variable a, Variable b);
    }

    private static List<GradientCase> binary(long seed, Binary function) {
        return binary(seed, function, Float.NaN);
    }

    /** Equal and broadcast shapes, and one variable as both operands; b's values keep away from 0 if a distance is given. */
    private static List<GradientCase> binary(long seed, Binary function, float distance) {
        int[][][] shapes = {
            {{3, 5}, {3, 5}},
            {{3, 5}, {5}},
            {{3, 1}, {1, 5}},
            {{2, 3, 2}, {3, 1}},
            {{}, {4}},
            {{4}, {}},
            {{2, 1, 3}, {4, 1}}
        };
        List<GradientCase> cases = new ArrayList<>();
        for (int[][] pair : shapes) {
            Tensor b = Tensors.normal(seed + 20, pair[1]);
            for (int i = 0; i < b.size() && distance > 0; i++) {
                b.data()[i] += b.data()[i] < 0 ? -distance : distance;
            }
            cases.add(new GradientCase(v -> function.apply(v.get(0), v.get(1)), Tensors.normal(seed, pair[0]), b));
        }
        cases.add(new GradientCase(
                v -> function.apply(v.get(0), v.get(0)),
                Float.isNaN(distance) ? Tensors.normal(seed, 7) : positive(seed, 7)));
        return cases;
    }

    /** Operands that differ by more than two steps everywhere. */
    private static List<GradientCase> apart(long seed, Binary function) {
        Tensor a = Tensors.normal(seed, 3, 5);
        Tensor row = Tensors.normal(seed + 20, 5);
        Tensor b = Tensors.normal(seed + 20, 3, 5);
        for (int i = 0; i < a.size(); i++) {
            while (Math.abs(a.data()[i] - row.data()[i % 5]) < KINK_MARGIN
                    || Math.abs(a.data()[i] - b.data()[i]) < KINK_MARGIN) {
                a.data()[i] += KINK_MARGIN;
            }
        }
        return List.of(
                new GradientCase(v -> function.apply(v.get(0), v.get(1)), a, b),
                new GradientCase(v -> function.apply(v.get(0), v.get(1)), a, row),
                new GradientCase(v -> function.apply(v.get(0), v.get(1)), row, a));
    }

    private interface OverAxes {
        Variable apply(Variable x, boolean keepDimensions, int... axes);
    }

    private static List<GradientCase> overAxes(long seed, OverAxes function) {
        List<GradientCase> cases = new ArrayList<>();
        for (int[] axes : new int[][] {{0}, {1}, {-1}, {0, 2}, {2, 1}, {0, 1, 2}}) {
            for (boolean keep : new boolean[] {false, true}) {
                cases.add(new GradientCase(
                        v -> Elementwise.square(function.apply(v.get(0), keep, axes)), Tensors.normal(seed, 2, 3, 4)));
            }
        }
        return cases;
    }

    private static Tensor positive(long seed, int... dimensions) {
        Tensor x = Tensors.normal(seed, dimensions);
        for (int i = 0; i < x.size(); i++) {
            x.data()[i] = Math.abs(x.data()[i]) + 0.5f;
        }
        return x;
    }

    /** Values of which none lies close to the kinks at plus and minus {@code kink}. */
    private static Tensor awayFrom(float kink, long seed, int... dimensions) {
        Tensor x = Tensors.normal(seed, 1.5, dimensions);
        for (int i = 0; i < x.size(); i++) {
            while (Math.abs(Math.abs(x.data()[i]) - kink) < KINK_MARGIN) {
                x.data()[i] += 2 * KINK_MARGIN;
            }
        }
        return x;
    }

    private static boolean[] coins(long seed, int size) {
        Rng rng = new Rng(seed).split("coins");
        boolean[] coins = new boolean[size];
        for (int i = 0; i < size; i++) {
            coins[i] = rng.nextInt(2) == 0;
        }
        return coins;
    }
}
