package org.deepliftc.compiler.oracle;

import java.util.List;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.optimize.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joint graphs, evaluated by the interpreter, give the contributions of the paper's equations. */
final class DeriveAgainstOracleTest {

    @ParameterizedTest
    @CsvSource({
        "DEEPLIFT, CROSS",
        "DEEPLIFT, WINNER",
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

    @Test
    void contributionsSumToTheDifferenceFromReference() {
        NetworkProperty.holds("summation-to-delta", 1e-10, DeriveAgainstOracleTest::unexplained);
    }

    /** What the contributions miss of the difference-from-reference, relative to all that was summed. */
    private static double unexplained(RandomNetwork network) {
        ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, MaxRule.CROSS);
        RuleOracle oracle = explained.oracle();
        double difference = oracle.output(network.actual());
        for (List<double[]> reference : network.references()) {
            difference -= oracle.output(reference) / network.references().size();
        }
        double sum = 0;
        double size = 1e-3 + Math.abs(oracle.output(network.actual()));
        for (double[] each : explained.interpreted(explained.joint().graph())) {
            for (double contribution : each) {
                sum += contribution;
                size += Math.abs(contribution);
            }
        }
        return Math.abs(sum - difference) / size;
    }
}
