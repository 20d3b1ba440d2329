package org.deepliftc.compiler.loop;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The buffers a body touches.
 *
 * @param reads each once, in order of first use
 * @param writes each once, in order of first use
 */
public record Accesses(List<Buffer> reads, List<Buffer> writes) {
    public Accesses {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    public static Accesses of(List<Stmt> body) {
        Set<Buffer> reads = new LinkedHashSet<>();
        Set<Buffer> writes = new LinkedHashSet<>();
        Traversal.visitStatements(body, stmt -> {
            Traversal.expressions(stmt)
                    .forEach(expr -> Traversal.visit(expr, e -> {
                        if (e instanceof Expr.Load load) {
                            reads.add(load.buffer());
                        } else if (e instanceof Expr.LoadVector load) {
                            reads.add(load.buffer());
                        }
                    }));
            if (stmt instanceof Stmt.Store store) {
                writes.add(store.buffer());
            }
        });
        return new Accesses(List.copyOf(reads), List.copyOf(writes));
    }

    /** The procedure with another body and the lists that belong to it. */
    public static Procedure withBody(Procedure procedure, String name, List<Stmt> body) {
        Accesses accesses = of(body);
        return new Procedure(
                name,
                procedure.comment(),
                accesses.reads,
                accesses.writes,
                procedure.referenceCount(),
                procedure.rows(),
                procedure.steps(),
                body);
    }
}
