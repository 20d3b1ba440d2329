package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;

import java.util.List;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;

/** Sums, means and maxima along axes, and the choice of a target. */
final class ReduceKernels {
    private final Operands operands;

    ReduceKernels(Operands operands) {
        this.operands = operands;
    }

    void reduce(Node node, Op.Reduce op, Operands.Placed out, Code code) {
        Node x = node.input(0);
        View from = operands.view(x);
        Shape kept = from.shape();
        Shape reduced = from.shape();
        for (int axis = 0; axis < from.shape().rank(); axis++) {
            if (op.axes().contains(axis)) {
                kept = kept.with(axis, 1);
            } else {
                reduced = reduced.with(axis, 1);
            }
        }
        int count = reduced.size();
        int[] walk = from.strideArray();
        Nest terms = new Nest(reduced.toArray(), List.of(walk));
        boolean neighbours = terms.isRun() && count >= Partials.WORTH;
        int[] outStrides = kept.size() == out.view().shape().size()
                        && kept.rank() == out.view().shape().rank()
                ? out.view().strideArray()
                : kept.strides();
        Nest outer = new Nest(kept.toArray(), List.of(outStrides, walk));
        int room = neighbours ? 0 : out.view().room(outer.innermost());
        operands.eachRow(code, rows -> {
            Nest.Body body = (inner, at) -> {
                Expr start = plus(at.get(1), from.offset());
                Expr total = neighbours ? partials(inner, op, node, start, count) : chain(inner, op, x, start, terms);
                Expr value = op.kind() == Op.ReduceKind.MEAN ? Code.divide(total, real(count)) : total;
                operands.store(inner, out.buffer(), plus(at.get(0), out.view().offset()), value);
            };
            if (neighbours) {
                outer.inOrder(rows, body);
            } else {
                outer.independently(rows, room, body);
            }
        });
    }

    private Expr element(Node node, Expr position) {
        return operands.element(operands.placed(node).buffer(), position);
    }

    private Expr partials(Code code, Op.Reduce op, Node node, Expr start, int count) {
        UnaryOperator<Expr> term = k -> element(node.input(0), plus(start, k));
        return switch (op.kind()) {
            case MAX -> Partials.largest(code, operands, node.name(), count, term);
            case SUM, MEAN -> Partials.sum(code, operands, node.name(), count, term);
        };
    }

    private Expr chain(Code code, Op.Reduce op, Node x, Expr start, Nest terms) {
        Expr.Var total = code.declare("total", start(op.kind()));
        terms.inOrder(code, (term, position) -> {
            Expr value = element(x, plus(start, position.get(0)));
            term.assign(total, op.kind() == Op.ReduceKind.MAX ? Code.max(total, value) : Code.add(total, value));
        });
        return total;
    }

    private static Expr start(Op.ReduceKind kind) {
        return switch (kind) {
            case SUM, MEAN -> real(0);
            case MAX -> real(Double.NEGATIVE_INFINITY);
        };
    }

    void argMax(Node node, Operands.Placed out, Code code) {
        Node x = node.input(0);
        Nest nest = flat(x);
        operands.eachRow(code, rows -> {
            Expr.Var winner = rows.declare("winner", integer(0));
            Expr.Var best =
                    rows.declare("best", element(x, integer(operands.view(x).offset())));
            nest.inOrder(rows, (body, at) -> {
                Expr value = body.let(
                        "value", element(x, plus(at.get(1), operands.view(x).offset())));
                body.when(Code.compare(value, Expr.Relation.GREATER, best), then -> {
                    then.assign(best, value);
                    then.assign(winner, at.get(0));
                });
            });
            operands.store(rows, out.buffer(), integer(0), winner);
        });
    }

    /** Walks a value in its logical order; the body gets the flat index and the position. */
    private Nest flat(Node x) {
        View view = operands.view(x);
        return new Nest(x.shape().toArray(), List.of(x.shape().strides(), view.strideArray()));
    }

    void oneHot(Node node, Operands.Placed out, Code code) {
        operands.eachRow(code, rows -> {
            new MoveKernels(operands).fill(out, 0, rows);
            Expr index = rows.let("index", operands.load(node.input(0), List.of()));
            operands.store(rows, out.buffer(), out.view().atFlat(index), real(1));
        });
    }

    void pick(Node node, Operands.Placed out, Code code) {
        Node x = node.input(0);
        operands.eachRow(code, rows -> {
            Expr index = rows.let("index", operands.load(node.input(1), List.of()));
            operands.store(
                    rows, out.buffer(), integer(0), element(x, operands.view(x).atFlat(index)));
        });
    }
}
