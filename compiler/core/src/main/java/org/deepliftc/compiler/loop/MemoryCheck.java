package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs through two examples of two references and two targets each, and checks that every read of a workspace buffer
 * sees what was last written to that buffer, for the same example, reference, point and target, and not what another buffer
 * of the same array left there.
 */
final class MemoryCheck {

    /** Who wrote an array last, and in which iterations; -1 stands for outside that loop. */
    private record Owner(Buffer buffer, int example, int reference, int point, int target) {}

    private final LoopProgram program;
    private final int references;
    private final int targets;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Map<Integer, Owner> owners = new HashMap<>();
    private int example;
    private int reference = -1;
    private int point = -1;
    private int target = -1;

    private MemoryCheck(LoopProgram program) {
        this.program = program;
        this.references = program.referenceInputs().isEmpty() ? 1 : 2;
        this.targets = program.targetsGiven() || program.targets().size() > 1 ? 2 : 1;
    }

    static List<String> problems(LoopProgram program) {
        MemoryCheck check = new MemoryCheck(program);
        for (int i = 0; i < 2; i++) {
            check.owners.clear();
            check.run(Phase.PREDICT);
            check.owners.clear();
            check.run(Phase.REFERENCE);
        }
        for (check.example = 0; check.example < 2; check.example++) {
            check.explain();
        }
        return new ArrayList<>(check.problems);
    }

    private void explain() {
        run(Phase.EXAMPLE);
        eachTarget(Phase.START);
        for (int r = 0; r < references; r++) {
            reference = references > 1 ? r : -1;
            for (int p = 0; p < Math.min(2, program.points()); p++) {
                point = program.points() > 1 ? p : -1;
                run(Phase.PAIR);
                eachTarget(Phase.PAIR_TARGET);
            }
            point = -1;
        }
        reference = -1;
        eachTarget(Phase.FINISH);
    }

    private void eachTarget(Phase phase) {
        for (int t = 0; t < targets; t++) {
            target = targets > 1 ? t : -1;
            run(phase);
        }
        target = -1;
    }

    private void run(Phase phase) {
        for (Procedure procedure : program.steps(phase)) {
            procedure.reads().forEach(buffer -> read(phase, procedure, buffer));
            procedure.writes().forEach(buffer -> write(phase, procedure, buffer));
        }
    }

    private void read(Phase phase, Procedure procedure, Buffer buffer) {
        Integer slot = program.slots().get(buffer);
        if (!buffer.isPlanned() || slot == null || writesFirst(procedure.body(), buffer)) {
            return;
        }
        Owner owner = owners.get(slot);
        String place = phase + " step '" + procedure.name() + "' reads " + buffer;
        if (owner == null) {
            problems.add(place + " before anything wrote it");
        } else if (owner.buffer != buffer) {
            problems.add(place + ", but array " + slot + " holds " + owner.buffer);
        } else if (owner.example != example
                || owner.reference >= 0 && owner.reference != reference
                || owner.point >= 0 && owner.point != point
                || owner.target >= 0 && owner.target != target) {
            problems.add(place + " as another iteration left it");
        }
    }

    private void write(Phase phase, Procedure procedure, Buffer buffer) {
        Integer slot = program.slots().get(buffer);
        if (!buffer.isPlanned() || slot == null) {
            return;
        }
        for (Buffer other : procedure.reads()) {
            if (other != buffer && slot.equals(program.slots().get(other))) {
                problems.add(phase + " step '" + procedure.name() + "' writes " + buffer + " over " + other
                        + ", which it reads");
            }
        }
        owners.put(slot, new Owner(buffer, example, reference, point, target));
    }

    /** True where the first statement that touches the buffer is a store that does not read it. */
    private static boolean writesFirst(List<Stmt> body, Buffer buffer) {
        for (Stmt stmt : body) {
            Accesses accesses = Accesses.of(List.of(stmt));
            boolean reads = accesses.reads().contains(buffer);
            if (reads && !Traversal.body(stmt).isEmpty()) {
                return writesFirst(Traversal.body(stmt), buffer);
            }
            if (reads || accesses.writes().contains(buffer)) {
                return !reads;
            }
        }
        return false;
    }
}
