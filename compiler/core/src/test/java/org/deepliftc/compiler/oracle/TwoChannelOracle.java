package org.deepliftc.compiler.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * RevealCancel (arXiv 1704.02685, 3.5.3) on any graph, term by term. Every operator is a table: what output o gets per unit
 * of the difference of input i. The parts of a difference take these ways through it:
 *
 * <ul>
 *   <li>weights of dense layers and convolutions: each term, the weight times the whole difference, counts as positive or
 *       negative by its own sign;
 *   <li>sums, differences, scales and products: a part stays what it is where the coefficient is positive and changes
 *       sides where it is negative;
 *   <li>rescaled nonlinearities, maxima and softmax: a part stays what it is;
 *   <li>revealed nonlinearities: each part by the mean of the two orders of adding it.
 * </ul>
 */
final class TwoChannelOracle {
    private final RuleOracle oracle;
    private final RuleOracle.Run run;
    private final List<Node> nodes;
    private final Set<Node> dependent;
    private final List<double[]> differences;
    private final Map<Node, double[][]> parts = new HashMap<>();
    private final Map<Node, double[][]> multipliers = new HashMap<>();

    /** @param differences of each input of the model */
    TwoChannelOracle(
            RuleOracle oracle, RuleOracle.Run run, List<Node> nodes, Set<Node> dependent, List<double[]> differences) {
        this.differences = differences;
        this.oracle = oracle;
        this.run = run;
        this.nodes = nodes;
        this.dependent = dependent;
    }

    /** What a pair of channels becomes at one entry of an operator's table. */
    private interface Entry {
        void of(int input, int output, double coefficient, boolean exchanged);
    }

    /** The multipliers of both channels of every node that the point depends on. */
    Map<Node, double[][]> multipliers(Node point, double[] seed) {
        Set<Node> needed = needed();
        for (Node node : nodes) {
            if (needed.contains(node)) {
                parts.put(node, partsOf(node));
            }
        }
        multipliers.put(point, new double[][] {seed.clone(), seed.clone()});
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            if (multipliers.containsKey(node) && dependent.contains(node)) {
                handBack(node, multipliers.get(node));
            }
        }
        return multipliers;
    }

    /** The nodes whose parts a revealed nonlinearity sees, directly or through others. */
    private Set<Node> needed() {
        Set<Node> needed = new HashSet<>();
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            if (oracle.rules().reveals(node) || needed.contains(node) && !splitsTerms(node)) {
                node.inputs().stream().filter(dependent::contains).forEach(needed::add);
            }
        }
        needed.retainAll(dependent);
        return needed;
    }

    /** An input's own difference: what is mean-normalised (paper 2.6) are the weights that read it. */
    private double[] delta(Node node) {
        if (node.op() instanceof Op.Input input) {
            return differences.get(input.index());
        }
        return RuleOracle.combined(run.actual().value(node), run.reference().value(node), 1, -1);
    }

    /** max(delta, 0) and min(delta, 0). */
    double[][] signs(Node node) {
        double[] delta = delta(node);
        double[][] signs = new double[2][delta.length];
        for (int i = 0; i < delta.length; i++) {
            signs[delta[i] > 0 ? 0 : 1][i] = delta[i];
        }
        return signs;
    }

    private double[][] partsOf(Node node) {
        if (node.op() instanceof Op.Input) {
            return signs(node);
        }
        requireOneChannel(node, false);
        double[][] result = new double[2][node.shape().size()];
        if (oracle.rules().reveals(node)) {
            double[][] x = parts.get(node.input(0));
            for (int i = 0; i < x[0].length; i++) {
                double[] slopes = slopes(node, i);
                result[0][i] = slopes[0] * x[0][i];
                result[1][i] = slopes[1] * x[1][i];
            }
            return result;
        }
        for (int k = 0; k < node.inputs().size(); k++) {
            Node input = node.input(k);
            if (!dependent.contains(input)) {
                continue;
            }
            if (splitsTerms(node)) {
                double[] delta = delta(input);
                eachEntry(node, k, (i, o, c, exchanged) -> result[c * delta[i] > 0 ? 0 : 1][o] += c * delta[i]);
            } else {
                double[][] x = parts.get(input);
                eachEntry(node, k, (i, o, c, exchanged) -> {
                    result[0][o] += c * x[exchanged ? 1 : 0][i];
                    result[1][o] += c * x[exchanged ? 0 : 1][i];
                });
            }
        }
        return result;
    }

    /** Two channels are not defined through a product of two matrices that depend on the input. */
    private static void requireOneChannel(Node node, boolean hasOne) {
        if (node.op() instanceof Op.MatMul && !splitsTerms(node) && !hasOne) {
            throw new IllegalArgumentException("two channels through a product of two matrices");
        }
    }

    private void handBack(Node node, double[][] m) {
        requireOneChannel(node, Arrays.equals(m[0], m[1]));
        for (int k = 0; k < node.inputs().size(); k++) {
            Node input = node.input(k);
            if (!dependent.contains(input)) {
                continue;
            }
            double[][] back = multipliers.computeIfAbsent(
                    input, n -> new double[2][n.shape().size()]);
            if (oracle.rules().reveals(node)) {
                for (int i = 0; i < back[0].length; i++) {
                    double[] slopes = slopes(node, i);
                    back[0][i] += slopes[0] * m[0][i];
                    back[1][i] += slopes[1] * m[1][i];
                }
            } else if (splitsTerms(node)) {
                double[] delta = delta(input);
                eachEntry(node, k, (i, o, c, exchanged) -> {
                    double term = c * delta[i];
                    double both = term == 0 ? c * (m[0][o] + m[1][o]) / 2 : c * m[term > 0 ? 0 : 1][o];
                    back[0][i] += both;
                    back[1][i] += both;
                });
            } else {
                eachEntry(node, k, (i, o, c, exchanged) -> {
                    back[0][i] += c * m[exchanged ? 1 : 0][o];
                    back[1][i] += c * m[exchanged ? 0 : 1][o];
                });
            }
        }
    }

    private static boolean splitsTerms(Node node) {
        return node.op() instanceof Op.Dense
                || node.op() instanceof Op.Convolution
                || node.op() instanceof Op.MatMul && node.inputs().stream().anyMatch(Node::isConstant);
    }

    private void eachEntry(Node node, int k, Entry entry) {
        int outputs = node.shape().size();
        for (int o = 0; o < outputs; o++) {
            double[] unit = new double[outputs];
            unit[o] = 1;
            double[] table = oracle.handedBack(run, node, k, unit);
            if (node.input(k).op() instanceof Op.Input input) {
                table = oracle.throughConstraint(input.index(), table);
            }
            for (int i = 0; i < table.length; i++) {
                if (table[i] != 0) {
                    entry.of(i, o, table[i], exchanges(node, k, i, table[i]));
                }
            }
        }
    }

    private boolean exchanges(Node node, int k, int i, double coefficient) {
        boolean alike = node.op() instanceof Op.Elementwise
                || node.op() instanceof Op.MaxPool
                || node.op() instanceof Op.Softmax
                || node.op() instanceof Op.LogSoftmax
                || node.op() instanceof Op.Reduce
                || node.op() instanceof Op.Binary extreme && extreme.kind().isVariadic();
        if (alike) {
            return false;
        }
        boolean divisor = node.op() instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.DIVIDE && k == 1;
        double slope = divisor
                ? -run.actual().value(node.input(1))[i] * run.reference().value(node.input(1))[i]
                : 1;
        return coefficient * slope < 0; // a rescaled reciprocal exchanges nothing, the product with it may
    }

    /** What each part of element i becomes, per unit. */
    private double[] slopes(Node node, int i) {
        Activation f = ((Op.Elementwise) node.op()).activation();
        double r = run.reference().value(node.input(0))[i];
        double x = run.actual().value(node.input(0))[i];
        double[][] split = parts.get(node.input(0));
        double slope = node.inputs().size() == 2 ? oracle.slope(run, node)[i] : 0;
        double[] slopes = new double[2];
        for (int part = 0; part < 2; part++) {
            double own = split[part][i];
            double other = split[1 - part][i];
            slopes[part] = (quotient(f, r, r + own, slope) + quotient(f, r + other, x, slope)) / 2;
        }
        return slopes;
    }

    private static double quotient(Activation f, double from, double to, double slope) {
        return RuleOracle.isNear(to, from)
                ? Derivatives.of(f, (to + from) / 2, slope)
                : (Derivatives.value(f, to, slope) - Derivatives.value(f, from, slope)) / (to - from);
    }
}
