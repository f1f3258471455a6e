package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static ttrnn.testing.FloatAssert.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import ttrnn.io.Npy;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tolerances;

/** TT-SVD and algebra against NumPy in double precision; the files are made by src/test/reference/tt_svd.py. */
class TtReferenceTest {
    private final Path folder;
    private final JsonNode reference;
    private final int[] in;
    private final int[] out;

    TtReferenceTest() throws Exception {
        folder = Path.of(TtReferenceTest.class
                        .getResource("/fixtures/tt-svd/fixture.json")
                        .toURI())
                .getParent();
        reference = new ObjectMapper().readTree(folder.resolve("fixture.json").toFile());
        in = ints(reference.get("inputModes"));
        out = ints(reference.get("outputModes"));
    }

    @Test
    void ranksErrorsAndMatricesOfTheSvdAreThoseOfTheReference() throws Exception {
        Tensor dense = floats("matrix");
        for (JsonNode one : reference.get("cases")) {
            String name = one.get("name").asText();
            TtMatrix train = TtSvd.decompose(dense, in, out, truncation(one));
            assertThat(train.shape().ranks()).as(name).containsExactly(ints(one.get("foundRanks")));
            assertThat(TtAlgebra.relativeError(dense, train))
                    .as(name)
                    .isCloseTo(one.get("relativeError").asDouble(), withPercentage(1e-3));
            assertClose(train.toDense().data(), floats(name).data(), Tolerances.REFERENCE, name);
        }
    }

    @Test
    void singularValuesOfTheFirstUnfoldingAreThoseOfTheReference() throws Exception {
        Tensor dense = floats("matrix");
        TtShape shape = TtShape.of(in, out, 1);
        double[] values = new Unfolding(
                        Unfolding.Source.of(dense.data()), 1, in[0], out[0], (int) shape.inputSize(1, 4), (int)
                                shape.outputSize(1, 4))
                .leftSvd()
                .values();
        JsonNode expected = reference.get("cases").get(0).get("firstSingularValues");
        assertThat(values).hasSize(expected.size());
        for (int k = 0; k < values.length; k++) {
            assertThat(values[k]).isCloseTo(expected.get(k).asDouble(), withPercentage(1e-9));
        }
    }

    @Test
    void normsInnerProductAndRoundingOfTrainsAreThoseOfTheReference() throws Exception {
        JsonNode trains = reference.get("trains");
        TtMatrix a = train("a", 1, 4, 6, 3, 1);
        TtMatrix b = train("b", 1, 2, 3, 2, 1);
        assertThat(TtAlgebra.norm(a)).isCloseTo(trains.get("normA").asDouble(), withPercentage(1e-9));
        assertThat(TtAlgebra.norm(b)).isCloseTo(trains.get("normB").asDouble(), withPercentage(1e-9));
        assertThat(TtAlgebra.inner(a, b)).isCloseTo(trains.get("inner").asDouble(), withPercentage(1e-8));
        assertThat(TtAlgebra.relativeError(a, b))
                .isCloseTo(trains.get("relativeErrorAB").asDouble(), withPercentage(1e-8));
        TtMatrix rounded = TtAlgebra.round(a, TtTruncation.ranks(ints(trains.get("roundRanks"))));
        assertThat(rounded.shape().ranks()).containsExactly(1, 2, 3, 2, 1);
        assertThat(TtAlgebra.relativeError(a, rounded))
                .isCloseTo(trains.get("roundRelativeError").asDouble(), withPercentage(1e-4));
        assertClose(rounded.toDense().data(), floats("a-rounded").data(), Tolerances.REFERENCE, "rounded train");
    }

    /** One value for all machines, JDKs and numbers of threads; a change of it is a change of results. */
    @Test
    void theBitsOfTheCoresArePinned() throws Exception {
        TtMatrix svd = TtSvd.decompose(floats("matrix"), in, out, TtTruncation.ranks(5));
        TtMatrix rounded = TtAlgebra.round(train("a", 1, 4, 6, 3, 1), TtTruncation.tolerance(0.2));
        int hash = 1;
        for (TtMatrix matrix : List.of(svd, rounded)) {
            for (Tensor core : matrix.cores()) {
                hash = 31 * hash + Arrays.hashCode(core.data());
            }
        }
        assertThat(hash).isEqualTo(-1188055885);
    }

    private static TtTruncation truncation(JsonNode one) {
        JsonNode ranks = one.get("ranks");
        if (one.get("tolerance").isNull()) {
            return TtTruncation.ranks(ints(ranks));
        }
        TtTruncation tolerance = TtTruncation.tolerance(one.get("tolerance").asDouble());
        return ranks.isNull() ? tolerance : tolerance.atMost(ints(ranks));
    }

    private TtMatrix train(String name, int... ranks) throws Exception {
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < in.length; k++) {
            cores.add(floats(name + k));
        }
        return new TtMatrix(new TtShape(in, out, ranks), cores);
    }

    private Tensor floats(String name) throws Exception {
        return Npy.readFloats(folder.resolve(name + ".npy"));
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
