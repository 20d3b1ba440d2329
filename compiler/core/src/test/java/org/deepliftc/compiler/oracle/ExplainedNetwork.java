package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.optimize.UnrollScans;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.NormaliseOneHot;
import org.deepliftc.compiler.rule.ResolveExplanation;

/** A random network with a question about it: networks of even seed explain the output, others what lies before it. */
record ExplainedNetwork(RandomNetwork network, Method method, MaxRule maxRule, NonlinearityRule rule) {
    /** Few steps: integrated gradients are compared with integrated gradients. */
    /** Apart from the middle no point of a path meets a kink: inputs and bounds are quarters, never sevenths. */
    private static final int STEPS = 7;

    private static final double LRP_EPSILON = 0.01;

    ExplainedNetwork(RandomNetwork network, Method method, MaxRule maxRule) {
        this(network, method, maxRule, NonlinearityRule.RESCALE);
    }

    private boolean explainsOutput() {
        return network.seed() % 2 == 0;
    }

    ExplainOptions options() {
        return ExplainOptions.builder()
                .at(explainsOutput() ? new Point.Output() : new Point.PreActivation())
                .target(Target.flat(network.target()))
                .references(Map.of("*", new Reference.Given()))
                .method(method)
                .rule(rule)
                .maxRule(maxRule)
                .softmax(SoftmaxTarget.NORMALISED)
                .softmaxRule(SoftmaxRule.DECOMPOSED)
                .normRule(NormRule.DECOMPOSED)
                .steps(STEPS)
                .lrpEpsilon(LRP_EPSILON)
                .build();
    }

    /** About the network with its recurrences written out: the oracle knows no others. */
    RuleOracle oracle() {
        Model model = unrolled(network.model());
        Node point = model.graph().outputs().values().iterator().next();
        boolean softmax = point.op() instanceof Op.Softmax || point.op() instanceof Op.LogSoftmax;
        if (!explainsOutput() && (softmax || point.op() instanceof Op.Elementwise)) {
            point = point.input(0);
        }
        double[] seed = softmax && !explainsOutput()
                ? RuleOracle.meanNormalised(point, network.target())
                : RuleOracle.neuron(point, network.target());
        return new RuleOracle(model, point, seed, new OracleRules(maxRule, rule, STEPS, LRP_EPSILON));
    }

    private static Model unrolled(Model model) {
        Graph graph = new UnrollScans(Integer.MAX_VALUE).run(model.graph());
        return new Model(model.name(), graph, model.inputs(), model.explain(), model.source(), model.sourceDigest());
    }

    /** What the paper's equations give. */
    List<double[]> expected() {
        return oracle().contributions(method, network.actual(), network.references());
    }

    JointGraph joint() {
        Explanation explanation = ResolveExplanation.of(network.model(), options(), Optional.empty(), false);
        return DeriveMultipliers.run(NormaliseOneHot.run(explanation));
    }

    /** The contributions that a joint graph makes, interpreted. */
    List<double[]> interpreted(Graph joint) {
        List<Map<Op.Input, double[]>> references = new ArrayList<>();
        network.references().forEach(r -> references.add(bound(Op.Role.REFERENCE, r)));
        JointInterpreter interpreter =
                new JointInterpreter(joint, bound(Op.Role.ACTUAL, network.actual()), references, List.of(Map.of()));
        List<double[]> contributions = new ArrayList<>();
        for (int i = 0; i < network.actual().size(); i++) {
            contributions.add(interpreter.value(joint.outputs().get(ResultNames.CONTRIBUTIONS + i), 0, 0));
        }
        return contributions;
    }

    private Map<Op.Input, double[]> bound(Op.Role role, List<double[]> values) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        for (Node node : network.model().graph().nodes()) {
            if (node.op() instanceof Op.Input input) {
                bound.put(new Op.Input(role, input.index(), input.shape(), input.type()), values.get(input.index()));
            }
        }
        return bound;
    }

    /** The largest difference, relative to the largest contribution (or to 0.001, where all are nearly nothing). */
    static double error(List<double[]> expected, List<double[]> got) {
        double size = 1e-3;
        double error = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int k = 0; k < expected.get(i).length; k++) {
                if (Double.isNaN(got.get(i)[k])) {
                    return Double.POSITIVE_INFINITY;
                }
                size = Math.max(size, Math.abs(expected.get(i)[k]));
                error = Math.max(error, Math.abs(expected.get(i)[k] - got.get(i)[k]));
            }
        }
        return error / size;
    }
}
