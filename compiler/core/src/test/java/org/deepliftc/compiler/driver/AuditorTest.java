package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residuals of small models against numbers by hand. */
final class AuditorTest {
    @TempDir
    Path folder;

    private Model model(String text) throws IOException {
        return Compiler.read(Files.writeString(folder.resolve("model.dlift"), text));
    }

    private static CompileOptions options(Method method, MaxRule maxRule, Integer... targets) {
        return CompileOptions.DEFAULT.withExplain(ExplainOptions.builder()
                .at(new Point.Output())
                .target(Target.flat(targets))
                .references(Map.of("*", new Reference.Given()))
                .method(method)
                .maxRule(maxRule)
                .build());
    }

    private static AuditTable.Row worst(Auditor auditor, List<AuditSample> samples) {
        return AuditTable.of(auditor.nodes(), samples).rows().get(0);
    }

    @Test
    void findsNothingInAGatedNetwork() throws IOException {
        Auditor auditor = Auditor.of(model("""
                model Gated {
                  input x: float[3]
                  g = sigmoid(dense(x, units = 3, weight = [[1, 2, -1], [0.5, -4, 1], [2, 1, 1]], bias = [0.5, 0, -1]))
                  h = tanh(dense(x, units = 3, weight = [[3, 1, 1], [1, -1, 2], [-2, 0, 1]], bias = [0, 1, 0]))
                  output y = softmax(g * h + x)
                }
                """), options(Method.DEEPLIFT, MaxRule.CROSS, 0, 2));

        List<AuditSample> samples = auditor.measure(
                List.of(new double[] {0.3, -1, 2}),
                List.of(List.of(new double[] {0, 0, 0}), List.of(new double[] {1, 0.5, -0.5})));

        assertThat(samples).hasSize(2);
        assertThat(auditor.nodes()).hasSizeGreaterThan(5).allMatch(AuditedNode::exact);
        AuditTable table = AuditTable.of(auditor.nodes(), samples);
        assertThat(table.isExact()).isTrue();
        assertThat(table.rows()).allMatch(row -> row.worst() < 1e-10);
        assertThat(samples.get(0).change()).isNotZero();
    }

    /** Where the condition changes, what that changes is its share. */
    @Test
    void aConditionThatChangesIsExact() throws IOException {
        Auditor auditor = Auditor.of(model("""
                model Kink {
                  input x: float[2]
                  h = tanh(x)
                  w = where(at_least(h, 0), 3 * h, 5 * h + 1)
                  output y = sum(w)
                }
                """), options(Method.DEEPLIFT, MaxRule.CROSS, 0));

        List<AuditSample> samples =
                auditor.measure(List.of(new double[] {1, -1}), List.of(List.of(new double[] {0, 0})));

        double h = Math.tanh(-1);
        assertThat(samples.get(0).change()).isCloseTo(-3 * h + 5 * h + 1, within(1e-12));
        assertThat(Arrays.stream(samples.get(0).residuals())).allMatch(r -> Math.abs(r) < 1e-12);
        assertThat(auditor.nodes()).allMatch(AuditedNode::exact);
    }

    /** The first window falls from 3 to 1, but its winner has not moved; both references together miss half of it. */
    @Test
    void namesAPoolWhoseWinnerStays() throws IOException {
        Model model = model("""
                model Pools {
                  input x: float[1, 4]
                  p = maxpool1d(x, width = 2, stride = 1)
                  output y = sum(2 * p)
                }
                """);
        double[] x = {1, 0, 0, 0};
        double[] reference = {1, 3, 0, 0};
        Auditor winner = Auditor.of(model, options(Method.DEEPLIFT, MaxRule.WINNER, 0));
        Auditor cross = Auditor.of(model, options(Method.DEEPLIFT, MaxRule.CROSS, 0));

        List<AuditSample> one = winner.measure(List.of(x), List.of(List.of(reference)));
        List<AuditSample> two = winner.measure(List.of(x), List.of(List.of(reference), List.of(x)));

        AuditTable.Row worst = worst(winner, one);
        assertThat(worst.node().name()).isEqualTo("p");
        assertThat(worst.node().exact()).isFalse();
        assertThat(worst.worst()).isEqualTo(4);
        assertThat(worst.worstRelative()).isEqualTo(0.4);
        assertThat(worst(winner, two).worst()).isEqualTo(2);
        assertThat(two.get(0).change()).isEqualTo(-5);
        assertThat(AuditTable.of(cross.nodes(), cross.measure(List.of(x), List.of(List.of(reference))))
                        .isExact())
                .isTrue();
    }

    @Test
    void refusesMethodsThatDistributeNoDifference() throws IOException {
        Model model = model("model M { input x: float[2]\n output y = tanh(x) }");

        assertThatThrownBy(() -> Auditor.of(model, options(Method.INTEGRATED_GRADIENTS, MaxRule.CROSS, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("integrated-gradients");
    }

    @Test
    void residualsOfNothingAreInfinite() {
        assertThat(RelativeResidual.of(0, 0, 0)).isZero();
        assertThat(RelativeResidual.of(1e-9, 0, 0)).isInfinite();
        assertThat(RelativeResidual.of(Double.NaN, 1, 1)).isInfinite();
        assertThat(RelativeResidual.of(-0.5, 2, 2)).isEqualTo(0.25);
        assertThat(RelativeResidual.of(1e-12, 0, 10)).isCloseTo(1e-10, within(1e-20));
    }
}
