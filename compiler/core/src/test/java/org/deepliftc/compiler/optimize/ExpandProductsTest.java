package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.layer.NamedActivations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpandProductsTest {
    private final Sketch sketch = new Sketch();

    @ParameterizedTest
    @CsvSource({"gelu, normal_cdf", "silu, sigmoid", "mish, mish.factor"})
    void valueAndSlopeShareTheFactor(String name, String factor) {
        Activation activation = NamedActivations.of(name);
        Node a = sketch.leaf(6);
        Node b = sketch.leaf(6);
        Graph after = sketch.result(sketch.add(new Op.Elementwise(activation), a))
                .result(sketch.add(new Op.DividedDifference(activation), a, b))
                .after(new ExpandProducts(), new MergeDuplicates());
        assertThat(Sketch.form(after))
                .isEqualTo(
                        "multiply(x0, F(x0))\nadd(multiply(add(F(x0), F(x1)), #), multiply(dividedDifference(x0, x1),"
                                        .replace("F", factor)
                                + " multiply(add(x0, x1), #)))");
        assertThat(Sketch.count(after, Op.Elementwise.class)).isEqualTo(2);
    }

    @Test
    void theDerivativeIsTheirLimit() {
        Activation silu = NamedActivations.of("silu");
        Node a = sketch.leaf(6);
        Graph after =
                sketch.result(sketch.add(new Op.DividedDifference(silu), a, a)).after(new ExpandProducts());
        assertThat(Sketch.form(after)).isEqualTo("add(sigmoid(x0), multiply(dividedDifference(x0, x0), x0))");
    }

    @Test
    void cheapFactorsStay() {
        Activation hardSwish = NamedActivations.of("hard_swish");
        Node a = sketch.leaf(6);
        Graph after =
                sketch.result(sketch.add(new Op.Elementwise(hardSwish), a)).after(new ExpandProducts());
        assertThat(Sketch.form(after)).isEqualTo("hard_swish(x0)");
    }
}
