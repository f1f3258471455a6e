package ttrnn.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import ttrnn.io.Safetensors;
import ttrnn.tensor.Tensor;

/** The numbers of other implementations in src/test/resources/fixtures, made by the scripts of src/test/reference. */
public final class Fixtures {
    private final String name;
    private final Map<String, Tensor> tensors;

    private Fixtures(String name, Map<String, Tensor> tensors) {
        this.name = name;
        this.tensors = tensors;
    }

    /** The file fixtures/{@code name}.safetensors. */
    public static Fixtures read(String name) throws IOException, URISyntaxException {
        URL file = Fixtures.class.getResource("/fixtures/" + name + ".safetensors");
        if (file == null) {
            throw new IOException("no fixture is called " + name);
        }
        return new Fixtures(name, Safetensors.read(Path.of(file.toURI())).tensors());
    }

    /** A copy of a tensor. */
    public Tensor get(String tensor) {
        Tensor found = tensors.get(tensor);
        if (found == null) {
            throw new IllegalArgumentException("fixture " + name + " has no " + tensor);
        }
        return found.copy();
    }

    /** A tensor of whole numbers. */
    public int[] integers(String tensor) {
        float[] data = get(tensor).data();
        int[] integers = new int[data.length];
        for (int i = 0; i < data.length; i++) {
            integers[i] = (int) data[i];
        }
        return integers;
    }
}
