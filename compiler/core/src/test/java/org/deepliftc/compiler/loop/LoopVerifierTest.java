package org.deepliftc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer.Place;
import org.deepliftc.compiler.loop.Expr.Relation;
import org.junit.jupiter.api.Test;

class LoopVerifierTest {
    private final Buffer x = new Buffer("x", Kind.REAL, 6, Place.INPUT);
    private final Buffer out = new Buffer("out", Kind.REAL, 6, Place.RESULT);
    private final Buffer one = new Buffer("one", Kind.REAL, 6, Place.WORKSPACE);
    private final Buffer two = new Buffer("two", Kind.REAL, 6, Place.WORKSPACE);
    private final Expr.Var k = Programs.integer("k");

    private List<String> problems(Map<Buffer, Integer> slots, Map<Phase, List<Procedure>> steps) {
        return problems(slots, steps, List.of());
    }

    private List<String> problems(
            Map<Buffer, Integer> slots, Map<Phase, List<Procedure>> steps, List<Integer> targets) {
        return LoopVerifier.problems(new LoopProgram(
                List.of(new LoopProgram.Port("x", Shape.of(6), x)),
                List.of(),
                List.of(),
                new LoopProgram.Results(List.of(out), List.of(), List.of(), out, Optional.empty(), Optional.empty()),
                List.of(),
                steps,
                slots,
                targets,
                false));
    }

    private List<String> problems(Stmt... body) {
        return problems(Map.of(), Map.of(Phase.EXAMPLE, List.of(Programs.procedure("step", body))));
    }

    private Procedure copy(Buffer from, Buffer to) {
        Expr.Var i = Programs.integer("i");
        return Programs.procedure("copy", new Stmt.Lanes(i, 6, List.of(new Stmt.Store(to, i, Programs.load(from, i)))));
    }

    @Test
    void findsAccessesOutsideABuffer() {
        Stmt shifted = new Stmt.Store(out, k, Programs.load(x, Programs.add(k, Programs.i(1))));
        assertThat(problems(new Stmt.For(k, Programs.i(0), Programs.i(6), List.of(shifted))))
                .singleElement()
                .asString()
                .contains("reaches element 6 of x[6]");
        assertThat(problems(new Stmt.For(k, Programs.i(0), Programs.i(5), List.of(shifted))))
                .isEmpty();
    }

    @Test
    void believesConditionsAndBoundsAroundAnAccess() {
        Expr before = Programs.sub(k, Programs.i(2));
        Expr padded = new Expr.Select(
                new Expr.Compare(Relation.AT_LEAST, before, Programs.i(0)), Programs.load(x, before), Programs.r(0));
        assertThat(problems(new Stmt.Lanes(k, 6, List.of(new Stmt.Store(out, k, padded)))))
                .isEmpty();
        Expr.Var t = Programs.integer("t");
        Expr first = new Expr.Binary(Expr.Operator.MAX, Programs.i(0), Programs.sub(Programs.i(2), k));
        Expr tap = Programs.load(x, Programs.add(before, t));
        Expr.Var sum = Programs.real("sum");
        Stmt window = new Stmt.For(t, first, Programs.i(2), List.of(new Stmt.Assign(sum, tap)));
        assertThat(problems(new Stmt.For(
                        k,
                        Programs.i(0),
                        Programs.i(6),
                        List.of(new Stmt.Declare(sum, Programs.r(0)), window, new Stmt.Store(out, k, sum)))))
                .isEmpty();
    }

    @Test
    void findsUndeclaredVariablesAndWrongLists() {
        assertThat(problems(new Stmt.Store(out, k, Programs.r(0))))
                .first()
                .asString()
                .contains("k, which is not declared");
        Procedure wrong = new Procedure(
                "wrong",
                List.of(),
                List.of(),
                List.of(out),
                Optional.empty(),
                copy(x, out).body());
        assertThat(problems(Map.of(), Map.of(Phase.EXAMPLE, List.of(wrong))))
                .singleElement()
                .asString()
                .contains("list");
    }

    @Test
    void findsLanesThatMeet() {
        Expr.Var sum = Programs.real("sum");
        List<String> shared = problems(
                new Stmt.Declare(sum, Programs.r(0)),
                new Stmt.Lanes(k, 6, List.of(new Stmt.Assign(sum, Programs.load(x, k)))),
                new Stmt.Store(out, Programs.i(0), sum));
        assertThat(shared).singleElement().asString().contains("share the local sum");
        assertThat(problems(new Stmt.Lanes(k, 6, List.of(new Stmt.Store(out, Programs.i(0), Programs.load(x, k))))))
                .singleElement()
                .asString()
                .contains("write one element");
    }

    @Test
    void findsBuffersOutOfReach() {
        assertThat(problems(Map.of(), Map.of(Phase.EXAMPLE, List.of(copy(out, x)))))
                .singleElement()
                .asString()
                .contains("must not write x");
        Buffer sum = new Buffer("sum", Kind.REAL, 6, Place.ACCUMULATOR);
        assertThat(problems(Map.of(), Map.of(Phase.EXAMPLE, List.of(copy(sum, out)))))
                .singleElement()
                .asString()
                .contains("cannot reach sum");
    }

    @Test
    void findsMemoryOverwrittenTooEarly() {
        List<Procedure> steps = List.of(copy(x, one), copy(x, two), copy(one, out));
        assertThat(problems(Map.of(one, 0, two, 1), Map.of(Phase.EXAMPLE, steps)))
                .isEmpty();
        assertThat(problems(Map.of(one, 0, two, 0), Map.of(Phase.EXAMPLE, steps)))
                .singleElement()
                .asString()
                .contains("reads one[6], but array 0 holds two[6]");
    }

    @Test
    void findsMemoryThatOnlyTheSecondIterationMisses() {
        Map<Phase, List<Procedure>> steps =
                Map.of(Phase.EXAMPLE, List.of(copy(x, one)), Phase.FINISH, List.of(copy(one, out), copy(x, two)));
        assertThat(problems(Map.of(one, 0, two, 0), steps)).isEmpty();
        assertThat(problems(Map.of(one, 0, two, 0), steps, List.of(0, 1)))
                .singleElement()
                .asString()
                .contains("but array 0 holds two[6]");
    }
}
