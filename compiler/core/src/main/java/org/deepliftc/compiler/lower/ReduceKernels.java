package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.List;
import java.util.function.BiConsumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;

/** Sums, means and maxima along axes, softmax, and the choice of a target. */
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
        int[] walk = from.strides().stream().mapToInt(Integer::intValue).toArray();
        Nest terms = new Nest(reduced.toArray(), List.of(walk));
        boolean neighbours = terms.isRun() && count >= Partials.WORTH && op.kind() != Op.ReduceKind.MAX;
        int[] outStrides = kept.size() == out.view().shape().size()
                        && kept.rank() == out.view().shape().rank()
                ? out.view().strides().stream().mapToInt(Integer::intValue).toArray()
                : kept.strides();
        Nest outer = new Nest(kept.toArray(), List.of(outStrides, walk));
        int room = neighbours ? 0 : out.view().room(outer.innermost());
        operands.eachRow(code, rows -> {
            Nest.Body body = (inner, at) -> {
                Expr start = plus(at.get(1), from.offset());
                Expr total = neighbours
                        ? Partials.sum(
                                inner,
                                operands,
                                node.name(),
                                count,
                                (term, sum, k) -> term.assign(sum, Code.add(sum, element(x, plus(start, k)))))
                        : chain(inner, op, x, start, terms);
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

    /** exp(x - max) over its sum, along one axis. */
    void softmax(Node node, Op.Softmax op, Operands.Placed out, Code code) {
        alongLines(node, op.axis(), out, code, (line, body) -> {
            Expr.Var sum = body.declare("sum", real(0));
            body.loop("j", line.extent, (term, j) -> {
                Expr e = term.let("e", Code.call(Expr.Function.EXP, Code.subtract(line.value(j), line.largest)));
                operands.store(term, out.buffer(), line.result(j), e);
                term.assign(sum, Code.add(sum, e));
            });
            body.loop("j", line.extent, (term, j) -> {
                Expr index = line.result(j);
                operands.store(term, out.buffer(), index, Code.divide(operands.element(out.buffer(), index), sum));
            });
        });
    }

    /** x - max less the logarithm of the sum of its exponentials, along one axis. */
    void logSoftmax(Node node, Op.LogSoftmax op, Operands.Placed out, Code code) {
        alongLines(node, op.axis(), out, code, (line, body) -> {
            Expr.Var sum = body.declare("sum", real(0));
            body.loop("j", line.extent, (term, j) -> {
                Expr shifted = term.let("shifted", Code.subtract(line.value(j), line.largest));
                operands.store(term, out.buffer(), line.result(j), shifted);
                term.assign(sum, Code.add(sum, Code.call(Expr.Function.EXP, shifted)));
            });
            Expr log = body.let("log", Code.call(Expr.Function.LOG, sum));
            body.loop("j", line.extent, (term, j) -> {
                Expr index = line.result(j);
                operands.store(term, out.buffer(), index, Code.subtract(operands.element(out.buffer(), index), log));
            });
        });
    }

    /** One line of values along an axis, where its results go, and its largest value. */
    private final class Line {
        private final int extent;
        private final IntStrides strides;
        private final Node x;
        private final Expr first;
        private final Expr firstResult;
        private final Expr.Var largest;

        Line(Node x, int extent, IntStrides strides, Expr first, Expr firstResult, Code body) {
            this.extent = extent;
            this.strides = strides;
            this.x = x;
            this.first = first;
            this.firstResult = firstResult;
            this.largest = body.declare("largest", real(Double.NEGATIVE_INFINITY));
            body.loop("j", extent, (term, j) -> term.assign(largest, Code.max(largest, value(j))));
        }

        Expr value(Expr j) {
            return element(x, plus(first, times(j, strides.from)));
        }

        Expr result(Expr j) {
            return plus(firstResult, times(j, strides.to));
        }
    }

    private record IntStrides(int from, int to) {}

    private void alongLines(Node node, int axis, Operands.Placed out, Code code, BiConsumer<Line, Code> body) {
        Node x = node.input(0);
        View from = operands.view(x);
        View to = out.view();
        IntStrides strides = new IntStrides(from.stride(axis), to.stride(axis));
        Nest nest = new Nest(
                node.shape().with(axis, 1).toArray(),
                List.of(
                        to.strides().stream().mapToInt(Integer::intValue).toArray(),
                        from.strides().stream().mapToInt(Integer::intValue).toArray()));
        operands.eachRow(
                code,
                rows -> nest.inOrder(rows, (inner, at) -> {
                    Expr first = plus(at.get(1), from.offset());
                    Expr firstResult = plus(at.get(0), to.offset());
                    body.accept(new Line(x, node.shape().dim(axis), strides, first, firstResult, inner), inner);
                }));
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
        return new Nest(
                x.shape().toArray(),
                List.of(
                        x.shape().strides(),
                        view.strides().stream().mapToInt(Integer::intValue).toArray()));
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
