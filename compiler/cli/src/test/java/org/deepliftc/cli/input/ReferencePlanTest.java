package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

class ReferencePlanTest {
    private static final List<InputDeclaration> INPUTS = List.of(input("a", 2), input("b", 1));

    private static InputDeclaration input(String name, int size) {
        return new InputDeclaration(name, Shape.of(size), OptionalInt.empty(), false);
    }

    @Test
    void repeatsASingleReferenceBesideSeveral() {
        ReferenceSource two = ReferenceSource.rows(new float[] {1, 2, 3, 4}, 2, false, 2);
        ReferencePlan plan = ReferencePlan.of(INPUTS, List.of(two, ReferenceSource.zeros(1)));

        assertThat(plan.count()).isEqualTo(2);
        assertThat(plan.perExample()).isFalse();
        Object[] shared = plan.shared(INPUTS, Precision.FLOAT);
        assertThat((float[]) shared[0]).containsExactly(1, 2, 3, 4);
        assertThat((float[]) shared[1]).containsExactly(0, 0);
    }

    @Test
    void handsOutTheReferencesOfSomeExamples() {
        ReferenceSource own = ReferenceSource.rows(new double[] {1, 2, 3, 4, 5, 6}, 1, true, 2);
        ReferenceSource shared = ReferenceSource.rows(new double[] {9}, 1, false, 1);
        ReferencePlan plan = ReferencePlan.of(INPUTS, List.of(own, shared));

        Object[] rows = plan.rows(INPUTS, Precision.DOUBLE, 1, 2);

        assertThat(plan.perExample()).isTrue();
        assertThat((double[]) rows[0]).containsExactly(3, 4, 5, 6);
        assertThat((double[]) rows[1]).containsExactly(9, 9);
    }

    @Test
    void refusesDifferentNumbers() {
        ReferenceSource two = ReferenceSource.rows(new float[4], 2, false, 2);
        ReferenceSource three = ReferenceSource.rows(new float[3], 3, false, 1);

        assertThatThrownBy(() -> ReferencePlan.of(INPUTS, List.of(two, three)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'a' 2, 'b' 3");
    }
}
