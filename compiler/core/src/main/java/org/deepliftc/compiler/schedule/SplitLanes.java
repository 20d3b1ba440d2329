package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Rewriter;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Replaces loops over lanes by unroll and jam: a loop over blocks of lanes whose body does each statement for all lanes
 * of the block, so that the block's accumulators live in registers while an inner loop runs once for all of them. The
 * lanes that are left make one smaller block. What does not depend on the lane is computed once. Each lane keeps the
 * order of its operations.
 *
 * <p>Relies on lanes being independent. A loop over lanes whose inner bounds depend on the lane becomes a plain loop.
 */
final class SplitLanes {
    private final int block;

    /** Makes the pass for blocks of at most {@code block} lanes. */
    SplitLanes(int block) {
        if (block < 1) {
            throw new IllegalArgumentException("blocks of " + block + " lanes");
        }
        this.block = block;
    }

    Procedure run(Procedure procedure) {
        Set<Expr.Var> assigned = new HashSet<>();
        Traversal.visitStatements(procedure.body(), stmt -> {
            if (stmt instanceof Stmt.Assign assign) {
                assigned.add(assign.variable());
            }
        });
        List<Stmt> body = new Rewriter() {
            @Override
            public List<Stmt> stmt(Stmt stmt) {
                if (stmt instanceof Stmt.Rows rows) {
                    return List.of(new Stmt.For(rows.variable(), new Expr.Int(0), rows.extent(), body(rows.body())));
                }
                return stmt instanceof Stmt.Lanes lanes ? split(lanes, assigned) : super.stmt(stmt);
            }
        }.body(procedure.body());
        return Accesses.withBody(procedure, procedure.name(), body);
    }

    /** The statements in place of one loop over lanes of a body. */
    List<Stmt> lanes(Stmt.Lanes lanes, List<Stmt> around) {
        Set<Expr.Var> assigned = new HashSet<>();
        Traversal.visitStatements(around, stmt -> {
            if (stmt instanceof Stmt.Assign assign) {
                assigned.add(assign.variable());
            }
        });
        return split(lanes, assigned);
    }

    private List<Stmt> split(Stmt.Lanes lanes, Set<Expr.Var> assigned) {
        Varying varying = Varying.of(lanes);
        // Without sums of its own a loop gains nothing from blocks, and HotSpot vectorises it as it is.
        if (!varying.uniformControl() || lanes.body().stream().noneMatch(Stmt.For.class::isInstance)) {
            return List.of(asLoop(lanes));
        }
        int blocks = lanes.extent() / block;
        int rest = lanes.extent() % block;
        List<Stmt> all = new ArrayList<>();
        if (blocks == 1) {
            all.addAll(new JamBlock(lanes, varying, assigned, new Expr.Int(0), block).jam());
        } else if (blocks > 1) {
            all.add(blockLoop(lanes, varying, assigned, blocks));
        }
        if (rest > 0) {
            all.addAll(new JamBlock(lanes, varying, assigned, new Expr.Int(blocks * block), rest).jam());
        }
        return all;
    }

    private Stmt blockLoop(Stmt.Lanes lanes, Varying varying, Set<Expr.Var> assigned, int blocks) {
        if (block == 1) {
            return asLoop(lanes);
        }
        Expr.Var index = new Expr.Var("block", Kind.INT);
        Expr.Var first = new Expr.Var(lanes.variable().name(), Kind.INT);
        List<Stmt> body = new ArrayList<>();
        body.add(new Stmt.Declare(first, Fold.multiply(new Expr.Int(block), index)));
        body.addAll(new JamBlock(lanes, varying, assigned, first, block).jam());
        return new Stmt.For(index, new Expr.Int(0), new Expr.Int(blocks), body);
    }

    static Stmt asLoop(Stmt.Lanes lanes) {
        List<Stmt> body = new Rewriter() {
            @Override
            public List<Stmt> stmt(Stmt stmt) {
                if (stmt instanceof Stmt.Rows rows) {
                    return List.of(new Stmt.For(rows.variable(), new Expr.Int(0), rows.extent(), body(rows.body())));
                }
                return stmt instanceof Stmt.Lanes inner ? List.of(asLoop(inner)) : super.stmt(stmt);
            }
        }.body(lanes.body());
        return new Stmt.For(lanes.variable(), new Expr.Int(0), new Expr.Int(lanes.extent()), body);
    }
}
