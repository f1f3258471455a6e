package ttrnn.io;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.tensor.Tensor;

/**
 * The content of a safetensors file.
 *
 * @param tensors tensors by name, sorted by name
 * @param metadata free strings by name, sorted by name
 */
public record SafetensorsFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
    public SafetensorsFile {
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
