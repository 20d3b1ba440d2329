package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Products of matrices: dense layers where one side is constant. */
final class MatrixOperators {
    private static final Op DENSE = new Op.Dense(Op.Direction.FORWARD);

    private MatrixOperators() {}

    static void list(Operators table) {
        table.add("Gemm", MatrixOperators::gemm);
        table.add("MatMul", MatrixOperators::matMul);
        table.add("Einsum", "one or two operands, each letter once in an operand", Einsum::translate);
    }

    /** alpha A' B' + beta C, where the primes are optional transposes. */
    private static Value gemm(Call call) {
        double alpha = call.real("alpha", 1);
        double beta = call.real("beta", 1);
        boolean hasBias = call.has(2) && beta != 0;
        boolean isLayer = call.isKnown(1) && !call.isKnown(0) && !call.flag("transA", false);
        if (isLayer && (!hasBias || isBias(call))) {
            return layer(call, alpha, beta, hasBias);
        }
        Call product = call.forPart("product");
        Computed a = call.flag("transA", false)
                ? Examples.transpose(call.forPart("left"), call.x(0), List.of(1, 0))
                : call.x(0);
        Computed b = call.flag("transB", false)
                ? Examples.transpose(call.forPart("right"), call.x(1), List.of(1, 0))
                : call.x(1);
        Computed result = product(alpha == 1 && !hasBias ? call : product, a, b);
        result = alpha == 1 ? result : scaled(hasBias ? product : call, result, alpha);
        if (!hasBias) {
            return result;
        }
        Computed bias = beta == 1 ? call.x(2) : scaled(call.forPart("bias"), call.x(2), beta);
        Broadcasting both = Broadcasting.of(call, List.of(result, bias));
        return new Computed(call.result(new Op.Binary(Op.BinaryKind.ADD), both.node(0), both.node(1)), both.batch());
    }

    private static Computed scaled(Call call, Computed x, double factor) {
        Node constant = call.constant("factor", factor);
        return new Computed(call.result(new Op.Binary(Op.BinaryKind.MULTIPLY), x.node(), constant), x.batch());
    }

    /** True for a constant that is the same for every row of the product. */
    private static boolean isBias(Call call) {
        if (!call.isKnown(2)) {
            return false;
        }
        List<Integer> dims = call.known(2, "bias").dims();
        return dims.size() < 2 || dims.size() == 2 && dims.get(0) == 1;
    }

    private static Value layer(Call call, double alpha, double beta, boolean hasBias) {
        Computed x = requireFeatures(call.x(0));
        Tensor weight = call.known(1, "weight");
        if (weight.dims().size() != 2) {
            throw call.unsupported("has a weight " + weight.dims(), "it must be a matrix");
        }
        Node w = weight(call, 1, call.flag("transB", false), alpha);
        if (!hasBias) {
            return new Computed(call.result(DENSE, x.node(), w), x.batch());
        }
        Tensor bias = call.known(2, "bias");
        Shape units = w.shape().upTo(1);
        Node b;
        if (bias.size() == units.size() && beta == 1) {
            b = call.constant(2, units);
        } else {
            double[] values = new double[units.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = beta * bias.at(bias.size() == 1 ? 0 : i);
            }
            b = call.constant("bias", units, values);
        }
        return new Computed(call.result(DENSE, x.node(), w, b), x.batch());
    }

    /** The weight of a dense layer, {@code [out, in]}, from a matrix of the file. */
    private static Node weight(Call call, int input, boolean isOutIn, double factor) {
        Tensor stored = call.known(input, "weight");
        int rows = stored.dims().get(0);
        int columns = stored.dims().get(1);
        if (isOutIn && factor == 1) {
            return call.constant(input, Shape.of(rows, columns));
        }
        double[] values = new double[stored.size()];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[isOutIn ? r * columns + c : c * rows + r] = factor * stored.at(r * columns + c);
            }
        }
        return call.derived(input, isOutIn ? Shape.of(rows, columns) : Shape.of(columns, rows), values);
    }

    private static Computed requireFeatures(Computed x) {
        if (x.batch().axis() == x.rank() - 1) {
            throw ImportFailure.mixing("sums over the axis of the examples");
        }
        return x;
    }

    private static Value matMul(Call call) {
        boolean isLayer = call.isKnown(1)
                && !call.isKnown(0)
                && call.known(1, "weight").dims().size() == 2
                && call.x(0).batch().axis() != call.x(0).rank() - 1;
        if (isLayer) {
            Computed x = call.x(0);
            return new Computed(call.result(DENSE, x.node(), weight(call, 1, false, 1)), x.batch());
        }
        return product(call, call.x(0), call.x(1));
    }

    /** As numpy's matmul: a vector on the left is a row, one on the right a column, and loses that axis again. */
    static Computed product(Call call, Computed a, Computed b) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw call.unsupported("multiplies a scalar", "the file is not valid ONNX; export the model again");
        }
        Computed left = unsplit(call, a);
        Computed right = unsplit(call, b);
        boolean row = left.rank() == 1;
        boolean column = right.rank() == 1;
        Call inner = call.forPart("matrix");
        left = row ? Examples.reshape(call.forPart("row"), left, with(left.dims(), 0)) : left;
        right = column ? Examples.reshape(call.forPart("column"), right, with(right.dims(), 1)) : right;
        Computed matrix = matrices(row || column ? inner : call, left, right);
        if (!row && !column) {
            return matrix;
        }
        List<Long> dims = new ArrayList<>(matrix.dims());
        if (column) {
            dims.remove(dims.size() - 1);
        }
        if (row) {
            dims.remove(dims.size() - (column ? 1 : 2));
        }
        return Examples.reshape(call, matrix, dims);
    }

    private static List<Long> with(List<Long> dims, int at) {
        List<Long> all = new ArrayList<>(dims);
        all.add(at, 1L);
        return all;
    }

    /** A vector of examples has no features to be a matrix of. */
    private static Computed unsplit(Call call, Computed x) {
        return x.rank() == 1 ? Examples.along(call.forPart("vector"), x, 0) : x;
    }

    private static Computed matrices(Call call, Computed a, Computed b) {
        int rows = a.rank() - 2;
        int columns = b.rank() - 1;
        if (a.batch().axis() == rows + 1 || b.batch().axis() == columns - 1) {
            Call part = call.forPart("example");
            return matrices(call, Examples.along(part, a, rows + 1), Examples.along(part, b, columns - 1));
        }
        boolean rowsAreExamples = a.batch().axis() == rows;
        boolean columnsAreExamples = b.batch().axis() == columns;
        if (rowsAreExamples && !b.batch().isNone()
                || columnsAreExamples && !a.batch().isNone()) {
            Call part = call.forPart("example");
            return matrices(call, Examples.explicit(part, a), Examples.explicit(part, b));
        }
        if (rowsAreExamples) {
            return rowsOfExamples(call, a, b);
        }
        if (columnsAreExamples) {
            Computed flipped = Examples.transpose(call.forPart("transposed"), b, swap(b.rank()));
            Computed other = Examples.transpose(call.forPart("transposed"), a, swap(a.rank()));
            Computed result = rowsOfExamples(call.forPart("transposed"), flipped, other);
            return Examples.transpose(call, result, swap(result.rank()));
        }
        return aligned(call, a, b);
    }

    private static List<Integer> swap(int rank) {
        List<Integer> permutation = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            permutation.add(i);
        }
        permutation.set(rank - 1, rank - 2);
        permutation.set(rank - 2, rank - 1);
        return permutation;
    }

    /** The rows of the left matrix are examples; the right one is the same for all. */
    private static Computed rowsOfExamples(Call call, Computed a, Computed b) {
        if (!a.batch().isOwnAxis()) {
            Node product = call.result(new Op.MatMul(false, false), a.node(), b.node());
            return new Computed(product, a.batch().moved(product.shape().rank() - 2));
        }
        Shape x = a.node().shape();
        Shape asRow = x.upTo(x.rank() - 1).append(Shape.of(1, x.dim(x.rank() - 1)));
        Node row = call.reshaped("row", a.node(), asRow);
        Node product = call.step("matrix", new Op.MatMul(false, false), row, b.node());
        Shape y = product.shape();
        Shape flat = y.upTo(y.rank() - 2).append(y.from(y.rank() - 1));
        return new Computed(
                call.result(new Op.Reshape(flat), product), a.batch().moved(y.rank() - 2));
    }

    /** The examples lie along axes that broadcast. */
    private static Computed aligned(Call call, Computed a, Computed b) {
        Broadcasting both = MatrixBatch.of(call, a, b);
        Node product = call.result(new Op.MatMul(false, false), both.node(0), both.node(1));
        return new Computed(product, both.batch());
    }
}
