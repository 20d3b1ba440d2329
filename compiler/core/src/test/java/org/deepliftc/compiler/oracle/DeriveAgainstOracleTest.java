package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.NormaliseOneHot;
import org.deepliftc.compiler.rule.ResolveExplanation;
import org.junit.jupiter.api.Test;

/** Joint graphs, evaluated by the interpreter, give the contributions of the paper's equations. */
final class DeriveAgainstOracleTest {
    private static final int NETWORKS = 200;
    private static final double TOLERANCE = 1e-9;

    @Test
    void deepLiftWithCrossMax() {
        agrees(Method.DEEPLIFT, MaxRule.CROSS);
    }

    @Test
    void deepLiftWithWinner() {
        agrees(Method.DEEPLIFT, MaxRule.WINNER);
    }

    @Test
    void deepLiftWithGradientMax() {
        agrees(Method.DEEPLIFT, MaxRule.GRADIENT);
    }

    @Test
    void gradient() {
        agrees(Method.GRADIENT, MaxRule.GRADIENT);
    }

    @Test
    void gradientTimesInput() {
        agrees(Method.GRADIENT_X_INPUT, MaxRule.GRADIENT);
    }

    @Test
    void contributionsSumToTheDifferenceFromReference() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork network = RandomNetworks.network(seed);
            if (summationError(network) > 1e-10) {
                RandomNetwork smallest = network.shrunk(n -> summationError(n) > 1e-10);
                assertThat(summationError(smallest)).as("%s", smallest).isLessThanOrEqualTo(1e-10);
            }
        }
    }

    private static double summationError(RandomNetwork network) {
        List<double[]> contributions = derived(network, Method.DEEPLIFT, MaxRule.CROSS);
        RuleOracle oracle = oracle(network, MaxRule.CROSS);
        double difference = oracle.output(network.actual());
        for (List<double[]> reference : network.references()) {
            difference -= oracle.output(reference) / network.references().size();
        }
        double sum = 0;
        double size = Math.abs(oracle.output(network.actual()));
        for (double[] each : contributions) {
            for (double c : each) {
                sum += c;
                size += Math.abs(c);
            }
        }
        return Math.abs(sum - difference) / Math.max(size, 1e-3);
    }

    private static void agrees(Method method, MaxRule maxRule) {
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork network = RandomNetworks.network(seed);
            if (error(network, method, maxRule) > TOLERANCE) {
                RandomNetwork smallest = network.shrunk(n -> error(n, method, maxRule) > TOLERANCE);
                assertThat(error(smallest, method, maxRule))
                        .as("%s %s on %s", method, maxRule, smallest)
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    /** The largest difference, relative to the largest contribution (or to 0.001, where all are nearly nothing). */
    private static double error(RandomNetwork network, Method method, MaxRule maxRule) {
        List<double[]> expected =
                oracle(network, maxRule).contributions(method, network.actual(), network.references());
        List<double[]> derived = derived(network, method, maxRule);
        double size = 1e-3;
        double error = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int k = 0; k < expected.get(i).length; k++) {
                size = Math.max(size, Math.abs(expected.get(i)[k]));
                error = Math.max(error, Math.abs(expected.get(i)[k] - derived.get(i)[k]));
                error = Double.isNaN(derived.get(i)[k]) ? Double.POSITIVE_INFINITY : error;
            }
        }
        return error / size;
    }

    private static RuleOracle oracle(RandomNetwork network, MaxRule maxRule) {
        Node point = network.output();
        boolean softmax = point.op() instanceof Op.Softmax;
        boolean explainsOutput = explainsOutput(network);
        if (!explainsOutput && (softmax || point.op() instanceof Op.Elementwise)) {
            point = point.input(0);
        }
        double[] seed = softmax && !explainsOutput
                ? RuleOracle.meanNormalised(point, network.target())
                : RuleOracle.neuron(point, network.target());
        return new RuleOracle(network.model(), point, seed, maxRule);
    }

    private static boolean explainsOutput(RandomNetwork network) {
        return network.seed() % 2 == 0;
    }

    private static List<double[]> derived(RandomNetwork network, Method method, MaxRule maxRule) {
        ExplainOptions asked = new ExplainOptions(
                Optional.empty(),
                Optional.of(explainsOutput(network) ? new Point.Output() : new Point.PreActivation()),
                Optional.of(new Target.Flat(List.of(network.target()))),
                Map.of(),
                Optional.of(method),
                Optional.empty(),
                Map.of(),
                Optional.of(maxRule),
                Optional.of(SoftmaxTarget.NORMALISED),
                Map.of(),
                Optional.empty());
        Explanation explanation =
                NormaliseOneHot.run(ResolveExplanation.of(network.model(), asked, Optional.empty(), false));
        JointGraph joint = DeriveMultipliers.run(explanation);
        List<Map<Op.Input, double[]>> references = new ArrayList<>();
        network.references().forEach(r -> references.add(bound(network, Op.Role.REFERENCE, r)));
        JointInterpreter interpreter = new JointInterpreter(
                joint.graph(), bound(network, Op.Role.ACTUAL, network.actual()), references, List.of(Map.of()));
        List<double[]> contributions = new ArrayList<>();
        for (int i = 0; i < network.actual().size(); i++) {
            contributions.add(
                    interpreter.value(joint.graph().outputs().get(JointGraph.CONTRIBUTIONS + i), 0, 0));
        }
        return contributions;
    }

    private static Map<Op.Input, double[]> bound(RandomNetwork network, Op.Role role, List<double[]> values) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        for (Node node : network.model().graph().nodes()) {
            if (node.op() instanceof Op.Input input) {
                bound.put(
                        new Op.Input(role, input.index(), input.shape(), input.type()), values.get(input.index()));
            }
        }
        return bound;
    }
}
