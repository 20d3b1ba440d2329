package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.deepliftc.compiler.loop.IndexBounds.Context;

/**
 * Says what is wrong with a loop program: accesses outside a buffer, variables used where they are not declared, lists
 * of reads and writes that do not fit the body, buffers used in phases that cannot reach them, lanes that are not
 * independent, and memory plans that let one buffer overwrite another too early. Any problem is a defect of lowering.
 */
public final class LoopVerifier {
    private final LoopProgram program;
    private final Map<Buffer, ConstantBuffer> constants = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Context> around = new ArrayList<>();
    private final Set<Expr.Var> scope = new HashSet<>();
    private final Set<Expr.Var> assigned = new HashSet<>();
    private Set<Expr.Var> loopVariables = Set.of();
    private Phase phase;
    private Procedure procedure;

    private LoopVerifier(LoopProgram program) {
        this.program = program;
        program.constants().forEach(c -> constants.put(c.buffer(), c));
    }

    /** The problems found, a sentence each; empty for a sound program. */
    public static List<String> problems(LoopProgram program) {
        LoopVerifier verifier = new LoopVerifier(program);
        program.steps().forEach(verifier::check);
        verifier.problems.addAll(MemoryCheck.problems(program));
        return List.copyOf(new LinkedHashSet<>(verifier.problems));
    }

    /**
     * Refuses an unsound program.
     *
     * @throws IllegalStateException with every problem: a defect of the compiler
     */
    public static void verify(LoopProgram program) {
        List<String> problems = problems(program);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("unsound loop program:\n  " + String.join("\n  ", problems));
        }
    }

    private void check(Phase inPhase, List<Procedure> procedures) {
        phase = inPhase;
        for (Procedure checked : procedures) {
            procedure = checked;
            checkLists();
            scope.clear();
            assigned.clear();
            around.clear();
            loopVariables = new HashSet<>();
            Traversal.visitStatements(checked.body(), stmt -> {
                if (stmt instanceof Stmt.Assign assign) {
                    assigned.add(assign.variable());
                }
            });
            scope.addAll(checked.parameters());
            checked.rows().ifPresent(rows -> around.add(new Context.Local(rows, new Expr.Int(program.tile()))));
            checked.steps().forEach((b, step) -> around.add(new Context.Local(step, new Expr.Int(b.size()))));
            body(checked.body());
        }
    }

    private void report(String problem) {
        problems.add(phase + " step '" + procedure.name() + "': " + problem);
    }

    private void checkLists() {
        Accesses actual = Accesses.of(procedure.body());
        if (!sameElements(actual.reads(), procedure.reads())) {
            report("reads " + actual.reads() + ", but its list says " + procedure.reads());
        }
        if (!sameElements(actual.writes(), procedure.writes())) {
            report("writes " + actual.writes() + ", but its list says " + procedure.writes());
        }
        actual.reads().forEach(this::checkReadable);
        actual.writes().forEach(this::checkWritable);
        boolean counts = phase == Phase.PREDICT || phase == Phase.REFERENCE;
        if (procedure.referenceCount().isPresent() && counts) {
            report("needs the number of references, which is not known there");
        }
    }

    private static boolean sameElements(List<Buffer> actual, List<Buffer> listed) {
        return actual.size() == listed.size() && new HashSet<>(actual).equals(new HashSet<>(listed));
    }

    private void checkReadable(Buffer buffer) {
        checkPlanned(buffer);
        boolean pair = phase == Phase.PAIR || phase == Phase.PAIR_TARGET;
        boolean target = phase == Phase.START || phase == Phase.PAIR_TARGET || phase == Phase.FINISH;
        boolean reachable = switch (buffer.place()) {
            case CONSTANT -> constants.containsKey(buffer);
            case DERIVED -> true;
            case INPUT -> phase != Phase.REFERENCE && phase != Phase.LOAD;
            case REFERENCE_INPUT, STATE -> pair || phase == Phase.REFERENCE;
            case ACCUMULATOR, TARGET -> target;
            case STEP -> pair;
            case WORKSPACE, SCRATCH, RESULT -> phase != Phase.LOAD;
        };
        if (!reachable) {
            report("cannot reach " + buffer + " (" + buffer.place() + ")");
        }
    }

    private void checkWritable(Buffer buffer) {
        checkPlanned(buffer);
        boolean target = phase == Phase.START || phase == Phase.PAIR_TARGET || phase == Phase.FINISH;
        boolean writable = switch (buffer.place()) {
            case DERIVED -> phase == Phase.LOAD;
            case CONSTANT, INPUT, REFERENCE_INPUT, TARGET, STEP -> false;
            case STATE -> phase == Phase.REFERENCE;
            case ACCUMULATOR -> target;
            case WORKSPACE, SCRATCH -> true;
            case RESULT -> phase != Phase.REFERENCE;
        };
        if (!writable) {
            report("must not write " + buffer + " (" + buffer.place() + ")");
        }
    }

    private void checkPlanned(Buffer buffer) {
        if (buffer.isPlanned() && !program.slots().containsKey(buffer)) {
            report(buffer + " has no place in the memory plan");
        }
    }

    private void body(List<Stmt> body) {
        Set<Expr.Var> before = new HashSet<>(scope);
        int depth = around.size();
        for (Stmt stmt : body) {
            statement(stmt);
        }
        scope.retainAll(before);
        around.subList(depth, around.size()).clear();
    }

    private void statement(Stmt stmt) {
        Traversal.expressions(stmt).forEach(this::expression);
        if (stmt instanceof Stmt.Declare declare) {
            declare(declare);
        } else if (stmt instanceof Stmt.Assign assign) {
            assign(assign);
        } else if (stmt instanceof Stmt.Store store) {
            access(store.buffer(), store.index());
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop.variable(), loop.from(), loop.to(), loop.body());
        } else if (stmt instanceof Stmt.Rows rows) {
            loop(rows.variable(), new Expr.Int(0), rows.extent(), rows.body());
        } else if (stmt instanceof Stmt.Lanes lanes) {
            lanes(lanes);
        } else if (stmt instanceof Stmt.If choice) {
            around.add(new Context.Condition(choice.condition()));
            body(choice.then());
            around.remove(around.size() - 1);
        }
    }

    private void declare(Stmt.Declare declare) {
        Expr.Var variable = declare.variable();
        if (!scope.add(variable)) {
            report("declares " + variable + " twice");
        }
        if (variable.kind() != declare.value().kind()) {
            report("declares " + variable + " of kind " + variable.kind() + " with a value of kind "
                    + declare.value().kind());
        }
        if (variable.kind() == Kind.INT && !assigned.contains(variable)) {
            around.add(new Context.Local(variable, declare.value()));
        }
    }

    private void assign(Stmt.Assign assign) {
        Expr.Var variable = assign.variable();
        if (!scope.contains(variable) || loopVariables.contains(variable)) {
            report("assigns " + variable + ", which is no local declared before");
        }
        if (variable.kind() != assign.value().kind()) {
            report("assigns a value of kind " + assign.value().kind() + " to " + variable);
        }
    }

    private void loop(Expr.Var variable, Expr from, Expr to, List<Stmt> body) {
        if (!scope.add(variable)) {
            report("uses " + variable + " for a loop inside its own scope");
        }
        if (from.kind() != Kind.INT || to.kind() != Kind.INT || variable.kind() != Kind.INT) {
            report("counts loop " + variable + " by something else than ints");
        }
        loopVariables.add(variable);
        around.add(new Context.Loop(variable, from, to));
        body(body);
        around.remove(around.size() - 1);
        scope.remove(variable);
    }

    private void lanes(Stmt.Lanes lanes) {
        LaneRules.problems(lanes).forEach(this::report);
        if (lanes.extent() < 1) {
            report("has " + lanes.extent() + " lanes of " + lanes.variable());
        }
        loop(lanes.variable(), new Expr.Int(0), new Expr.Int(lanes.extent()), lanes.body());
    }

    private void expression(Expr expr) {
        if (expr instanceof Expr.Var variable && !scope.contains(variable)) {
            report("uses " + variable + ", which is not declared there");
        }
        if (expr instanceof Expr.Load load) {
            access(load.buffer(), load.index());
        }
        if (expr instanceof Expr.Select select) {
            expression(select.condition());
            guarded(select.condition(), select.then());
            expression(select.otherwise());
        } else if (expr instanceof Expr.And and) {
            expression(and.left());
            guarded(and.left(), and.right());
        } else {
            Traversal.operands(expr).forEach(this::expression);
        }
    }

    private void guarded(Expr condition, Expr expr) {
        around.add(new Context.Condition(condition));
        expression(expr);
        around.remove(around.size() - 1);
    }

    private void access(Buffer buffer, Expr index) {
        int size = buffer.hasRows() ? Math.multiplyExact(buffer.size(), program.tile()) : buffer.size();
        OptionalInt outside = new IndexBounds(constants).outside(index, size, around);
        if (outside.isPresent()) {
            report("reaches element " + outside.getAsInt() + " of " + buffer);
        }
    }
}
