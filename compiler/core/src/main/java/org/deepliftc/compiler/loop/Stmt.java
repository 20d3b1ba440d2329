package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Objects;

/** What a procedure does. */
public sealed interface Stmt {

    /** Declares a local and gives it its first value. */
    record Declare(Expr.Var variable, Expr value) implements Stmt {}

    /** Gives a declared local another value. */
    record Assign(Expr.Var variable, Expr value) implements Stmt {}

    /** Writes element {@code index} (relative to the buffer's offset). */
    record Store(Buffer buffer, Expr index, Expr value) implements Stmt {
        public Store {
            boolean fits = value.kind() == buffer.kind()
                    || value.kind() == buffer.kind().vector();
            if (!fits || index.kind() != Kind.INT) {
                throw new IllegalArgumentException("stores " + value + " into " + buffer);
            }
        }
    }

    /**
     * A counted loop: {@code variable} runs from {@code from} (inclusive) to {@code to} (exclusive), both INT and
     * evaluated once. Iterations run in order.
     */
    record For(Expr.Var variable, Expr from, Expr to, List<Stmt> body) implements Stmt {
        public For {
            Objects.requireNonNull(variable, "variable");
            body = List.copyOf(body);
        }
    }

    /**
     * A loop over 0 to {@code extent} - 1 whose iterations are independent: a printer may run several of them abreast,
     * so that what they share is read once. Otherwise as {@link For}.
     *
     * @param extent an INT: a literal, or the number of rows of a tile
     */
    record Rows(Expr.Var variable, Expr extent, List<Stmt> body) implements Stmt {
        public Rows {
            Objects.requireNonNull(variable, "variable");
            body = List.copyOf(body);
        }
    }

    /**
     * A loop over 0 to {@code extent} - 1 whose iterations are independent, each the lane of a vector: a printer may
     * run any number of them abreast. Locals declared in the body belong to their lane. A load or bound that does not
     * mention {@code variable} is the same for all lanes. Only such bounds and conditions occur inside, so that lanes
     * never diverge; a choice between values by lane is a {@link Expr.Select}.
     *
     * @param padded lanes up to which a printer may run, at least {@code extent}: what lanes beyond it read lies inside
     *     the arrays, and what they write nobody reads
     */
    record Lanes(Expr.Var variable, int extent, int padded, List<Stmt> body) implements Stmt {
        public Lanes {
            if (padded < extent) {
                throw new IllegalArgumentException(extent + " lanes padded to " + padded);
            }
            body = List.copyOf(body);
        }

        /** Lanes without padding. */
        public Lanes(Expr.Var variable, int extent, List<Stmt> body) {
            this(variable, extent, extent, body);
        }
    }

    /**
     * Statements with a method of their own, so that the JIT compiles them by themselves. What they mention and do not
     * declare is handed over by value: they assign none of it.
     *
     * @param name a proposal
     * @param free the variables of the surrounding code that the body mentions
     */
    record Kernel(String name, List<Expr.Var> free, List<Stmt> body) implements Stmt {
        public Kernel {
            free = List.copyOf(free);
            body = List.copyOf(body);
        }
    }

    /** Runs {@code then} where the condition holds. */
    record If(Expr condition, List<Stmt> then) implements Stmt {
        public If {
            then = List.copyOf(then);
        }
    }
}
