package org.deepliftc.compiler.lower;

import java.util.function.UnaryOperator;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Operator;
import org.deepliftc.compiler.loop.Kind;

/**
 * A long sum or maximum along neighbouring elements: sixteen partial ones, each of every sixteenth term, then a tree of
 * fixed shape, so that it is the same whatever the machine's width, and no chain of operations is long.
 */
final class Partials {
    private static final int COUNT = View.LANES;

    private Partials() {}

    /** Terms from which partial sums are worth their tree. */
    static final int WORTH = 4 * COUNT;

    /** Writes the sum of {@code terms} terms and returns it. */
    static Expr sum(Code code, Operands operands, String name, int terms, UnaryOperator<Expr> term) {
        return accumulated(
                code, operands, name, terms, (body, sum, k) -> body.assign(sum, Code.add(sum, term.apply(k))));
    }

    /**
     * Writes a sum that {@code term} adds to, and returns it.
     *
     * @param term adds the term of an index to a local: {@code accept(code, (sum, index))}
     */
    static Expr accumulated(Code code, Operands operands, String name, int terms, Term term) {
        return reduced(code, operands, name, terms, Code.real(0), Operator.ADD, term);
    }

    /** Writes the largest of {@code terms} elements and returns it. */
    static Expr largest(Code code, Operands operands, String name, int terms, UnaryOperator<Expr> element) {
        Expr least = Code.real(Double.NEGATIVE_INFINITY);
        Term term = (body, largest, k) -> body.assign(largest, Code.max(largest, element.apply(k)));
        return reduced(code, operands, name, terms, least, Operator.MAX, term);
    }

    private static Expr reduced(
            Code code, Operands operands, String name, int terms, Expr start, Operator operator, Term term) {
        Buffer partial = new Buffer(name + ".partial", Kind.REAL, COUNT, Buffer.Place.WORKSPACE);
        operands.written(partial);
        int whole = terms / COUNT;
        code.lanes("lane", COUNT, COUNT, (lanes, lane) -> {
            Expr.Var own = lanes.declare(operator == Operator.MAX ? "largest" : "sum", start);
            lanes.loop("k", whole, (body, k) -> term.add(body, own, Code.plus(Code.times(k, COUNT), lane)));
            operands.store(lanes, partial, lane, own);
        });
        Expr.Var total = code.declare("total", tree(operands, partial, Code.integer(0), operator, 0, COUNT));
        for (int k = whole * COUNT; k < terms; k++) {
            term.add(code, total, Code.integer(k));
        }
        return total;
    }

    /** The sum of the partial sums that begin at {@code first}. */
    static Expr tree(Operands operands, Buffer partial, Expr first) {
        return tree(operands, partial, first, Operator.ADD, 0, COUNT);
    }

    private static Expr tree(Operands operands, Buffer partial, Expr first, Operator operator, int from, int count) {
        if (count == 1) {
            return operands.element(partial, Code.plus(first, from));
        }
        int half = count / 2;
        return new Expr.Binary(
                operator,
                tree(operands, partial, first, operator, from, half),
                tree(operands, partial, first, operator, from + half, half));
    }

    /** Adds one term to a local. */
    @FunctionalInterface
    interface Term {
        void add(Code code, Expr.Var sum, Expr index);
    }
}
