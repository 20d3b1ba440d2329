package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * Weight normalisation for constrained inputs (paper 2.6): where the entries of an input sum to c along an axis,
 * A w + b = A (w - mean w) + b + c mean w. A one-hot axis is the case c = 1. The operators that read such an input get weights whose mean over that axis is
 * zero; their bias takes up the mean, output by output, so that padding is accounted for. On inputs that keep the
 * constraint the output is the same, and contributions no longer depend on a shift that the constraint leaves open.
 *
 * <p>Between input and reader there may be reshapes and transposes. Any other reader is a compile error.
 */
public final class NormaliseOneHot {
    private final Model model;
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Node, Node> rewritten = new HashMap<>();
    /** For values that are a constrained input moved about: the number of the group each element belongs to. */
    private final Map<Node, ConstantData> groups = new HashMap<>();
    /** For the same values: the input at its constraint's centre, c / n everywhere. */
    private final Map<Node, ConstantData> centres = new HashMap<>();

    private NormaliseOneHot(Model model) {
        this.model = model;
    }

    /** The explanation about the model with normalised weights; the same one where no input asks for it. */
    public static Explanation run(Explanation explanation) {
        Model model = explanation.model();
        boolean wanted = model.inputs().stream().anyMatch(i -> i.constraint().isPresent() && i.normalise());
        return wanted ? explanation.on(new NormaliseOneHot(model).rewrite()) : explanation;
    }

    private Model rewrite() {
        for (Node node : model.graph().nodes()) {
            rewritten.put(node, rewrite(node));
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        model.graph().outputs().forEach((name, node) -> outputs.put(name, rewritten.get(node)));
        List<Node> nodes = model.graph().nodes().stream().map(rewritten::get).collect(Collectors.toList());
        Graph graph = new Graph(model.graph().name(), withDependencies(nodes), outputs);
        return new Model(model.name(), graph, model.inputs(), model.explain(), model.source(), model.sourceDigest());
    }

    private static List<Node> withDependencies(List<Node> nodes) {
        Map<String, Node> all = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            all.put("node " + i, nodes.get(i));
        }
        return Graph.of("", all).nodes();
    }

    private Node rewrite(Node node) {
        if (node.op() instanceof Op.Input) {
            Node leaf = builder.addLike(node, node.op(), List.of());
            startGroups(node);
            return leaf;
        }
        List<Node> inputs = node.inputs().stream().map(rewritten::get).collect(Collectors.toList());
        boolean readsConstrained = node.inputs().stream().anyMatch(groups::containsKey);
        if (!readsConstrained) {
            return builder.addLike(node, node.op(), inputs);
        }
        if (node.op() instanceof Op.Reshape || node.op() instanceof Op.Transpose) {
            groups.put(node, moved(node, groups.get(node.input(0))));
            centres.put(node, moved(node, centres.get(node.input(0))));
            return builder.addLike(node, node.op(), inputs);
        }
        if (groups.containsKey(node.input(0)) && node.inputs().stream().skip(1).allMatch(Node::isConstant)) {
            if (node.op() instanceof Op.Convolution) {
                return normalised(node, inputs.get(0), convolutionWeights(node));
            }
            if (node.op() instanceof Op.Dense) {
                return normalised(node, inputs.get(0), denseWeights(node));
            }
        }
        throw refuse(node, "it is neither a dense layer nor a convolution with constant weights");
    }

    private void startGroups(Node leaf) {
        Model.InputDeclaration input = model.inputs().get(((Op.Input) leaf.op()).index());
        if (input.constraint().isEmpty() || !input.normalise()) {
            return;
        }
        Model.SumConstraint constraint = input.constraint().get();
        int axis = constraint.axis();
        Shape shape = input.shape();
        int stride = shape.strides()[axis];
        int extent = shape.dim(axis);
        double[] ids = new double[shape.size()];
        double[] centre = new double[shape.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (i / (stride * extent)) * stride + i % stride;
            centre[i] = constraint.value() / extent;
        }
        groups.put(leaf, ConstantData.real(shape, ids));
        centres.put(leaf, ConstantData.real(shape, centre));
    }

    private static ConstantData moved(Node node, ConstantData data) {
        return Interpreter.fold(node.op(), List.of(data), node.shape(), ElementType.REAL);
    }

    /** w[o, c, k...] less its mean over c; every group must be the channels of one position. */
    private ConstantData convolutionWeights(Node node) {
        ConstantData group = groups.get(node.input(0));
        Shape x = node.input(0).shape();
        int positions = x.size() / x.dim(0);
        for (int i = positions; i < group.size(); i++) {
            if (group.at(i) != group.at(i % positions)) {
                throw refuse(node, "the constrained axis is not its channel axis");
            }
        }
        if (groupSize(group) != x.dim(0) || ((Op.Convolution) node.op()).groups() != 1) {
            throw refuse(node, "its filters do not read the whole constrained axis");
        }
        ConstantData weights = node.input(1).constant();
        int channels = weights.shape().dim(1);
        int taps = weights.size() / weights.shape().dim(0) / channels;
        double[] values = weights.toArray();
        for (int filter = 0; filter < weights.shape().dim(0); filter++) {
            for (int tap = 0; tap < taps; tap++) {
                double mean = 0;
                for (int c = 0; c < channels; c++) {
                    mean += values[(filter * channels + c) * taps + tap] / channels;
                }
                for (int c = 0; c < channels; c++) {
                    values[(filter * channels + c) * taps + tap] -= mean;
                }
            }
        }
        return ConstantData.real(weights.shape(), values);
    }

    /** W[o, i] less its mean over the group of i. */
    private ConstantData denseWeights(Node node) {
        ConstantData group = groups.get(node.input(0));
        int in = node.input(1).shape().dim(1);
        if (groupSize(group) > in || in % groupSize(group) != 0 || !rowsAlike(group, in)) {
            throw refuse(node, "its rows do not read whole groups of the constrained axis");
        }
        ConstantData weights = node.input(1).constant();
        double[] values = weights.toArray();
        for (int row = 0; row < weights.shape().dim(0); row++) {
            Map<Double, double[]> sums = new HashMap<>();
            for (int i = 0; i < in; i++) {
                double[] sum = sums.computeIfAbsent(group.at(i), g -> new double[2]);
                sum[0] += values[row * in + i];
                sum[1]++;
            }
            for (int i = 0; i < in; i++) {
                double[] sum = sums.get(group.at(i));
                values[row * in + i] -= sum[0] / sum[1];
            }
        }
        return ConstantData.real(weights.shape(), values);
    }

    /** True where every row of length {@code in} is cut into groups the same way and no group crosses rows. */
    private static boolean rowsAlike(ConstantData group, int in) {
        Map<Double, Integer> rowOf = new HashMap<>();
        Map<Integer, List<Integer>> patterns = new HashMap<>();
        for (int i = 0; i < group.size(); i++) {
            int row = i / in;
            if (rowOf.computeIfAbsent(group.at(i), g -> row) != row) {
                return false;
            }
            List<Integer> pattern = patterns.computeIfAbsent(row, r -> new ArrayList<>());
            int first = 0;
            while (group.at(row * in + first) != group.at(i)) {
                first++;
            }
            pattern.add(first);
        }
        return patterns.values().stream().distinct().count() == 1;
    }

    private static int groupSize(ConstantData group) {
        int size = 0;
        for (int i = 0; i < group.size(); i++) {
            size += group.at(i) == group.at(0) ? 1 : 0;
        }
        return size;
    }

    /** The operator with other weights and, as its bias, what it gives at the centre of the constraint. */
    private Node normalised(Node node, Node x, ConstantData weights) {
        List<ConstantData> atCentre = new ArrayList<>(List.of(centres.get(node.input(0))));
        node.inputs().stream().skip(1).forEach(input -> atCentre.add(input.constant()));
        ConstantData bias = Interpreter.fold(node.op(), atCentre, node.shape(), ElementType.REAL);
        Node newWeights = builder.constant(weights, node.input(1).name() + ".normalised");
        int channelAxis = node.op() instanceof Op.Convolution ? 0 : node.shape().rank() - 1;
        ConstantData perChannel = perChannel(bias, channelAxis);
        if (perChannel != null) {
            Node newBias = builder.constant(perChannel, node.name() + ".bias.normalised");
            return builder.addLike(node, node.op(), List.of(x, newWeights, newBias));
        }
        Node product = builder.add(node.op(), List.of(x, newWeights), node.name() + ".product", node.span());
        Node shift = builder.constant(bias, node.name() + ".bias.normalised");
        return builder.addLike(node, new Op.Binary(Op.BinaryKind.ADD), List.of(product, shift));
    }

    /** The bias by channel where it is the same at every position, as far as rounding tells; else null. */
    private static ConstantData perChannel(ConstantData bias, int channelAxis) {
        int channels = bias.shape().dim(channelAxis);
        int stride = bias.shape().strides()[channelAxis];
        double[] values = new double[channels];
        boolean[] seen = new boolean[channels];
        for (int i = 0; i < bias.size(); i++) {
            int channel = i / stride % channels;
            if (!seen[channel]) {
                seen[channel] = true;
                values[channel] = bias.at(i);
            } else if (Math.abs(values[channel] - bias.at(i)) > 1e-12 * Math.max(1, Math.abs(values[channel]))) {
                return null;
            }
        }
        return ConstantData.real(Shape.of(channels), values);
    }

    private DiagnosticException refuse(Node node, String why) {
        Node leaf =
                node.inputs().stream().filter(groups::containsKey).findFirst().orElseThrow();
        while (!(leaf.op() instanceof Op.Input)) {
            leaf = leaf.input(0);
        }
        Model.InputDeclaration input = model.inputs().get(((Op.Input) leaf.op()).index());
        boolean onehot = input.onehot().isPresent();
        String kind = onehot ? "one-hot input '" : "constrained input '";
        return new DiagnosticException(Diagnostic.error(
                        "RULE002",
                        node.span(),
                        "the weights of '" + node.name() + "', which reads the " + kind + input.name()
                                + "', cannot be normalised: " + why)
                .withHint(
                        onehot
                                ? "declare the input onehot(axis = ..., normalise = false), or pass --onehot-normalise off"
                                : "leave the constraint on '" + input.name()
                                        + "' out, or pass --onehot-normalise off"));
    }
}
