package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.optimize.Optimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Joint graphs, evaluated by the interpreter, give the contributions of the paper's equations. */
final class DeriveAgainstOracleTest {

    @ParameterizedTest
    @CsvSource({
        "DEEPLIFT, CROSS",
        "DEEPLIFT, WINNER",
        "DEEPLIFT, SEGMENTS",
        "DEEPLIFT, GRADIENT",
        "GRADIENT, GRADIENT",
        "GRADIENT_X_INPUT, GRADIENT",
    })
    void jointGraphsFollowTheEquations(Method method, MaxRule maxRule) {
        NetworkProperty.holds(method + " with " + maxRule, 1e-9, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, method, maxRule);
            return ExplainedNetwork.error(
                    explained.expected(),
                    explained.interpreted(explained.joint().graph()));
        });
    }

    @ParameterizedTest
    @CsvSource({"DEEPLIFT, CROSS", "DEEPLIFT, WINNER", "GRADIENT_X_INPUT, GRADIENT"})
    void passesPreserveValues(Method method, MaxRule maxRule) {
        NetworkProperty.holds("passes over " + method + " with " + maxRule, 1e-10, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, method, maxRule);
            Graph joint = explained.joint().graph();
            return ExplainedNetwork.error(
                    explained.interpreted(joint), explained.interpreted(Optimizer.optimize(joint)));
        });
    }

    /** Random networks have products of matrices, where reveal-cancel is an error, and it is told that it must be. */
    @ParameterizedTest
    @CsvSource({
        "CROSS, REVEAL_CANCEL",
        "CROSS, GENOMICS",
        "SEGMENTS, REVEAL_CANCEL",
        "WINNER, GENOMICS",
        "SEGMENTS, GENOMICS",
    })
    void revealCancelFollowsTheEquations(MaxRule maxRule, NonlinearityRule rule) {
        int[] defined = {0};
        NetworkProperty.holds(rule + " with " + maxRule, 1e-6, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, maxRule, rule);
            Graph joint;
            try {
                joint = explained.joint().graph();
            } catch (DiagnosticException e) {
                assertThat(e).hasMessageContaining("has no positive and negative parts");
                return 0;
            }
            defined[0]++;
            return ExplainedNetwork.error(explained.expected(), explained.interpreted(joint));
        });
        assertThat(defined[0]).isGreaterThan(100);
    }

    /** The other methods; relevance has no rule for products of activations. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"GUIDED_BACKPROP", "DECONVNET", "LRP", "INTEGRATED_GRADIENTS"})
    void otherMethodsFollowTheirEquations(Method method) {
        int[] defined = {0};
        NetworkProperty.holds(method.spelling(), 1e-9, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, method, MaxRule.GRADIENT);
            Graph joint;
            try {
                joint = explained.joint().graph();
            } catch (DiagnosticException e) {
                assertThat(e).hasMessageContaining("layer-wise relevance propagation has no rule");
                return 0;
            }
            defined[0]++;
            return ExplainedNetwork.error(explained.expected(), explained.interpreted(joint));
        });
        assertThat(defined[0]).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "CROSS, RESCALE",
        "SEGMENTS, RESCALE",
        "CROSS, REVEAL_CANCEL",
        "SEGMENTS, REVEAL_CANCEL",
        "SEGMENTS, GENOMICS",
    })
    void contributionsSumToTheDifferenceFromReference(MaxRule maxRule, NonlinearityRule rule) {
        NetworkProperty.holds(
                "summation-to-delta of " + rule + " with " + maxRule, 1e-10, n -> unexplained(n, maxRule, rule));
    }

    /** What the contributions miss of the difference-from-reference, relative to all that was summed. */
    private static double unexplained(RandomNetwork network, MaxRule maxRule, NonlinearityRule rule) {
        ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, maxRule, rule);
        Graph joint;
        try {
            joint = explained.joint().graph();
        } catch (DiagnosticException e) {
            return 0; // a product of matrices, which has no parts
        }
        RuleOracle oracle = explained.oracle();
        double difference = oracle.output(network.actual());
        for (List<double[]> reference : network.references()) {
            difference -= oracle.output(reference) / network.references().size();
        }
        double sum = 0;
        double size = 1e-3 + Math.abs(oracle.output(network.actual()));
        for (double[] each : explained.interpreted(joint)) {
            for (double contribution : each) {
                sum += contribution;
                size += Math.abs(contribution);
            }
        }
        return Math.abs(sum - difference) / size;
    }
}
