package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;

/**
 * Makes a program ready for a printer of vector code: lanes become vectors, and where sums run over shared weights a
 * block of rows shares each of their vectors. What no vector can do (lanes that are no neighbours in memory) becomes
 * scalar code, and so does filling with a constant: HotSpot makes vectors of such a loop by itself, and until it has
 * compiled a method that runs once in a call, some 600 calls, vectors of the Vector API are objects. Each lane keeps the order of its operations, so that the bits are those of scalar code.
 */
public final class VectorSchedule {

    /** The lanes that every width of vector divides. */
    static final int MOST_LANES = 16;

    /** Rows abreast: eight rows of two vectors are sixteen sums, which hide the latency of two units. */
    private static final int[] BLOCKS = {8, 4, 2, 1};

    /** Lanes that a method with many operations for each of them works at in one call. */
    private static final int CHUNK = 512;

    private final Procedure procedure;

    private VectorSchedule(Procedure procedure) {
        this.procedure = procedure;
    }

    /** The scheduled procedures of every phase, which compute the same bits. */
    public static Map<Phase, List<Procedure>> run(LoopProgram program) {
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        program.steps().forEach((phase, procedures) -> {
            List<Procedure> scheduled = new ArrayList<>();
            procedures.forEach(p -> scheduled.add(new VectorSchedule(p).schedule()));
            steps.put(phase, scheduled);
        });
        return steps;
    }

    private Procedure schedule() {
        List<Stmt> body = body(procedure.body());
        return OutlineLoops.run(Accesses.withBody(procedure, procedure.name(), body));
    }

    private List<Stmt> body(List<Stmt> body) {
        List<Stmt> out = new ArrayList<>();
        body.forEach(stmt -> out.addAll(statement(stmt)));
        return out;
    }

    private List<Stmt> statement(Stmt stmt) {
        if (stmt instanceof Stmt.Rows rows) {
            return rows(rows);
        } else if (stmt instanceof Stmt.Lanes lanes) {
            return lanes(lanes);
        } else if (stmt instanceof Stmt.For loop) {
            return List.of(new Stmt.For(loop.variable(), loop.from(), loop.to(), loopBody(loop)));
        } else if (stmt instanceof Stmt.If choice) {
            return List.of(new Stmt.If(choice.condition(), body(choice.then())));
        }
        return List.of(stmt);
    }

    /**
     * The body of a loop. Each part of a recurrence's step is a method of its own: HotSpot gives up on the vectors of a
     * method that has too many of them.
     */
    private List<Stmt> loopBody(Stmt.For loop) {
        boolean step = LaneForm.isRecurrence(loop);
        List<Stmt> out = new ArrayList<>();
        for (Stmt stmt : loop.body()) {
            boolean own = step && LaneForm.hasLanes(stmt) && !LaneForm.hasSum(stmt);
            out.addAll(own ? outlined(statement(stmt)) : statement(stmt));
        }
        return out;
    }

    private List<Stmt> lanes(Stmt.Lanes lanes) {
        if (LaneForm.isFill(lanes) || !LaneForm.isVector(lanes, Set.of())) {
            return new SplitLanes(8).lanes(lanes, procedure.body());
        }
        if (!VectorBlock.isHeavy(lanes)) {
            return vectors(lanes);
        }
        List<Stmt> vectors = vectors(lanes);
        if (!BytecodeSize.fits(vectors)) {
            // HotSpot compiles no such method: its vectors would be objects for ever.
            return new SplitLanes(8).lanes(lanes, procedure.body());
        }
        return lanes.padded() > CHUNK ? chunks(lanes) : vectors;
    }

    private List<Stmt> vectors(Stmt.Lanes lanes) {
        Expr.Var none = new Expr.Var("row", Kind.INT);
        Dependence dependence = Dependence.of(Set.of(none), List.of(lanes));
        List<Stmt> block = new VectorBlock(dependence, none, new Expr.Int(0), 1).write(List.of(lanes));
        return kernel(lanes, block);
    }

    /**
     * Many operations for each of many lanes, a few lanes at a time in a method of its own: HotSpot compiles what is called
     * often long before what loops for long, and until then each operation makes objects.
     */
    private List<Stmt> chunks(Stmt.Lanes lanes) {
        int count = lanes.padded() / CHUNK;
        Expr.Var chunk = new Expr.Var("chunk", Kind.INT);
        List<Stmt> out = new ArrayList<>();
        Stmt.Lanes one = part(lanes, Fold.multiply(new Expr.Int(CHUNK), chunk), CHUNK, CHUNK);
        out.add(new Stmt.For(chunk, new Expr.Int(0), new Expr.Int(count), outlined(vectors(one))));
        int done = count * CHUNK;
        if (done < lanes.padded()) {
            Stmt.Lanes rest = part(lanes, new Expr.Int(done), lanes.extent() - done, lanes.padded() - done);
            out.addAll(outlined(statement(rest)));
        }
        return out;
    }

    private static Stmt.Lanes part(Stmt.Lanes lanes, Expr first, int extent, int padded) {
        Expr.Var lane = new Expr.Var(lanes.variable().name(), Kind.INT);
        Expr index = Fold.add(first, lane);
        List<Stmt> body = new Substitution() {
            @Override
            Expr replacement(Expr.Var variable) {
                return variable == lanes.variable() ? index : variable;
            }
        }.body(lanes.body());
        return new Stmt.Lanes(lane, extent, padded, Renamed.of(body));
    }

    private List<Stmt> rows(Stmt.Rows rows) {
        if (rows.body().size() == 1 && rows.body().get(0) instanceof Stmt.Rows inside && isTile(inside)) {
            return panels(rows, inside);
        }
        boolean inner = rows.body().stream().anyMatch(s -> s instanceof Stmt.Rows);
        boolean tile = !inner && LaneForm.sharesSums(rows);
        if (!tile) {
            List<Stmt> body = body(rows.body());
            boolean counted = !(rows.extent() instanceof Expr.Int)
                    && procedure.rows().filter(r -> r == rows.extent()).isEmpty();
            if (counted && LaneForm.hasLanes(rows)) {
                body = outlined(body);
            }
            return List.of(new Stmt.For(rows.variable(), new Expr.Int(0), rows.extent(), body));
        }
        return rows.extent() instanceof Expr.Int extent ? fixed(rows, extent.value()) : counted(rows);
    }

    /** True for the loop over the rows of a tile, whose number is given with the call, around sums that they share. */
    private boolean isTile(Stmt.Rows rows) {
        return procedure.rows().filter(r -> r == rows.extent()).isPresent() && LaneForm.sharesSums(rows);
    }

    /**
     * Panels of weights around the rows of a tile. A single row shares no weights with others, so that panels side by side
     * are what keeps the units busy.
     */
    private List<Stmt> panels(Stmt.Rows panels, Stmt.Rows rows) {
        Expr one = new Expr.Int(1);
        List<Stmt> single = Renamed.of(
                new Substitution() {
                    @Override
                    Expr replacement(Expr.Var variable) {
                        return variable == rows.variable() ? new Expr.Int(0) : variable;
                    }
                }.body(rows.body()));
        Stmt.Rows ofPanels = new Stmt.Rows(panels.variable(), panels.extent(), single);
        Stmt many = new Stmt.For(panels.variable(), new Expr.Int(0), panels.extent(), rows(rows));
        return List.of(
                new Stmt.If(new Expr.Compare(Expr.Relation.EQUAL, rows.extent(), one), rows(ofPanels)),
                new Stmt.If(new Expr.Compare(Expr.Relation.NOT_EQUAL, rows.extent(), one), List.of(many)));
    }

    /** Blocks of a number of rows that is known: full ones in a loop, what is left in smaller ones. */
    private List<Stmt> fixed(Stmt.Rows rows, int extent) {
        List<Stmt> out = new ArrayList<>();
        int done = 0;
        for (int block : BLOCKS) {
            int times = (extent - done) / block;
            if (times == 1) {
                out.addAll(block(rows, new Expr.Int(done), block));
            } else if (times > 1) {
                Expr.Var index = new Expr.Var("block", Kind.INT);
                Expr.Var first = new Expr.Var(rows.variable().name(), Kind.INT);
                List<Stmt> body = new ArrayList<>();
                Expr start = Fold.add(Fold.multiply(new Expr.Int(block), index), new Expr.Int(done));
                body.add(new Stmt.Declare(first, start));
                body.addAll(block(rows, first, block));
                out.add(new Stmt.For(index, new Expr.Int(0), new Expr.Int(times), body));
            }
            done += times * block;
        }
        return out;
    }

    /** Blocks of a number of rows given with the call. */
    private List<Stmt> counted(Stmt.Rows rows) {
        List<Stmt> out = new ArrayList<>();
        Expr done = new Expr.Int(0);
        for (int block : BLOCKS) {
            Expr left = new Expr.Binary(Expr.Operator.SUBTRACT, rows.extent(), done);
            Expr.Var times = new Expr.Var("blocksOf" + block, Kind.INT);
            Expr.Var index = new Expr.Var("block", Kind.INT);
            Expr.Var first = new Expr.Var(rows.variable().name(), Kind.INT);
            Expr count = block == BLOCKS[0]
                    ? new Expr.Binary(Expr.Operator.DIVIDE, rows.extent(), new Expr.Int(block))
                    : new Expr.Binary(Expr.Operator.DIVIDE, left, new Expr.Int(block));
            out.add(new Stmt.Declare(times, count));
            List<Stmt> body = new ArrayList<>();
            body.add(new Stmt.Declare(first, Fold.add(Fold.multiply(new Expr.Int(block), index), done)));
            body.addAll(block(rows, first, block));
            out.add(new Stmt.For(index, new Expr.Int(0), times, body));
            if (block > 1) {
                Expr.Var next = new Expr.Var("done", Kind.INT);
                out.add(new Stmt.Declare(next, Fold.add(Fold.multiply(new Expr.Int(block), times), done)));
                done = next;
            }
        }
        return out;
    }

    private List<Stmt> block(Stmt.Rows rows, Expr first, int count) {
        List<Stmt> renamed = Renamed.of(rows.body());
        Dependence dependence = Dependence.of(Set.of(rows.variable()), renamed);
        List<Stmt> body = new VectorBlock(dependence, rows.variable(), first, count).write(renamed);
        return kernel(rows, body);
    }

    /** A method of its own for what sums in a loop: HotSpot compiles it by itself, and layers of one shape share it. */
    private List<Stmt> kernel(Stmt of, List<Stmt> body) {
        return LaneForm.hasSum(of) ? outlined(body) : body;
    }

    private List<Stmt> outlined(List<Stmt> body) {
        return List.of(OutlineLoops.kernel("kernel", body));
    }

    /** The buffers of callers, whose arrays end where their rows do. */
    static boolean isForeign(Buffer buffer) {
        return buffer.place() == Buffer.Place.INPUT || buffer.place() == Buffer.Place.REFERENCE_INPUT;
    }
}
