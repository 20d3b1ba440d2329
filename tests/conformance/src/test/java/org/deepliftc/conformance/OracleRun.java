package org.deepliftc.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.oracle.OracleRules;
import org.deepliftc.compiler.oracle.RuleOracle;

/** The paper's equations on the exported graph: no language, no derive, no code generation. */
final class OracleRun implements CaseRun {
    private final Map<String, RuleOracle> known = new HashMap<>();

    @Override
    public Result run(ConformanceCase of, MethodKey key) throws Exception {
        String question = of.name() + key.options().onehot();
        if (!known.containsKey(question)) {
            known.put(question, anyOracle(ExportedGraph.read(of, key.options().onehot())));
        }
        RuleOracle oracle = oracle(known.get(question), key);
        List<double[]> all = new ArrayList<>();
        of.inputs().forEach(input -> all.add(new double[of.actual(input).length]));
        double[] output = new double[of.examples()];
        double[] referenceOutput = new double[of.examples()];
        for (int e = 0; e < of.examples(); e++) {
            List<double[]> actual = new ArrayList<>();
            List<double[]> reference = new ArrayList<>();
            for (String input : of.inputs()) {
                actual.add(row(of.actual(input), e, of.examples()));
                reference.add(row(of.reference(input), e, of.examples()));
            }
            List<double[]> contributions =
                    oracle.contributions(key.options().method().orElseThrow(), actual, List.of(reference));
            for (int i = 0; i < all.size(); i++) {
                double[] each = contributions.get(i);
                System.arraycopy(each, 0, all.get(i), e * each.length, each.length);
            }
            output[e] = oracle.output(actual);
            referenceOutput[e] = oracle.output(reference);
        }
        return new Result(all, output, referenceOutput);
    }

    private static double[] row(double[] all, int row, int rows) {
        int size = all.length / rows;
        return Arrays.copyOfRange(all, row * size, (row + 1) * size);
    }

    private static RuleOracle anyOracle(Model model) {
        Node output = model.graph().outputs().values().iterator().next();
        return new RuleOracle(model, output, RuleOracle.neuron(output, 0), new OracleRules(MaxRule.CROSS));
    }

    private static RuleOracle oracle(RuleOracle any, MethodKey key) {
        Node output = any.model().graph().outputs().values().iterator().next();
        boolean squashed = output.op() instanceof Op.Softmax
                || output.op() instanceof Op.Elementwise f
                        && f.activation().name().equals("sigmoid");
        boolean before = squashed && key.options().at().orElseThrow() instanceof Point.PreActivation;
        Node point = before ? output.input(0) : output;
        Target.Neurons target = (Target.Neurons) key.options().target().orElseThrow();
        int index = ((Target.Flat) target.sums().get(0).terms().get(0).neuron()).index();
        boolean normalised = before
                && output.op() instanceof Op.Softmax
                && key.options().softmax().orElseThrow() == SoftmaxTarget.NORMALISED;
        double[] seed = normalised ? RuleOracle.meanNormalised(point, index) : RuleOracle.neuron(point, index);
        return any.about(point, seed, key.rules());
    }
}
