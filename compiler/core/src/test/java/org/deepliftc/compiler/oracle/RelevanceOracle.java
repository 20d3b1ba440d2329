package org.deepliftc.compiler.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Layer-wise relevance propagation: whatever weighs or adds shares its relevance out by R_i = sum_o x_i w_io R_o / (z_o +
 * epsilon sign(z_o)); nonlinearities, maxima and moves hand it on.
 */
final class RelevanceOracle {
    private RelevanceOracle() {}

    static Map<Node, double[]> relevance(
            RuleOracle oracle,
            RuleOracle.Run run,
            List<double[]> inputs,
            List<Node> nodes,
            Set<Node> dependent,
            Node point,
            double[] start) {
        Map<Node, double[]> relevance = new HashMap<>();
        relevance.put(point, start);
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            double[] r = relevance.get(node);
            for (int k = 0;
                    r != null && dependent.contains(node) && k < node.inputs().size();
                    k++) {
                if (dependent.contains(node.input(k))) {
                    double[] back = handedBack(oracle, run, inputs, node, k, r);
                    relevance.merge(node.input(k), back, (a, b) -> RuleOracle.combined(a, b, 1, 1));
                }
            }
        }
        return relevance;
    }

    private static double[] handedBack(
            RuleOracle oracle, RuleOracle.Run run, List<double[]> inputs, Node node, int k, double[] r) {
        if (node.op() instanceof Op.Elementwise) {
            return r;
        }
        boolean moves = node.op() instanceof Op.MaxPool
                || node.op() instanceof Op.Reshape
                || node.op() instanceof Op.Transpose
                || node.op() instanceof Op.Slice
                || node.op() instanceof Op.Embed
                || node.op() instanceof Op.Concat
                || node.op() instanceof Op.Reduce reduce && reduce.kind() == Op.ReduceKind.MAX
                || node.op() instanceof Op.Binary binary && binary.kind().isVariadic();
        if (moves) {
            return oracle.handedBack(run, node, k, r);
        }
        double epsilon = oracle.rules().lrpEpsilon();
        double[] z = stabilised(run.actual().value(node), epsilon);
        double[] share = new double[r.length];
        for (int o = 0; o < r.length; o++) {
            share[o] = r[o] / z[o];
        }
        double[] back = oracle.handedBack(run, node, k, share);
        double[] x = run.actual().value(node.input(k));
        if (isBias(node)) {
            x = stabilised(x, epsilon); // so that the layer before divides by z, not by its own output
        }
        if (node.input(k).op() instanceof Op.Input input) {
            back = oracle.throughConstraint(input.index(), back); // mean-normalised are the weights, not the input
            x = inputs.get(input.index());
        }
        for (int i = 0; i < back.length; i++) {
            back[i] *= x[i];
        }
        return back;
    }

    private static double[] stabilised(double[] z, double epsilon) {
        double[] result = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            result[i] = z[i] >= 0 ? z[i] + epsilon : z[i] - epsilon;
        }
        return result;
    }

    /** A constant added to, or taken from, what weights made. */
    private static boolean isBias(Node node) {
        if (!(node.op() instanceof Op.Binary binary) || binary.kind().ordinal() > Op.BinaryKind.SUBTRACT.ordinal()) {
            return false;
        }
        Node a = node.input(0);
        Node b = node.input(1);
        boolean constant = b.isConstant() || a.isConstant() && binary.kind() == Op.BinaryKind.ADD;
        Node before = a.isConstant() ? b : a;
        while (before.op() instanceof Op.Reshape) {
            before = before.input(0);
        }
        boolean weighs = before.op() instanceof Op.Dense
                || before.op() instanceof Op.Convolution
                || before.op() instanceof Op.MatMul;
        return constant && (weighs || isBias(before));
    }
}
