package org.deepliftc.compiler.lower;

import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;

/**
 * A long sum along neighbouring elements: sixteen partial sums, each of every sixteenth term, then a tree of fixed
 * shape, so that it is the same whatever the machine's width, and no chain of additions is long.
 */
final class Partials {
    private static final int COUNT = View.LANES;

    private Partials() {}

    /** Terms from which partial sums are worth their tree. */
    static final int WORTH = 4 * COUNT;

    /**
     * Writes the sum of {@code terms} terms and returns it.
     *
     * @param term adds the term of an index to a local: {@code accept(code, (sum, index))}
     */
    static Expr sum(Code code, Operands operands, String name, int terms, Term term) {
        Buffer partial = new Buffer(name + ".partial", Kind.REAL, COUNT, Buffer.Place.WORKSPACE);
        operands.written(partial);
        int whole = terms / COUNT;
        code.lanes("lane", COUNT, COUNT, (lanes, lane) -> {
            Expr.Var sum = lanes.declare("sum", Code.real(0));
            lanes.loop("k", whole, (body, k) -> term.add(body, sum, Code.plus(Code.times(k, COUNT), lane)));
            operands.store(lanes, partial, lane, sum);
        });
        Expr.Var total = code.declare("total", tree(operands, partial, Code.integer(0)));
        for (int k = whole * COUNT; k < terms; k++) {
            term.add(code, total, Code.integer(k));
        }
        return total;
    }

    /** The sum of the partial sums that begin at {@code first}. */
    static Expr tree(Operands operands, Buffer partial, Expr first) {
        return tree(operands, partial, first, 0, COUNT);
    }

    private static Expr tree(Operands operands, Buffer partial, Expr first, int from, int count) {
        if (count == 1) {
            return operands.element(partial, Code.plus(first, from));
        }
        int half = count / 2;
        return Code.add(tree(operands, partial, first, from, half), tree(operands, partial, first, from + half, half));
    }

    /** Adds one term to a local. */
    @FunctionalInterface
    interface Term {
        void add(Code code, Expr.Var sum, Expr index);
    }
}
