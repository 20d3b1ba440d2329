package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.syntax.Expression;

/** The operators where at least one operand is a tensor. */
final class TensorArithmetic {
    private TensorArithmetic() {}

    static String nameOf(Expression.Operator operator) {
        return operator.name().toLowerCase(Locale.ROOT);
    }

    static Value negate(Site site, Node x) {
        Node minusOne = site.constant(ConstantData.scalar(-1), "constant", site.span());
        return site.result(new Op.Binary(Op.BinaryKind.MULTIPLY), x, minusOne);
    }

    static Value binary(Site site, Expression.Operator operator, Node a, Node b) {
        return switch (operator) {
            case ADD -> site.result(new Op.Binary(Op.BinaryKind.ADD), a, b);
            case SUBTRACT -> site.result(new Op.Binary(Op.BinaryKind.SUBTRACT), a, b);
            case MULTIPLY -> site.result(new Op.Binary(Op.BinaryKind.MULTIPLY), a, b);
            case DIVIDE -> site.result(new Op.Binary(Op.BinaryKind.DIVIDE), a, b);
            case MATMUL -> product(site, a, b);
            case POWER ->
                throw Failure.of(
                        Problem.CALL003,
                        site.span(),
                        "an exponent is a whole number known when compiling, not a tensor");
        };
    }

    /** matmul(a, b): a @ b of matrices, either of them with its last two axes exchanged. */
    static Value matrixProduct(Site site) {
        Node a = site.tensor("a");
        Node b = site.tensor("b");
        if (a.shape().rank() < 2 || b.shape().rank() < 2) {
            throw site.shapeFailure("matmul multiplies matrices; write a @ b where one is a vector", a, b);
        }
        boolean left = site.arguments().flag("transpose_left", false);
        boolean right = site.arguments().flag("transpose_right", false);
        return site.result(new Op.MatMul(left, right), a, b);
    }

    /** As numpy's @: a vector on the left is a row, one on the right a column, and loses that axis again. */
    private static Value product(Site site, Node a, Node b) {
        boolean row = a.shape().rank() == 1;
        boolean column = b.shape().rank() == 1;
        if (a.shape().rank() == 0 || b.shape().rank() == 0) {
            throw site.shapeFailure("@ multiplies matrices and vectors, not scalars; write *", a, b);
        }
        Op op = new Op.MatMul(false, false);
        if (!row && !column) {
            return site.result(op, a, b);
        }
        Node left = row ? site.step("row", new Op.Reshape(Shape.of(1, a.shape().dim(0))), a) : a;
        Node right =
                column ? site.step("column", new Op.Reshape(Shape.of(b.shape().dim(0), 1)), b) : b;
        Node whole = site.step("matrix", op, left, right);
        List<Integer> dims = new ArrayList<>(whole.shape().dims());
        if (column) {
            dims.remove(dims.size() - 1);
        }
        if (row) {
            dims.remove(dims.size() - (column ? 1 : 2));
        }
        return site.result(new Op.Reshape(new Shape(dims)), whole);
    }

    /** x to a whole power is one function of one variable, so that Rescale holds for it as a whole. */
    static Value power(Site site, Node x, long exponent) {
        if (exponent == 1) {
            return new Value.Tensor(x);
        }
        if (exponent == 2) {
            return site.result(new Op.Elementwise(Activation.of(Activation.Kind.SQUARE)), x);
        }
        ScalarFunction body = Powers.of(new ScalarFunction.Variable(), exponent, site.span());
        String name = "power_" + (exponent < 0 ? "minus_" : "") + Math.abs(exponent);
        return site.result(new Op.Elementwise(new Activation.UserDefined(name, body)), x);
    }
}
