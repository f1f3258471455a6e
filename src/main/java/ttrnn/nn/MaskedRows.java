package ttrnn.nn;

import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowBlock;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/**
 * Rows times a mask, one for all rows of a sequence.
 *
 * @param rows what is masked
 * @param masks [sequences, columns]
 */
record MaskedRows(RowSource rows, float[] masks) implements RowSource {
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
        rows.load(first, count, target);
        int columns = columns();
        RowSplits splits = splits();
        int sequence = 0;
        for (int i = 0; i < count; i++) {
            while (splits.start(sequence + 1) <= first + i) {
                sequence++;
            }
            int to = i * columns;
            int from = sequence * columns;
            for (int j = 0; j < columns; j++) {
                target[to + j] *= masks[from + j];
            }
        }
    }

    @Override
    public RowBlock block(int first, int count, int parts, Buffers buffers) {
        RowBlock block = rows.block(first, count, parts, buffers);
        int sequence = 0;
        while (splits().start(sequence + 1) <= first) {
            sequence++;
        }
        int mask = sequence * columns();
        int row = columns() / parts;
        return new RowBlock() {
            @Override
            public void columns(int from, int number, float[] target, int lanes) {
                block.columns(from, number, target, lanes);
                for (int c = 0; c < number; c++) {
                    for (int i = 0; i < count * parts; i++) {
                        target[c * lanes + i] *= masks[mask + i % parts * row + from + c];
                    }
                }
            }

            @Override
            public void rows(int from, int number, float[] target, int stride) {
                block.rows(from, number, target, stride);
                for (int i = 0; i < count * parts; i++) {
                    for (int c = 0; c < number; c++) {
                        target[i * stride + c] *= masks[mask + i % parts * row + from + c];
                    }
                }
            }

            @Override
            public void close() {
                block.close();
            }
        };
    }

    /** The same for rows that exist, x [rows, columns]. */
    static Variable multiply(Variable x, RowSplits splits, float[] masks) {
        int columns = x.shape().dimension(1);
        Tensor expanded = Tensor.zeros(splits.rows(), columns);
        for (int b = 0; b < splits.count(); b++) {
            for (int row = splits.start(b); row < splits.start(b + 1); row++) {
                System.arraycopy(masks, b * columns, expanded.data(), row * columns, columns);
            }
        }
        return Elementwise.multiply(x, x.tape().constant(expanded));
    }
}
