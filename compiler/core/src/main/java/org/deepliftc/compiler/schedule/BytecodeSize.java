package org.deepliftc.compiler.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * An upper estimate of the bytecode a procedure becomes. HotSpot compiles no method of 8,000 bytes or more, so that
 * such a method would run interpreted.
 */
public final class BytecodeSize {

    /** What a method may have by this estimate: below HotSpot's limit with a margin. */
    public static final int LIMIT = 6_000;

    /** Parameter slots a method may use; the JVM allows 255. */
    static final int PARAMETER_LIMIT = 200;

    private final int local;

    private BytecodeSize(int locals) {
        this.local = locals > 250 ? 4 : 2;
    }

    /** Bytes of the method of a procedure. */
    public static int of(Procedure procedure) {
        return of(procedure.body());
    }

    static int of(List<Stmt> body) {
        int[] locals = {parameters(body)};
        Traversal.visitStatements(body, stmt -> locals[0] += slots(stmt));
        return new BytecodeSize(locals[0]).body(body);
    }

    /** True where a body is small enough for one method. */
    static boolean fits(List<Stmt> body) {
        return of(body) <= LIMIT && parameters(body) <= PARAMETER_LIMIT;
    }

    /** The parameter slots a body needs: each buffer, its offset, and the number of references. */
    static int parameters(List<Stmt> body) {
        Accesses accesses = Accesses.of(body);
        Set<Buffer> buffers = new HashSet<>(accesses.reads());
        buffers.addAll(accesses.writes());
        return 1 + buffers.stream().mapToInt(b -> b.hasOffset() ? 2 : 1).sum();
    }

    private static int slots(Stmt stmt) {
        if (stmt instanceof Stmt.For || stmt instanceof Stmt.Rows) {
            return 2;
        }
        return stmt instanceof Stmt.Declare ? 2 : 0;
    }

    private int body(List<Stmt> body) {
        return body.stream().mapToInt(this::stmt).sum();
    }

    private int stmt(Stmt stmt) {
        int direct = Traversal.expressions(stmt).stream().mapToInt(this::expr).sum();
        if (stmt instanceof Stmt.Kernel kernel) {
            return 3 + kernel.free().size() * local + parameters(kernel.body()) * local;
        }
        int inner = body(Traversal.body(stmt));
        if (stmt instanceof Stmt.Store store) {
            return direct + access(store.buffer());
        } else if (stmt instanceof Stmt.For || stmt instanceof Stmt.Rows) {
            return direct + inner + 4 * local + 14;
        } else if (stmt instanceof Stmt.Lanes) {
            return inner + 4 * local + 20;
        }
        return direct + inner + (stmt instanceof Stmt.If ? 6 : local);
    }

    private int access(Buffer buffer) {
        return local + 1 + (buffer.hasOffset() ? local + 1 : 0);
    }

    private int expr(Expr expr) {
        int operands = Traversal.operands(expr).stream().mapToInt(this::expr).sum();
        if (expr instanceof Expr.Var) {
            return local;
        } else if (expr instanceof Expr.Real) {
            return 3;
        } else if (expr instanceof Expr.Int literal) {
            return literal.value() == (byte) literal.value() ? 2 : 3;
        } else if (expr instanceof Expr.Load load) {
            return operands + access(load.buffer());
        } else if (expr instanceof Expr.Binary || expr instanceof Expr.Fma) {
            return operands + 3;
        } else if (expr instanceof Expr.Call) {
            return operands + 5;
        }
        if (expr instanceof Expr.RealToBits || expr instanceof Expr.BitsToReal) {
            return operands + 3;
        }
        // Comparisons and choices: the compare, a jump, and the constants of a boolean that is kept.
        return operands
                + (expr instanceof Expr.ToReal || expr instanceof Expr.ToInt
                        ? 1
                        : expr instanceof Expr.Compare ? 10 : 6);
    }
}
