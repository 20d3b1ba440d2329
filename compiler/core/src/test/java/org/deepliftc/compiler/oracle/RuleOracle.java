package org.deepliftc.compiler.oracle;

import static org.deepliftc.compiler.oracle.LinearResponses.data;
import static org.deepliftc.compiler.oracle.LinearResponses.fold;
import static org.deepliftc.compiler.oracle.LinearResponses.isProduct;
import static org.deepliftc.compiler.oracle.LinearResponses.linearOperands;
import static org.deepliftc.compiler.oracle.LinearResponses.linearPart;
import static org.deepliftc.compiler.oracle.LinearResponses.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * Contributions of one example by the equations of the paper (arXiv 1605.01713), from the forward values of the example
 * and of its reference. Backwards through the graph, each operator hands the multipliers of its output to its inputs:
 *
 * <ul>
 *   <li>linear (2.3.1): m = w. The weights are found by feeding unit vectors to the operator itself, so no operator needs
 *       a transpose here;
 *   <li>product (2.3.5, eq. 18): linear in one factor with the other at the mean of its two values;
 *   <li>nonlinearity (2.3.4): dy / dx; the derivative at the midpoint where |dx| is at most 1e-7 of the values;
 *   <li>maximum (2.3.2): see {@link MaxOracle}; softmax: see {@link SoftmaxOracle}.
 * </ul>
 *
 * <p>The gradient is what is left of all this where the reference is the example itself.
 */
public final class RuleOracle {
    private static final double NEAR = 1e-7;

    private final Model model;
    private final Graph graph;
    private final Node point;
    private final double[] seed;
    private final OracleRules rules;
    /** What linear operators without a factor to average answer to unit vectors: the same for every example. */
    private final Map<Slot, double[][]> responses;

    private final Map<Node, List<List<Integer>>> groups;

    /** One input of a node. */
    private record Slot(Node node, int input) {}

    /** One run of the oracle: the forward values of both runs and what has travelled back so far. */
    record Run(Interpreter actual, Interpreter reference, Map<Node, double[]> multipliers) {
        double[] mean(Node node) {
            return combined(actual.value(node), reference.value(node), 0.5, 0.5);
        }

        void add(Node node, double[] more) {
            multipliers.merge(node, more, (old, added) -> combined(old, added, 1, 1));
        }
    }

    /**
     * @param point the explained node of the model's graph
     * @param seed the weight of each of its elements in the explained number: a unit vector for one neuron
     */
    public RuleOracle(Model model, Node point, double[] seed, OracleRules rules) {
        this(model, point, seed, rules, new HashMap<>(), new HashMap<>());
    }

    private RuleOracle(
            Model model,
            Node point,
            double[] seed,
            OracleRules rules,
            Map<Slot, double[][]> responses,
            Map<Node, List<List<Integer>>> groups) {
        this.groups = groups;
        this.responses = responses;
        this.model = model;
        this.graph = model.graph();
        this.point = point;
        this.seed = seed;
        this.rules = rules;
    }

    /** An oracle about another neuron of the same model, or with other rules. */
    public RuleOracle about(Node otherPoint, double[] otherSeed, OracleRules otherRules) {
        return new RuleOracle(model, otherPoint, otherSeed, otherRules, responses, groups);
    }

    OracleRules rules() {
        return rules;
    }

    /** The model in question. */
    public Model model() {
        return model;
    }

    /** The unit vector that explains one neuron. */
    public static double[] neuron(Node point, int index) {
        double[] seed = new double[point.shape().size()];
        seed[index] = 1;
        return seed;
    }

    /** A logit less the mean of all logits (paper 2.5). */
    public static double[] meanNormalised(Node point, int index) {
        double[] seed = neuron(point, index);
        for (int i = 0; i < seed.length; i++) {
            seed[i] -= 1.0 / seed.length;
        }
        return seed;
    }

    /**
     * The contributions to each input of the model: the mean over the references; for the gradient the scores themselves.
     *
     * @param actual the example, one array for each input
     * @param references of each reference, one array for each input; not read by the gradients
     */
    public List<double[]> contributions(Method method, List<double[]> actual, List<List<double[]>> references) {
        RuleOracle derivative = about(point, seed, gradient());
        switch (method) {
            case GRADIENT:
                return derivative.multipliers(actual, actual);
            case GRADIENT_X_INPUT:
                return products(derivative.multipliers(actual, actual), actual, zeros(actual));
            case GUIDED_BACKPROP, DECONVNET:
                return derivative.multipliers(actual, actual, method);
            case LRP:
                return derivative.relevance(actual);
            case DEEPLIFT, INTEGRATED_GRADIENTS:
                break;
        }
        List<double[]> total = zeros(actual);
        for (List<double[]> reference : references) {
            List<double[]> each = method == Method.INTEGRATED_GRADIENTS
                    ? derivative.integrated(actual, reference)
                    : rules.nonlinearities() == NonlinearityRule.RESCALE
                            ? products(multipliers(actual, reference), actual, reference)
                            : inTwoChannels(actual, reference);
            for (int i = 0; i < total.size(); i++) {
                total.set(i, combined(total.get(i), each.get(i), 1, 1.0 / references.size()));
            }
        }
        return total;
    }

    private OracleRules gradient() {
        return new OracleRules(MaxRule.GRADIENT, NonlinearityRule.RESCALE, rules.steps(), rules.lrpEpsilon());
    }

    /** The mean gradient over the middles of equal parts of the straight path, times the difference. */
    private List<double[]> integrated(List<double[]> actual, List<double[]> reference) {
        List<double[]> total = zeros(actual);
        for (int step = 0; step < rules.steps(); step++) {
            double t = (step + 0.5) / rules.steps();
            List<double[]> at = new ArrayList<>();
            for (int i = 0; i < actual.size(); i++) {
                at.add(combined(actual.get(i), reference.get(i), t, 1 - t));
            }
            List<double[]> each = products(multipliers(at, at), actual, reference);
            for (int i = 0; i < total.size(); i++) {
                total.set(i, combined(total.get(i), each.get(i), 1, 1.0 / rules.steps()));
            }
        }
        return total;
    }

    private List<double[]> inTwoChannels(List<double[]> actual, List<double[]> reference) {
        Run run = new Run(interpreter(actual), interpreter(reference), new HashMap<>());
        List<double[]> differences = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            differences.add(combined(actual.get(i), reference.get(i), 1, -1));
        }
        List<double[]> result = zeros(actual);
        TwoChannelOracle oracle = new TwoChannelOracle(this, run, graph.nodes(), dependent(), differences);
        oracle.multipliers(point, seed).forEach((node, m) -> {
            if (node.op() instanceof Op.Input input) {
                double[] delta = differences.get(input.index());
                double[] of = result.get(input.index());
                for (int i = 0; i < of.length; i++) {
                    of[i] = m[delta[i] > 0 ? 0 : 1][i] * delta[i];
                }
            }
        });
        return result;
    }

    private List<double[]> relevance(List<double[]> actual) {
        Run run = new Run(interpreter(actual), interpreter(actual), new HashMap<>());
        double[] start = run.actual().value(point).clone();
        for (int i = 0; i < start.length; i++) {
            start[i] *= seed[i];
        }
        List<double[]> result = zeros(actual);
        RelevanceOracle.relevance(this, run, actual, graph.nodes(), dependent(), point, start)
                .forEach((node, r) -> {
                    if (node.op() instanceof Op.Input input) {
                        result.set(input.index(), r);
                    }
                });
        return result;
    }

    /** The explained number for one example: the seed's combination of the explained node. */
    public double output(List<double[]> inputs) {
        double[] value = interpreter(inputs).value(point);
        double sum = 0;
        for (int i = 0; i < value.length; i++) {
            sum += seed[i] * value[i];
        }
        return sum;
    }

    private static List<double[]> zeros(List<double[]> like) {
        List<double[]> zeros = new ArrayList<>();
        like.forEach(array -> zeros.add(new double[array.length]));
        return zeros;
    }

    private static List<double[]> products(List<double[]> m, List<double[]> actual, List<double[]> reference) {
        List<double[]> products = new ArrayList<>();
        for (int i = 0; i < m.size(); i++) {
            double[] product = combined(actual.get(i), reference.get(i), 1, -1);
            for (int k = 0; k < product.length; k++) {
                product[k] *= m.get(i)[k];
            }
            products.add(product);
        }
        return products;
    }

    static double[] combined(double[] a, double[] b, double ofA, double ofB) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = ofA * a[i] + ofB * b[i];
        }
        return sum;
    }

    private Interpreter interpreter(List<double[]> inputs) {
        Map<Op.Input, double[]> leaves = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Input input) {
                leaves.put(input, constrained(input.index(), inputs.get(input.index())));
            }
        }
        return new Interpreter(leaves);
    }

    /**
     * Mean-normalised weights (paper 2.6) compute, from any input, what the weights as they are compute from the nearest
     * input that keeps the constraint: W'x + b' = W (x + (1 - sum x) / n) + b.
     */
    private double[] constrained(int index, double[] value) {
        return overGroups(index, value, (x, sum, extent) -> x + (1 - sum) / extent);
    }

    /** What travels back through that map. */
    double[] throughConstraint(int index, double[] m) {
        return overGroups(index, m, (x, sum, extent) -> x - sum / extent);
    }

    private interface OfGroup {
        double element(double x, double sum, int extent);
    }

    private double[] overGroups(int index, double[] value, OfGroup f) {
        Model.InputDeclaration declared = model.inputs().get(index);
        if (declared.onehot().isEmpty() || !declared.normalise()) {
            return value;
        }
        int extent = declared.shape().dim(declared.onehot().getAsInt());
        int step = declared.shape().strides()[declared.onehot().getAsInt()];
        double[] result = new double[value.length];
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int k = 0; k < extent; k++) {
                sum += value[i - i / step % extent * step + k * step];
            }
            result[i] = f.element(value[i], sum, extent);
        }
        return result;
    }

    /** The multipliers of each input of the model. */
    public List<double[]> multipliers(List<double[]> actual, List<double[]> reference) {
        return multipliers(actual, reference, Method.DEEPLIFT);
    }

    private List<double[]> multipliers(List<double[]> actual, List<double[]> reference, Method method) {
        Run run = new Run(interpreter(actual), interpreter(reference), new HashMap<>());
        run.add(point, seed);
        Set<Node> dependent = dependent();
        List<double[]> result = zeros(actual);
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            double[] m = run.multipliers().get(node);
            if (m == null || !dependent.contains(node)) {
                continue;
            }
            if (node.op() instanceof Op.Input input) {
                result.set(input.index(), throughConstraint(input.index(), m));
            }
            for (int k = 0; k < node.inputs().size(); k++) {
                if (dependent.contains(node.input(k))) {
                    run.add(node.input(k), handedBack(run, node, k, rectified(node, m, method), method));
                }
            }
        }
        return result;
    }

    private Set<Node> dependent() {
        Set<Node> dependent = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Input || node.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(node);
            }
        }
        return dependent;
    }

    private static boolean isRectifier(Node node) {
        return node.op() instanceof Op.Elementwise f
                && List.of("relu", "leaky_relu", "prelu")
                        .contains(f.activation().name());
    }

    /** Guided backpropagation and deconvnet drop what is negative behind a rectifier. */
    private static double[] rectified(Node node, double[] m, Method method) {
        boolean drops = method == Method.GUIDED_BACKPROP || method == Method.DECONVNET;
        return drops && isRectifier(node)
                ? java.util.Arrays.stream(m).map(each -> Math.max(each, 0)).toArray()
                : m;
    }

    private double[] handedBack(Run run, Node node, int k, double[] m, Method method) {
        return method == Method.DECONVNET && isRectifier(node) ? m : handedBack(run, node, k, m);
    }

    /** What {@code node} hands back along its input number {@code k}. */
    double[] handedBack(Run run, Node node, int k, double[] m) {
        Op op = node.op();
        double[] a = run.actual().value(node.input(k));
        double[] r = run.reference().value(node.input(k));
        Shape shape = node.input(k).shape();
        if (op instanceof Op.Elementwise f && k == 0) {
            return rescaled(run, node, f, m);
        }
        if (op instanceof Op.MaxPool pool) {
            return new MaxOracle(rules.maxRule(), a, r)
                    .handedBack(groups.computeIfAbsent(node, n -> MaxGroups.ofPool(pool.window(), shape)), m);
        }
        if (op instanceof Op.Reduce reduce && reduce.kind() == Op.ReduceKind.MAX) {
            return new MaxOracle(rules.maxRule(), a, r)
                    .handedBack(groups.computeIfAbsent(node, n -> MaxGroups.ofReduction(reduce, shape)), m);
        }
        if (op instanceof Op.Binary extreme && extreme.kind().isVariadic()) {
            return extreme(run, node, k, m);
        }
        if (op instanceof Op.Softmax softmax) {
            return SoftmaxOracle.handedBack(shape, softmax.axis(), a, r, m);
        }
        if (op instanceof Op.LogSoftmax softmax) {
            return SoftmaxOracle.ofLogarithm(shape, softmax.axis(), a, r, m);
        }
        if (op instanceof Op.BatchNorm norm && k == 0) {
            return batchNorm(run, node, norm, m);
        }
        if (op instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.DIVIDE) {
            return divided(run, node, k, m);
        }
        Op linear = linearPart(node);
        if (isProduct(linear)) {
            return LinearResponses.handedBack(responses(linear, linearOperands(run, node, k), k, node.shape()), m);
        }
        double[][] known = responses.computeIfAbsent(
                new Slot(node, k), slot -> responses(linear, linearOperands(run, node, k), k, node.shape()));
        return LinearResponses.handedBack(known, m);
    }

    /** Max and min of several tensors: always by segments, whatever the rule of pools; min is the max of the negatives. */
    private double[] extreme(Run run, Node node, int k, double[] m) {
        int size = node.shape().size();
        int sign = ((Op.Binary) node.op()).kind() == Op.BinaryKind.MAXIMUM ? 1 : -1;
        double[] a = new double[size * node.inputs().size()];
        double[] r = new double[a.length];
        List<List<Integer>> groups = new ArrayList<>();
        for (int o = 0; o < size; o++) {
            groups.add(new ArrayList<>());
            for (int i = 0; i < node.inputs().size(); i++) {
                groups.get(o).add(i * size + o);
            }
        }
        Op whole = new Op.Broadcast(node.shape());
        for (int i = 0; i < node.inputs().size(); i++) {
            Node input = node.input(i);
            double[] on = fold(whole, List.of(data(input, run.actual().value(input))), node.shape());
            double[] at = fold(whole, List.of(data(input, run.reference().value(input))), node.shape());
            for (int o = 0; o < size; o++) {
                a[i * size + o] = sign * on[o];
                r[i * size + o] = sign * at[o];
            }
        }
        double[] all = new MaxOracle(MaxRule.SEGMENTS, a, r).handedBack(groups, m);
        double[] own = java.util.Arrays.copyOfRange(all, k * size, (k + 1) * size);
        Node input = node.input(k);
        List<ConstantData> operand = List.of(data(input, run.actual().value(input)));
        return LinearResponses.handedBack(responses(whole, operand, 0, node.shape()), own);
    }

    /** The slope tensor of a prelu, element by element. */
    double[] slope(Run run, Node node) {
        Node given = node.input(1);
        return fold(
                new Op.Broadcast(node.shape()), List.of(data(given, run.actual().value(given))), node.shape());
    }

    private double[] rescaled(Run run, Node node, Op.Elementwise op, double[] m) {
        double[] a = run.actual().value(node.input(0));
        double[] r = run.reference().value(node.input(0));
        double[] fa = run.actual().value(node);
        double[] fr = run.reference().value(node);
        double[] slope = new double[a.length];
        if (node.inputs().size() == 2) {
            slope = slope(run, node);
        }
        double[] back = new double[a.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = isNear(a[i], r[i])
                    ? m[i] * Derivatives.of(op.activation(), (a[i] + r[i]) / 2, slope[i])
                    : m[i] * ((fa[i] - fr[i]) / (a[i] - r[i]));
        }
        return back;
    }

    static boolean isNear(double a, double r) {
        return Math.abs(a - r) <= NEAR * Math.max(Math.abs(a), Math.abs(r));
    }

    private static double[] batchNorm(Run run, Node node, Op.BatchNorm op, double[] m) {
        double[] gamma = run.actual().value(node.input(1));
        double[] variance = run.actual().value(node.input(4));
        double[] back = new double[m.length];
        for (int i = 0; i < back.length; i++) {
            int channel = i / (m.length / gamma.length);
            back[i] = m[i] * gamma[channel] / Math.sqrt(variance[channel] + op.epsilon());
        }
        return back;
    }

    /** x / y = x times the reciprocal of y: the product rule, and the quotient of the reciprocals' differences. */
    private static double[] divided(Run run, Node node, int k, double[] m) {
        Node x = node.input(0);
        Node y = node.input(1);
        double[] a = run.actual().value(y);
        double[] r = run.reference().value(y);
        double[] meanReciprocal = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            meanReciprocal[i] = (1 / a[i] + 1 / r[i]) / 2;
        }
        Op product = new Op.Binary(Op.BinaryKind.MULTIPLY);
        List<ConstantData> operands = List.of(data(x, run.mean(x)), data(y, meanReciprocal));
        double[] back = LinearResponses.handedBack(responses(product, operands, k, node.shape()), m);
        for (int i = 0; i < back.length && k == 1; i++) {
            back[i] *= -1 / (a[i] * r[i]);
        }
        return back;
    }
}
