package ttrnn.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import ttrnn.tensor.Rng;

/** Mutants of npz files: an array in them is a mutant, or has another name, but sums and sizes of the zip file are right. */
public final class ZipMutator implements Mutants {
    private static final String[] NAMES = {
        "", "a", "a.npy", "../a.npy", "/a.npy", "a/b.npy", ".npy", "ä.npy", "A.NPY", "x".repeat(300)
    };

    private final List<Map<String, byte[]>> good = new ArrayList<>();
    private final long seed;
    private final Mutator bytes;
    private final HeaderMutator headers;

    public ZipMutator(List<byte[]> good, long seed) throws IOException {
        this.seed = seed;
        List<byte[]> arrays = new ArrayList<>();
        for (byte[] file : good) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
            arrays.addAll(entries.values());
            this.good.add(entries);
        }
        this.bytes = new Mutator(arrays, seed);
        this.headers = HeaderMutator.npy(arrays, seed);
    }

    @Override
    public byte[] mutant(long n) {
        Rng rng = new Rng(seed).split(n);
        Map<String, byte[]> entries = new LinkedHashMap<>(good.get(rng.nextInt(good.size())));
        List<String> names = List.copyOf(entries.keySet());
        for (int changes = 1 + rng.nextInt(2); changes > 0; changes--) {
            String name = names.get(rng.nextInt(names.size()));
            byte[] array = entries.getOrDefault(name, new byte[0]);
            switch (rng.nextInt(8)) {
                case 0 -> entries.remove(name);
                case 1 -> entries.put(NAMES[rng.nextInt(NAMES.length)], array);
                case 2, 3 -> entries.put(name, bytes.changed(array.clone(), rng));
                default -> entries.put(name, array.length < 128 ? array : headers.of(good(name), rng));
            }
        }
        try {
            return zip(entries, rng);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array as it was, by its name. */
    private byte[] good(String name) {
        return good.stream()
                .filter(entries -> entries.containsKey(name))
                .findFirst()
                .orElseThrow()
                .get(name);
    }

    private static byte[] zip(Map<String, byte[]> entries, Rng rng) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> named : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                if (rng.nextInt(2) == 0) {
                    CRC32 sum = new CRC32();
                    sum.update(named.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(named.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(named.getValue());
                zip.closeEntry();
            }
        }
        return file.toByteArray();
    }
}
