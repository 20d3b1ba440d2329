package org.deepliftc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;
import org.junit.jupiter.api.Test;

/** How much one method gets: HotSpot gives up on the vectors of a method that has too many of them. */
class VectorScheduleTest {
    private static final int STEPS = 10;

    private static Buffer buffer(String name, int size) {
        return new Buffer(name, Kind.REAL, size, Buffer.Place.WORKSPACE);
    }

    /** out = ((in * 2) * 2) ..., so many times. */
    private static Stmt.Lanes lanes(Buffer in, Buffer out, int operations) {
        Expr.Var lane = new Expr.Var("i", Kind.INT);
        return lanes(lane, new Expr.Load(in, lane), out, operations);
    }

    /** The same of what an elementary function does with bits. */
    private static Stmt.Lanes functions(Buffer in, Buffer out, int operations) {
        Expr.Var lane = new Expr.Var("i", Kind.INT);
        return lanes(lane, new Expr.BitsToReal(new Expr.RealToBits(new Expr.Load(in, lane))), out, operations);
    }

    private static Stmt.Lanes lanes(Expr.Var lane, Expr first, Buffer out, int operations) {
        Expr value = first;
        for (int i = 0; i < operations; i++) {
            value = new Expr.Binary(Expr.Operator.MULTIPLY, value, new Expr.Real(2));
        }
        return new Stmt.Lanes(lane, out.size(), out.size(), List.of(new Stmt.Store(out, lane, value)));
    }

    /** A product with weights: a sum in a loop for each lane. */
    private static Stmt.Lanes sums(Buffer in, Buffer weights, Buffer out) {
        Expr.Var lane = new Expr.Var("o", Kind.INT);
        Expr.Var k = new Expr.Var("k", Kind.INT);
        Expr.Var sum = new Expr.Var("sum", Kind.REAL);
        Expr at = new Expr.Binary(
                Expr.Operator.ADD, new Expr.Binary(Expr.Operator.MULTIPLY, k, new Expr.Int(out.size())), lane);
        Expr more = new Expr.Fma(new Expr.Load(in, k), new Expr.Load(weights, at), sum);
        return new Stmt.Lanes(
                lane,
                out.size(),
                out.size(),
                List.of(
                        new Stmt.Declare(sum, new Expr.Real(0)),
                        new Stmt.For(k, new Expr.Int(0), new Expr.Int(in.size()), List.of(new Stmt.Assign(sum, more))),
                        new Stmt.Store(out, lane, sum)));
    }

    private static LoopProgram program(Buffer in, Buffer out, Stmt... body) {
        Procedure procedure =
                new Procedure("step", List.of(), List.of(in), List.of(out), Optional.empty(), List.of(body));
        return new LoopProgram(
                List.of(),
                List.of(),
                List.of(),
                new LoopProgram.Results(List.of(), List.of(), List.of(), out, Optional.empty(), Optional.empty()),
                List.of(),
                Map.of(Phase.EXAMPLE, List.of(procedure)),
                Map.of(in, 0, out, 1),
                List.of(0),
                false);
    }

    private static List<Stmt> scheduled(LoopProgram program) {
        return VectorSchedule.run(program).get(Phase.EXAMPLE).get(0).body();
    }

    private static List<Stmt.Kernel> kernels(List<Stmt> body) {
        List<Stmt.Kernel> kernels = new ArrayList<>();
        Traversal.visitStatements(body, stmt -> {
            if (stmt instanceof Stmt.Kernel kernel) {
                kernels.add(kernel);
            }
        });
        return kernels;
    }

    private static long stores(List<Stmt> body) {
        long[] stores = {0};
        Traversal.visitStatements(body, stmt -> stores[0] += stmt instanceof Stmt.Store ? 1 : 0);
        return stores[0];
    }

    @Test
    void operationsRunTwoVectorsAbreast() {
        Buffer in = buffer("in", 2048);
        Buffer out = buffer("out", 2048);
        for (Stmt lanes : List.of(functions(in, out, 3), lanes(in, out, 80))) {
            List<Stmt> body = scheduled(program(in, out, lanes));

            assertThat(kernels(body)).isEmpty();
            assertThat(stores(body)).isEqualTo(2);
        }
    }

    /** 1200 lanes are two chunks of 512 and one of 176. */
    @Test
    void manyOperationsOfFunctionsRunOneVectorAtATimeInShortMethods() {
        Buffer in = buffer("in", 1200);
        Buffer out = buffer("out", 1200);
        List<Stmt> body = scheduled(program(in, out, functions(in, out, 80)));

        assertThat(kernels(body)).hasSize(2);
        assertThat(kernels(body))
                .allSatisfy(kernel -> assertThat(stores(kernel.body())).isOne());
        assertThat(body.get(0))
                .isInstanceOfSatisfying(
                        Stmt.For.class, loop -> assertThat(loop.to()).isEqualTo(new Expr.Int(2)));
    }

    @Test
    void eachPartOfAStepIsAMethod() {
        Buffer in = buffer("in", 64);
        Buffer out = buffer("out", 64);
        Stmt.For steps = new Stmt.For(
                new Expr.Var("step", Kind.INT),
                new Expr.Int(0),
                new Expr.Int(STEPS),
                List.of(lanes(in, out, 3), lanes(out, in, 3)));

        List<Stmt> body = scheduled(program(in, out, steps));

        assertThat(((Stmt.For) body.get(0)).body())
                .hasSize(2)
                .allSatisfy(stmt -> assertThat(stmt).isInstanceOf(Stmt.Kernel.class));
    }

    /** As of an image's products with weights: no part waits for the step before. */
    @Test
    void partsOfALoopThatIsNoRecurrenceAreNone() {
        Buffer in = buffer("in", 64);
        Buffer out = buffer("out", 64);
        Stmt.For loop = new Stmt.For(
                new Expr.Var("p", Kind.INT),
                new Expr.Int(0),
                new Expr.Int(STEPS),
                List.of(lanes(in, out, 3), lanes(in, out, 4)));

        assertThat(kernels(scheduled(program(in, out, loop)))).isEmpty();
    }

    /** Rows of a recurrence share the weights of every step, which come from the second-level cache each time. */
    @Test
    void rowsOfARecurrenceRunTogether() {
        Buffer state = buffer("state", 64);
        Buffer weights = buffer("weights", 64 * 64);
        Buffer sums = buffer("sums", 64);
        Buffer large = buffer("large", 1 << 19);
        Stmt.For steps = new Stmt.For(
                new Expr.Var("step", Kind.INT),
                new Expr.Int(0),
                new Expr.Int(STEPS),
                List.of(sums(state, weights, sums), lanes(sums, state, 3)));

        assertThat(TileChoice.of(program(state, large, steps), 1)).isEqualTo(8);
        assertThat(TileChoice.of(program(state, large, lanes(state, sums, 3)), 1))
                .isOne();
    }
}
