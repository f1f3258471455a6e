package ttrnn.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ttrnn.tensor.Rng;

/**
 * Mutants of files that are boxes in boxes: MP4, AVI and Matroska. Boxes are dropped, doubled, swapped, renamed, nested and
 * taken from another file, their contents are changed; then all sizes are right again, so that a reader comes as far as
 * what the boxes say. One size in every fourth mutant is a lie.
 */
public final class BoxMutator implements Mutants {
    /** How a size stands beside a name. */
    public enum Form {
        MP4,
        RIFF,
        EBML
    }

    private static final Set<String> MP4_PARENTS =
            Set.of("moov", "trak", "mdia", "minf", "stbl", "edts", "mvex", "moof", "traf", "dinf", "udta");
    private static final Set<String> MP4_ENTRIES = Set.of("avc1", "mp4v", "hev1", "hvc1");
    private static final Set<String> EBML_PARENTS = Set.of(
            "1a45dfa3",
            "18538067",
            "1549a966",
            "1654ae6b",
            "ae",
            "e0",
            "1f43b675",
            "a0",
            "1c53bb6b",
            "114d9b74",
            "bb",
            "b7");
    private static final int MOST_BYTES = 1 << 18;

    private final List<List<Box>> good;
    private final Form form;
    private final long seed;
    private final Mutator contents;

    public BoxMutator(Form form, List<byte[]> good, long seed) {
        this.form = form;
        this.seed = seed;
        this.good = good.stream()
                .map(file -> read(file, 0, file.length).orElseThrow())
                .toList();
        this.contents = new Mutator(good, seed);
    }

    /** What stands before the boxes in it, and these; without boxes {@code begin} is all. */
    private static final class Box {
        private byte[] name;
        private byte[] begin;
        private final @Nullable List<Box> inner;

        Box(byte[] name, byte[] begin, @Nullable List<Box> inner) {
            this.name = name;
            this.begin = begin;
            this.inner = inner;
        }

        Box copy() {
            return new Box(name.clone(), begin.clone(), inner == null ? null : copies(inner));
        }

        private static List<Box> copies(List<Box> boxes) {
            List<Box> copies = new ArrayList<>();
            boxes.forEach(box -> copies.add(box.copy()));
            return copies;
        }
    }

    @Override
    public byte[] mutant(long n) {
        Rng rng = new Rng(seed).split(n);
        List<Box> boxes = Box.copies(good.get(rng.nextInt(good.size())));
        for (int changes = 1 + rng.nextInt(4); changes > 0; changes--) {
            change(boxes, rng);
        }
        Writer writer =
                new Writer(rng.nextInt(4) == 0 ? rng.nextInt(1 + all(boxes).size()) : -1, rng);
        boxes.forEach(writer::write);
        return writer.bytes.toByteArray();
    }

    private void change(List<Box> boxes, Rng rng) {
        List<List<Box>> lists = new ArrayList<>(List.of(boxes));
        all(boxes).forEach(box -> {
            if (box.inner != null) {
                lists.add(box.inner);
            }
        });
        lists.removeIf(List::isEmpty);
        if (lists.isEmpty()) {
            return;
        }
        List<Box> list = lists.get(rng.nextInt(lists.size()));
        int at = rng.nextInt(list.size());
        Box box = list.get(at);
        switch (rng.nextInt(12)) {
            case 0 -> list.remove(at);
            case 1 -> list.add(rng.nextInt(list.size() + 1), box.copy());
            case 2 -> list.set(at, list.set(rng.nextInt(list.size()), box));
            case 3 -> list.set(at, any(good.get(rng.nextInt(good.size())), rng).copy());
            case 4 -> list.add(at, any(good.get(rng.nextInt(good.size())), rng).copy());
            case 5 -> box.name = any(boxes, rng).name.clone();
            case 6 -> list.set(at, nested(box, 1 << rng.nextInt(rng.nextInt(8) == 0 ? 10 : 4)));
            default -> {
                // Most say what they say in a few numbers at fixed places.
                Box leaf = all(boxes).get(rng.nextInt(all(boxes).size()));
                leaf.begin = contents.changed(leaf.begin, rng);
            }
        }
    }

    private static Box nested(Box box, int depth) {
        Box nest = box;
        for (int i = 0; i < depth; i++) {
            nest = new Box(box.name, box.inner == null ? new byte[0] : box.begin, new ArrayList<>(List.of(nest)));
        }
        return nest;
    }

    private static Box any(List<Box> boxes, Rng rng) {
        List<Box> all = all(boxes);
        return all.get(rng.nextInt(all.size()));
    }

    private static List<Box> all(List<Box> boxes) {
        List<Box> all = new ArrayList<>();
        for (Box box : boxes) {
            all.add(box);
            if (box.inner != null) {
                all.addAll(all(box.inner));
            }
        }
        return all;
    }

    /** Writes boxes, in every fourth mutant one of them with a wrong size. */
    private final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int lie;
        private final Rng rng;
        private int written;

        Writer(int lie, Rng rng) {
            this.lie = lie;
            this.rng = rng;
        }

        void write(Box box) {
            boolean lies = written++ == lie;
            Writer inside = new Writer(lie - written, rng);
            inside.bytes.writeBytes(box.begin);
            if (box.inner != null) {
                for (Box inner : box.inner) {
                    if (inside.bytes.size() < MOST_BYTES) {
                        inside.write(inner);
                    }
                }
            }
            written += inside.written;
            byte[] content = inside.bytes.toByteArray();
            long size = lies ? wrong(content.length) : content.length;
            switch (form) {
                case MP4 -> {
                    number(size + 8, 4, false);
                    bytes.writeBytes(box.name);
                }
                case RIFF -> {
                    bytes.writeBytes(box.name);
                    number(size, 4, true);
                }
                case EBML -> {
                    bytes.writeBytes(box.name);
                    number(size & 0xFFFFFFFFFFFFFFL | 1L << 56, 8, false);
                }
            }
            bytes.writeBytes(content);
            if (form == Form.RIFF && content.length % 2 == 1) {
                bytes.write(0);
            }
        }

        private long wrong(int size) {
            long[] sizes = {0, 1, 7, size - 1L, size + 1L, 2L * size, 0x7FFFFFFFL, 0xFFFFFFF0L, -8, -9, -1, 1L << 40};
            return sizes[rng.nextInt(sizes.length)];
        }

        private void number(long value, int size, boolean little) {
            for (int i = 0; i < size; i++) {
                bytes.write((int) (value >>> 8 * (little ? i : size - 1 - i)));
            }
        }
    }

    /** The boxes between two places, none if there is something else. */
    private Optional<List<Box>> read(byte[] file, int from, int to) {
        List<Box> boxes = new ArrayList<>();
        int at = from;
        while (at < to) {
            int nameBytes = form == Form.EBML ? Integer.numberOfLeadingZeros(file[at] & 0xff) - 23 : 4;
            int sizeAt = form == Form.MP4 ? at : at + nameBytes;
            if (sizeAt + 4 > to && form != Form.EBML) {
                return Optional.empty();
            }
            int sizeBytes = form == Form.EBML ? Integer.numberOfLeadingZeros(file[sizeAt] & 0xff) - 23 : 4;
            long size = 0;
            for (int i = 0; i < sizeBytes; i++) {
                size = size << 8 | file[form == Form.RIFF ? sizeAt + 3 - i : sizeAt + i] & 0xff;
            }
            if (form == Form.EBML) {
                size &= (1L << 7 * sizeBytes) - 1;
                size = size == (1L << 7 * sizeBytes) - 1 ? to - sizeAt - sizeBytes : size;
            }
            int begin = at + nameBytes + sizeBytes;
            long end = form == Form.MP4 ? at + size : begin + size;
            if (end > to || end < begin) {
                return Optional.empty();
            }
            int nameAt = form == Form.MP4 ? at + 4 : at;
            byte[] name = Arrays.copyOfRange(file, nameAt, nameAt + nameBytes);
            boxes.add(box(file, name, begin, (int) end));
            at = (int) end + (form == Form.RIFF ? (int) (size % 2) : 0);
        }
        return Optional.of(boxes);
    }

    private Box box(byte[] file, byte[] name, int begin, int end) {
        int inner = Math.min(end, begin + before(name));
        Optional<List<Box>> boxes = before(name) < 0 ? Optional.empty() : read(file, inner, end);
        return boxes.isPresent()
                ? new Box(name, Arrays.copyOfRange(file, begin, inner), boxes.get())
                : new Box(name, Arrays.copyOfRange(file, begin, end), null);
    }

    /** Bytes of a box before those in it, -1 if there are none in it. */
    private int before(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        switch (form) {
            case MP4 -> {
                return MP4_PARENTS.contains(text) ? 0 : MP4_ENTRIES.contains(text) ? 78 : text.equals("stsd") ? 8 : -1;
            }
            case RIFF -> {
                return text.equals("RIFF") || text.equals("LIST") ? 4 : -1;
            }
            default -> {
                StringBuilder hex = new StringBuilder();
                for (byte b : name) {
                    hex.append(String.format("%02x", b));
                }
                return EBML_PARENTS.contains(hex.toString()) ? 0 : -1;
            }
        }
    }
}
