package org.deepliftc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class CodeFormTest {
    private static final Buffer IN = new Buffer("in", Kind.REAL, 64, Buffer.Place.WORKSPACE);
    private static final Buffer OUT = new Buffer("out", Kind.REAL, 64, Buffer.Place.WORKSPACE);

    private final Expr.Var lane = new Expr.Var("i", Kind.INT);

    private Procedure scheduled(Expr value) {
        Stmt lanes = new Stmt.Lanes(lane, 64, 64, List.of(new Stmt.Store(OUT, lane, value)));
        Procedure procedure =
                new Procedure("step", List.of(), List.of(IN), List.of(OUT), Optional.empty(), List.of(lanes));
        LoopProgram program = new LoopProgram(
                List.of(),
                List.of(),
                List.of(),
                new LoopProgram.Results(List.of(), List.of(), List.of(), OUT, Optional.empty(), Optional.empty()),
                List.of(),
                Map.of(Phase.EXAMPLE, List.of(procedure)),
                Map.of(),
                List.of(0),
                false);
        return VectorSchedule.run(program).get(Phase.EXAMPLE).get(0);
    }

    @Test
    void neighboursAreVectors() {
        assertThat(CodeForm.of(scheduled(new Expr.Load(IN, lane)))).containsExactly(CodeForm.VECTOR);
    }

    @Test
    void lanesApartStayScalar() {
        Expr apart = new Expr.Binary(Expr.Operator.DIVIDE, lane, new Expr.Int(2));

        assertThat(CodeForm.of(scheduled(new Expr.Load(IN, apart)))).containsExactly(CodeForm.SCALAR);
    }

    /** A method that runs once in a call is compiled late, and until then vectors in it are objects. */
    @Test
    void fillingMakesNoVectors() {
        Procedure fill = scheduled(new Expr.Real(0));

        assertThat(fill.body().toString()).doesNotContain("Broadcast");
        assertThat(CodeForm.of(fill)).isEmpty();
    }
}
