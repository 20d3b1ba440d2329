package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Stmt;

/** A block of statements under construction, and short names for expressions. */
final class Code {
    private final boolean inFloat;
    private final List<Stmt> statements = new ArrayList<>();

    /** @param inFloat whether reals are floats, which need fewer terms of a series than doubles */
    Code(boolean inFloat) {
        this.inFloat = inFloat;
    }

    boolean inFloat() {
        return inFloat;
    }

    List<Stmt> statements() {
        return statements;
    }

    void append(List<Stmt> more) {
        statements.addAll(more);
    }

    static Expr real(double value) {
        return new Expr.Real(value);
    }

    static Expr integer(int value) {
        return new Expr.Int(value);
    }

    /** a + b, folded where a side is known. */
    static Expr plus(Expr a, Expr b) {
        if (isInt(a, 0)) {
            return b;
        }
        if (isInt(b, 0)) {
            return a;
        }
        if (a instanceof Expr.Int && b instanceof Expr.Int) {
            return integer(((Expr.Int) a).value() + ((Expr.Int) b).value());
        }
        return new Expr.Binary(Expr.Operator.ADD, a, b);
    }

    static Expr plus(Expr a, int b) {
        return b < 0 ? new Expr.Binary(Expr.Operator.SUBTRACT, a, integer(-b)) : plus(a, integer(b));
    }

    /** a * factor, folded where a side is known. */
    static Expr times(Expr a, int factor) {
        if (factor == 0 || isInt(a, 0)) {
            return integer(0);
        }
        if (factor == 1) {
            return a;
        }
        if (a instanceof Expr.Int) {
            return integer(((Expr.Int) a).value() * factor);
        }
        return new Expr.Binary(Expr.Operator.MULTIPLY, a, integer(factor));
    }

    private static boolean isInt(Expr e, int value) {
        return e instanceof Expr.Int && ((Expr.Int) e).value() == value;
    }

    static Expr add(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.ADD, a, b);
    }

    static Expr subtract(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.SUBTRACT, a, b);
    }

    static Expr multiply(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.MULTIPLY, a, b);
    }

    static Expr divide(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.DIVIDE, a, b);
    }

    static Expr max(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.MAX, a, b);
    }

    static Expr min(Expr a, Expr b) {
        return new Expr.Binary(Expr.Operator.MIN, a, b);
    }

    static Expr call(Expr.Function function, Expr argument) {
        return new Expr.Call(function, List.of(argument));
    }

    static Expr compare(Expr a, Expr.Relation relation, Expr b) {
        return new Expr.Compare(relation, a, b);
    }

    static Expr choose(Expr condition, Expr then, Expr otherwise) {
        return new Expr.Select(condition, then, otherwise);
    }

    static Expr load(Buffer buffer, Expr index) {
        return new Expr.Load(buffer, index);
    }

    /** Declares a local; a value that is one already, or a literal, is used as it is. */
    Expr let(String name, Expr value) {
        if (value instanceof Expr.Var || value instanceof Expr.Real || value instanceof Expr.Int) {
            return value;
        }
        return declare(name, value);
    }

    /** Declares a local that will be assigned again. */
    Expr.Var declare(String name, Expr value) {
        Expr.Var variable = new Expr.Var(name, value.kind());
        statements.add(new Stmt.Declare(variable, value));
        return variable;
    }

    void assign(Expr.Var variable, Expr value) {
        statements.add(new Stmt.Assign(variable, value));
    }

    void store(Buffer buffer, Expr index, Expr value) {
        statements.add(new Stmt.Store(buffer, index, value));
    }

    /** Adds a x b to a local, rounded once. */
    void accumulate(Expr.Var sum, Expr a, Expr b) {
        assign(sum, new Expr.Fma(a, b, sum));
    }

    /** A loop; one that runs once is written without. */
    void loop(String name, Expr from, Expr to, Body body) {
        if (from instanceof Expr.Int
                && to instanceof Expr.Int
                && ((Expr.Int) to).value() - ((Expr.Int) from).value() == 1) {
            body.write(this, from);
            return;
        }
        Expr.Var variable = new Expr.Var(name, Kind.INT);
        Code inner = new Code(inFloat);
        body.write(inner, variable);
        statements.add(new Stmt.For(variable, from, to, inner.statements));
    }

    void loop(String name, int extent, Body body) {
        loop(name, integer(0), integer(extent), body);
    }

    /** A loop of independent iterations; one that runs once is written without. */
    void rows(String name, Expr extent, Body body) {
        if (isInt(extent, 1)) {
            body.write(this, integer(0));
            return;
        }
        Expr.Var variable = new Expr.Var(name, Kind.INT);
        Code inner = new Code(inFloat);
        body.write(inner, variable);
        statements.add(new Stmt.Rows(variable, extent, inner.statements));
    }

    /**
     * A loop of independent iterations, the lanes of vectors.
     *
     * @param room lanes up to which writing harms nobody
     */
    void lanes(String name, int extent, int room, Body body) {
        int padded = View.padded(extent) <= room ? View.padded(extent) : extent;
        Expr.Var variable = new Expr.Var(name, Kind.INT);
        Code inner = new Code(inFloat);
        body.write(inner, variable);
        statements.add(new Stmt.Lanes(variable, extent, padded, inner.statements));
    }

    /** Nested loops of independent iterations over {@code extents}; the body gets one index each. */
    void rows(List<String> names, int[] extents, Function<Code, Consumer<List<Expr>>> body) {
        nestRows(names, extents, 0, new ArrayList<>(), body);
    }

    private void nestRows(
            List<String> names,
            int[] extents,
            int depth,
            List<Expr> indices,
            Function<Code, Consumer<List<Expr>>> body) {
        if (depth == extents.length) {
            body.apply(this).accept(List.copyOf(indices));
            return;
        }
        rows(names.get(depth), integer(extents[depth]), (inner, index) -> {
            indices.add(index);
            inner.nestRows(names, extents, depth + 1, indices, body);
            indices.remove(indices.size() - 1);
        });
    }

    void when(Expr condition, Consumer<Code> then) {
        Code inner = new Code(inFloat);
        then.accept(inner);
        statements.add(new Stmt.If(condition, inner.statements));
    }

    /** Nested loops over {@code extents}; the body gets one index each. */
    void loops(List<String> names, int[] extents, Function<Code, Consumer<List<Expr>>> body) {
        nest(names, extents, 0, new ArrayList<>(), body);
    }

    private void nest(
            List<String> names,
            int[] extents,
            int depth,
            List<Expr> indices,
            Function<Code, Consumer<List<Expr>>> body) {
        if (depth == extents.length) {
            body.apply(this).accept(List.copyOf(indices));
            return;
        }
        loop(names.get(depth), extents[depth], (inner, index) -> {
            indices.add(index);
            inner.nest(names, extents, depth + 1, indices, body);
            indices.remove(indices.size() - 1);
        });
    }

    /** What is written inside a loop. */
    @FunctionalInterface
    interface Body {
        void write(Code code, Expr index);
    }
}
