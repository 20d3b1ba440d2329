package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;

/** Sums, means and maxima along axes, softmax, and the choice of a target. Sums run in rising order. */
final class ReduceKernels {
    private final Operands operands;

    ReduceKernels(Operands operands) {
        this.operands = operands;
    }

    void reduce(Node node, Op.Reduce op, Buffer out, Code code) {
        Shape x = node.input(0).shape();
        Shape kept = x;
        Shape reduced = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            if (op.axes().contains(axis)) {
                kept = kept.with(axis, 1);
            } else {
                reduced = reduced.with(axis, 1);
            }
        }
        Nest inner = new Nest(reduced.toArray(), List.of(x.strides()));
        int count = reduced.size();
        new Nest(kept.toArray(), List.of(x.strides(), kept.strides())).write(code, (body, at) -> {
            Expr.Var total = body.declare("total", start(op.kind()));
            inner.write(body, (term, position) -> {
                Expr value = operands.load(node.input(0), plus(at.get(0), position.get(0)));
                term.assign(total, op.kind() == Op.ReduceKind.MAX ? Code.max(total, value) : Code.add(total, value));
            });
            body.store(out, at.get(1), op.kind() == Op.ReduceKind.MEAN ? Code.divide(total, real(count)) : total);
        });
    }

    private static Expr start(Op.ReduceKind kind) {
        return switch (kind) {
            case SUM, MEAN -> real(0);
            case MAX -> real(Double.NEGATIVE_INFINITY);
        };
    }

    /** exp(x - max) over its sum, along one axis. */
    void softmax(Node node, Op.Softmax op, Buffer out, Code code) {
        Node x = node.input(0);
        Shape shape = node.shape();
        int classes = shape.dim(op.axis());
        int stride = shape.strides()[op.axis()];
        Shape rows = shape.with(op.axis(), 1);
        new Nest(rows.toArray(), List.of(shape.strides())).write(code, (body, at) -> {
            Expr.Var largest = body.declare("largest", real(Double.NEGATIVE_INFINITY));
            Expr first = at.get(0);
            body.loop(
                    "j",
                    classes,
                    (term, j) ->
                            term.assign(largest, Code.max(largest, operands.load(x, plus(first, times(j, stride))))));
            Expr.Var sum = body.declare("sum", real(0));
            body.loop("j", classes, (term, j) -> {
                Expr index = plus(first, times(j, stride));
                Expr e = term.let("e", Code.call(Expr.Function.EXP, Code.subtract(operands.load(x, index), largest)));
                term.store(out, index, e);
                term.assign(sum, Code.add(sum, e));
            });
            body.loop("j", classes, (term, j) -> {
                Expr index = plus(first, times(j, stride));
                term.store(out, index, Code.divide(load(out, index), sum));
            });
        });
    }

    void argMax(Node node, Buffer out, Code code) {
        Node x = node.input(0);
        Expr.Var winner = code.declare("winner", Code.integer(0));
        Expr.Var best = code.declare("best", operands.load(x, Code.integer(0)));
        code.loop("i", x.shape().size(), (body, i) -> {
            Expr value = body.let("value", operands.load(x, i));
            body.when(Code.compare(value, Expr.Relation.GREATER, best), then -> {
                then.assign(best, value);
                then.assign(winner, i);
            });
        });
        code.store(out, Code.integer(0), winner);
    }

    void oneHot(Node node, Buffer out, Code code) {
        code.fill(out, node.shape().size(), real(0));
        code.store(out, operands.load(node.input(0), Code.integer(0)), real(1));
    }

    void pick(Node node, Buffer out, Code code) {
        Expr index = operands.load(node.input(1), Code.integer(0));
        code.store(out, Code.integer(0), operands.load(node.input(0), index));
    }
}
