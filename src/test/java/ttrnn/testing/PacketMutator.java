package ttrnn.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ttrnn.tensor.Rng;

/**
 * Mutants of MPEG transport streams: packets are dropped, doubled, swapped and changed, but each keeps its length and its
 * first byte, so that a reader stays in step and comes as far as what the packets say.
 */
public final class PacketMutator implements Mutants {
    private static final int PACKET = 188;

    private final List<byte[]> good;
    private final long seed;
    private final Mutator contents;

    public PacketMutator(List<byte[]> good, long seed) {
        this.good = List.copyOf(good);
        this.seed = seed;
        this.contents = new Mutator(good, seed);
    }

    @Override
    public byte[] mutant(long n) {
        Rng rng = new Rng(seed).split(n);
        byte[] file = good.get(rng.nextInt(good.size()));
        // Those of Blu-ray have four more bytes before each packet.
        int length = file[0] == 0x47 ? PACKET : PACKET + 4;
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + length <= file.length; at += length) {
            packets.add(Arrays.copyOfRange(file, at, at + length));
        }
        for (int changes = 1 + rng.nextInt(6); changes > 0 && !packets.isEmpty(); changes--) {
            // The first ones hold the tables.
            int at = rng.nextInt(rng.nextInt(3) == 0 ? Math.min(3, packets.size()) : packets.size());
            int other = rng.nextInt(packets.size());
            switch (rng.nextInt(8)) {
                case 0 -> packets.remove(at);
                case 1 -> packets.add(other, packets.get(at).clone());
                case 2 -> packets.set(at, packets.set(other, packets.get(at)));
                default -> packets.set(at, changed(packets.get(at), length - PACKET, rng));
            }
        }
        ByteArrayOutputStream mutant = new ByteArrayOutputStream();
        packets.forEach(mutant::writeBytes);
        return mutant.toByteArray();
    }

    private byte[] changed(byte[] packet, int before, Rng rng) {
        // Its own header and that of what it carries are in the first 32 bytes.
        int end = rng.nextInt(2) == 0 ? Math.min(packet.length, before + 32) : packet.length;
        byte[] part = contents.changed(Arrays.copyOfRange(packet, before + 1, end), rng);
        byte[] changed = packet.clone();
        System.arraycopy(part, 0, changed, before + 1, Math.min(part.length, packet.length - before - 1));
        return changed;
    }
}
