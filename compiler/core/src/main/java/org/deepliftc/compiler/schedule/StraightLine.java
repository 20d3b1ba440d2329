package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;
import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * Writes a tiny program as straight lines: procedures of one phase become one as long as it fits a method, loops are
 * unrolled, weights become literals, and buffers used in one procedure alone become variables. A procedure whose
 * control flow depends on data, or that is too large, stays as it is; so does a program with more constants than a class can hold
 * as literals, or of more than 20,000 multiply-adds.
 */
public final class StraightLine {

    /** Multiply-adds of a prediction or of an explanation up to which straight lines are shorter to run and read. */
    static final int MULTIPLY_ADDS = 2_000;

    /** Each may take an entry of the class's constant pool, which holds 65,535. */
    private static final long LITERALS = 30_000;

    private static final long STATEMENTS = 12_000;
    /** Beyond this the source is megabytes long, whoever asks for it. */
    private static final long MOST_MULTIPLY_ADDS = 20_000;

    private static final long MOST_STATEMENTS = 100_000;
    private static final long STATEMENTS_OF_PART = 20_000;

    private final LoopProgram program;
    private final Fold fold;
    private final Map<Buffer, List<Expr>> literals = new HashMap<>();
    private final Map<Buffer, Integer> users = new HashMap<>();

    private StraightLine(LoopProgram program, ElementType type) {
        this.program = program;
        this.fold = new Fold(type);
    }

    /** True where the program is small enough to be better off without loops. */
    public static boolean applies(LoopProgram program) {
        return isWithin(program, MULTIPLY_ADDS, STATEMENTS);
    }

    private static boolean isWithin(LoopProgram program, long multiplyAdds, long statements) {
        List<Procedure> explain = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (phase != Phase.LOAD && phase != Phase.PREDICT) {
                explain.addAll(program.steps(phase));
            }
        }
        return Work.isAtMost(program.steps(Phase.PREDICT), multiplyAdds, statements)
                && Work.isAtMost(explain, multiplyAdds, statements);
    }

    /** The program in straight lines; workspace arrays that remain share no memory. */
    static LoopProgram run(LoopProgram program, ElementType type) {
        long constants =
                program.constants().stream().mapToLong(c -> c.buffer().size()).sum();
        if (program.tile() > 1 || constants > LITERALS || !isWithin(program, MOST_MULTIPLY_ADDS, MOST_STATEMENTS)) {
            return program;
        }
        LoopProgram joined = joinPhases(program);
        StraightLine pass = new StraightLine(joined, type);
        pass.collect();
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        joined.steps()
                .forEach((phase, procedures) ->
                        steps.put(phase, phase == Phase.LOAD ? procedures : pass.phase(procedures)));
        return withSteps(joined, steps);
    }

    /** Without axes of references, points and targets every phase of an explanation runs once: all become one. */
    private static LoopProgram joinPhases(LoopProgram program) {
        if (!program.referenceInputs().isEmpty()
                || program.points() > 1
                || program.targetsGiven()
                || program.targets().size() > 1) {
            return program;
        }
        List<Procedure> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (phase != Phase.LOAD && phase != Phase.PREDICT && phase != Phase.REFERENCE) {
                all.addAll(program.steps(phase));
            }
        }
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        steps.put(Phase.LOAD, program.steps(Phase.LOAD));
        steps.put(Phase.PREDICT, program.steps(Phase.PREDICT));
        steps.put(Phase.EXAMPLE, all);
        return withSteps(program, steps);
    }

    private static LoopProgram withSteps(LoopProgram program, Map<Phase, List<Procedure>> steps) {
        Set<Buffer> used = new HashSet<>();
        Map<Buffer, Integer> slots = new LinkedHashMap<>();
        for (List<Procedure> procedures : steps.values()) {
            for (Procedure procedure : procedures) {
                used.addAll(procedure.reads());
                used.addAll(procedure.writes());
            }
        }
        for (Buffer buffer : program.slots().keySet()) {
            if (used.contains(buffer)) {
                slots.put(buffer, slots.size());
            }
        }
        return new LoopProgram(
                program.inputs(),
                program.referenceInputs(),
                program.predictions(),
                program.results(),
                program.constants().stream()
                        .filter(c -> used.contains(c.buffer()))
                        .toList(),
                steps,
                slots,
                program.targets(),
                program.targetsGiven(),
                program.tile(),
                program.points());
    }

    private void collect() {
        for (var constant : program.constants()) {
            literals.put(constant.buffer(), constantLiterals(constant));
        }
        if (!program.targetsGiven() && program.targets().size() == 1) {
            List<Expr> target = List.of(new Expr.Int(program.targets().get(0)));
            for (List<Procedure> procedures : program.steps().values()) {
                procedures.forEach(p -> p.reads().stream()
                        .filter(b -> b.place() == Buffer.Place.TARGET)
                        .forEach(b -> literals.put(b, target)));
            }
        }
        for (List<Procedure> procedures : program.steps().values()) {
            for (Procedure procedure : procedures) {
                touched(procedure).forEach(b -> users.merge(b, 1, Integer::sum));
            }
        }
    }

    private List<Expr> constantLiterals(org.deepliftc.compiler.loop.ConstantBuffer constant) {
        double[] values = Packed.values(constant);
        List<Expr> all = new ArrayList<>(values.length);
        for (double value : values) {
            all.add(
                    constant.buffer().kind() == Kind.INT
                            ? new Expr.Int((int) value)
                            : new Expr.Real(fold.round(value)));
        }
        return all;
    }

    private static Set<Buffer> touched(Procedure procedure) {
        Set<Buffer> touched = new HashSet<>(procedure.reads());
        touched.addAll(procedure.writes());
        return touched;
    }

    /** Groups of neighbours, each as large as fits one method. */
    private List<Procedure> phase(List<Procedure> procedures) {
        List<Procedure> parts = new ArrayList<>();
        procedures.forEach(p -> parts.addAll(small(p)));
        List<Procedure> done = new ArrayList<>();
        int start = 0;
        while (start < parts.size()) {
            Optional<Procedure> straight = Optional.empty();
            int end = start;
            while (end < parts.size()) {
                Optional<Procedure> longer = straight(parts.subList(start, end + 1));
                if (longer.isEmpty()) {
                    break;
                }
                straight = longer;
                end++;
            }
            done.add(straight.orElse(parts.get(start)));
            start = Math.max(end, start + 1);
        }
        return done.stream().filter(p -> !p.body().isEmpty()).toList();
    }

    /** The procedure, in parts that can each be written as straight lines where that is possible. */
    private List<Procedure> small(Procedure procedure) {
        if (Work.isAtMost(List.of(procedure), Long.MAX_VALUE, STATEMENTS_OF_PART)
                && straight(List.of(procedure)).isPresent()) {
            return List.of(procedure);
        }
        Optional<List<Procedure>> halves = SplitProcedure.halve(procedure);
        if (halves.isEmpty() || !Work.isAtMost(List.of(procedure), Long.MAX_VALUE, 20 * STATEMENTS_OF_PART)) {
            return List.of(procedure);
        }
        List<Procedure> parts = new ArrayList<>();
        for (Procedure half : halves.get()) {
            touched(half).forEach(b -> users.merge(b, 1, Integer::sum));
        }
        touched(procedure).forEach(b -> users.merge(b, -1, Integer::sum));
        halves.get().forEach(half -> parts.addAll(small(half)));
        return parts;
    }

    /** The group as one procedure of straight lines; empty where its flow depends on data or it is too large. */
    private Optional<Procedure> straight(List<Procedure> group) {
        Set<Buffer> gathered = new HashSet<>();
        while (true) {
            Unroll unroll = new Unroll(new Unroll.Setting(local(group, gathered), gathered, literals, fold));
            Optional<Expr.Var> count = referenceCount(group, unroll);
            try {
                for (Procedure procedure : group) {
                    unroll.run(procedure.body());
                }
            } catch (Unroll.Gathered e) {
                gathered.add(e.buffer());
                continue;
            } catch (NotUnrollable e) {
                return Optional.empty();
            }
            List<Stmt> body = Tidy.run(unroll.statements(), unroll.names());
            return BytecodeSize.fits(body) ? Optional.of(merged(group, count, body)) : Optional.empty();
        }
    }

    /** The buffers of the group that nobody else uses. */
    private Set<Buffer> local(List<Procedure> group, Set<Buffer> gathered) {
        Map<Buffer, Integer> here = new HashMap<>();
        group.forEach(p -> touched(p).forEach(b -> here.merge(b, 1, Integer::sum)));
        boolean onePhase = program.referenceInputs().isEmpty()
                && program.points() == 1
                && program.targets().size() <= 1;
        Set<Buffer> local = new HashSet<>();
        here.forEach((buffer, uses) -> {
            boolean scratch = buffer.place() == Buffer.Place.WORKSPACE
                    || buffer.place() == Buffer.Place.ACCUMULATOR && onePhase && !program.targetsGiven();
            if (scratch && uses.equals(users.get(buffer)) && !gathered.contains(buffer)) {
                local.add(buffer);
            }
        });
        return local;
    }

    private Optional<Expr.Var> referenceCount(List<Procedure> group, Unroll unroll) {
        Optional<Expr.Var> first = Optional.empty();
        for (Procedure procedure : group) {
            if (procedure.referenceCount().isPresent()) {
                boolean one = program.referenceInputs().isEmpty();
                first = first.isPresent() || one ? first : procedure.referenceCount();
                unroll.assume(
                        procedure.referenceCount().get(), one ? new Expr.Int(program.points()) : first.orElseThrow());
            }
        }
        return first;
    }

    private static Procedure merged(List<Procedure> group, Optional<Expr.Var> count, List<Stmt> body) {
        List<String> comment = new ArrayList<>();
        List<String> previous = List.of();
        for (Procedure procedure : group) {
            if (!procedure.comment().equals(previous)) {
                comment.addAll(procedure.comment());
            }
            previous = procedure.comment();
        }
        Accesses accesses = Accesses.of(body);
        Optional<Expr.Var> used = count.filter(Traversal.variables(body)::contains);
        String name = group.get(0).name();
        if (group.size() > 1) {
            name = name + " to " + group.get(group.size() - 1).name();
        }
        return new Procedure(name, comment, accesses.reads(), accesses.writes(), used, body);
    }
}
