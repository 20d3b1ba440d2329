package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;

/**
 * Softmax along lines of one axis, and its logarithm. Lanes run along a line whose elements are neighbours; other lines lie
 * side by side and are the lanes themselves.
 */
final class SoftmaxKernel {
    private final Operands operands;
    private final Node node;
    private final Operands.Placed out;
    private final View from;
    private final int axis;
    private final int extent;
    private final int step;
    private final int outStep;

    SoftmaxKernel(Operands operands, Node node, int axis, Operands.Placed out) {
        this.operands = operands;
        this.node = node;
        this.axis = axis;
        this.out = out;
        from = operands.view(node.input(0));
        extent = node.shape().dim(axis);
        step = from.stride(axis);
        outStep = out.view().stride(axis);
    }

    /** exp(x - max) over its sum. */
    void softmax(Code code) {
        lines(code, (line, body) -> {
            Expr largest = line.largest(body);
            line.set(body, j -> Code.call(Function.EXP, Code.subtract(line.value(j), largest)));
            Expr sum = line.sum(body, line::result);
            line.set(body, j -> Code.divide(line.result(j), sum));
        });
    }

    /** x - max less the logarithm of the sum of its exponentials. */
    void logSoftmax(Code code) {
        lines(code, (line, body) -> {
            Expr largest = line.largest(body);
            line.set(body, j -> Code.subtract(line.value(j), largest));
            Expr log = body.let(
                    "log", Code.call(Function.LOG, line.sum(body, j -> Code.call(Function.EXP, line.result(j)))));
            line.set(body, j -> Code.subtract(line.result(j), log));
        });
    }

    private boolean isRun() {
        return step == 1 && outStep == 1;
    }

    private boolean isLongRun() {
        return isRun() && extent >= Partials.WORTH;
    }

    private void lines(Code code, BiConsumer<Line, Code> body) {
        Nest nest = new Nest(
                node.shape().with(axis, 1).toArray(), List.of(out.view().strideArray(), from.strideArray()));
        Nest.Body line = (inner, at) -> body.accept(new Line(at.get(1), at.get(0)), inner);
        operands.eachRow(code, rows -> {
            if (isRun()) {
                nest.inOrder(rows, line);
            } else {
                nest.independently(rows, 0, line);
            }
        });
    }

    /** Where a line begins. */
    private final class Line {
        private final Expr first;
        private final Expr firstResult;

        Line(Expr first, Expr firstResult) {
            this.first = plus(first, from.offset());
            this.firstResult = plus(firstResult, out.view().offset());
        }

        Expr value(Expr j) {
            return operands.element(operands.placed(node.input(0)).buffer(), plus(first, times(j, step)));
        }

        private Expr position(Expr j) {
            return plus(firstResult, times(j, outStep));
        }

        Expr result(Expr j) {
            return operands.element(out.buffer(), position(j));
        }

        void set(Code code, UnaryOperator<Expr> value) {
            Code.Body store = (element, j) -> operands.store(element, out.buffer(), position(j), value.apply(j));
            if (isRun()) {
                code.lanes("j", extent, extent, store);
            } else {
                code.loop("j", extent, store);
            }
        }

        Expr largest(Code code) {
            if (isLongRun()) {
                return Partials.largest(code, operands, node.name() + ".largest", extent, this::value);
            }
            Expr.Var largest = code.declare("largest", real(Double.NEGATIVE_INFINITY));
            code.loop("j", extent, (term, j) -> term.assign(largest, Code.max(largest, value(j))));
            return largest;
        }

        Expr sum(Code code, UnaryOperator<Expr> term) {
            if (isLongRun()) {
                return Partials.sum(code, operands, node.name() + ".sum", extent, term);
            }
            Expr.Var sum = code.declare("sum", real(0));
            code.loop("j", extent, (body, j) -> body.assign(sum, Code.add(sum, term.apply(j))));
            return sum;
        }
    }
}
