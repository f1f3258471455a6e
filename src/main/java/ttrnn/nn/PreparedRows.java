package ttrnn.nn;

import java.util.concurrent.ConcurrentLinkedQueue;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * Rows put in another order and standardised: y_j = (x_{order(j)} - shift_j) * factor.
 *
 * @param rows what is changed
 * @param preparation how
 * @param mirrored whether frames are first seen in a mirror
 * @param buffers for rows in their old order
 */
record PreparedRows(
        RowSource rows, InputPreparation preparation, boolean mirrored, ConcurrentLinkedQueue<float[]> buffers)
        implements RowSource {
    PreparedRows(RowSource rows, InputPreparation preparation, boolean mirrored) {
        this(rows, preparation, mirrored, new ConcurrentLinkedQueue<>());
    }

    @Override
    public RowSplits splits() {
        return rows.splits();
    }

    @Override
    public int columns() {
        return rows.columns();
    }

    @Override
    public void load(int first, int count, float[] target) {
        int columns = columns();
        if (!mirrored && !preparation.changesOrder()) {
            rows.load(first, count, target);
        } else {
            float[] before = buffers.poll();
            if (before == null || before.length < count * columns) {
                before = new float[count * columns];
            }
            rows.load(first, count, before);
            for (int i = 0; i < count; i++) {
                if (mirrored) {
                    preparation.mirror(before, i * columns);
                }
                preparation.order(before, target, i * columns);
            }
            buffers.add(before);
        }
        for (int i = 0; i < count; i++) {
            preparation.standardize(target, i * columns);
        }
    }
}
