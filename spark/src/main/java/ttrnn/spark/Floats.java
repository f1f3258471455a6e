package ttrnn.spark;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Many floats to be sent, as a block of bytes: Java's own serialisation writes one after the other. */
public final class Floats implements Externalizable {
    private static final long serialVersionUID = 1L;

    private float[] values;

    /** For deserialisation. */
    public Floats() {
        this(new float[0]);
    }

    Floats(float[] values) {
        this.values = values;
    }

    float[] values() {
        return values;
    }

    /** Little-endian. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static float[] of(byte[] bytes) {
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(values.length);
        out.write(toBytes());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        byte[] bytes = new byte[4 * in.readInt()];
        in.readFully(bytes);
        values = of(bytes);
    }
}
