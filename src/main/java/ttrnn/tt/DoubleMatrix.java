package ttrnn.tt;

/** A row-major matrix in double precision, for factorisations; {@code data} is shared, not copied. */
record DoubleMatrix(int rows, int columns, double[] data) {
    DoubleMatrix {
        if (data.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    "matrix: [" + rows + ", " + columns + "] does not hold " + data.length + " values");
        }
    }

    static DoubleMatrix zeros(int rows, int columns) {
        return new DoubleMatrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
    }

    DoubleMatrix transpose() {
        DoubleMatrix result = zeros(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result.data[j * rows + i] = data[i * columns + j];
            }
        }
        return result;
    }

    /** This times {@code right}, the sums in order. */
    DoubleMatrix times(DoubleMatrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException("matrix product: inner sizes differ, left [" + rows + ", " + columns
                    + "], right [" + right.rows + ", " + right.columns + "]");
        }
        DoubleMatrix result = zeros(rows, right.columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double factor = data[i * columns + k];
                int from = k * right.columns;
                int to = i * right.columns;
                for (int j = 0; j < right.columns; j++) {
                    result.data[to + j] += factor * right.data[from + j];
                }
            }
        }
        return result;
    }

    /** The first {@code count} columns. */
    DoubleMatrix firstColumns(int count) {
        DoubleMatrix result = zeros(rows, count);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(data, i * columns, result.data, i * count, count);
        }
        return result;
    }
}
