package org.deepliftc.compiler.lower;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * Chooses how every computed value lies in memory. Images lie channels last, so that lanes are channels: what
 * convolutions and pools read and write, and what meets it elementwise. All else lies row-major. Values are padded to whole
 * vectors. A value inside a border is written straight into the bordered buffer, and a flattened image is the image.
 */
final class Views {
    private final Graph graph;
    private final Map<Node, List<Node>> users;
    private final Set<Node> results;
    private final Set<Node> channelsLast = new HashSet<>();
    private final Map<Node, Node> borders = new HashMap<>();
    private final Map<Node, Node> images = new HashMap<>();

    Views(Graph graph) {
        this.graph = graph;
        this.users = graph.users();
        this.results = new HashSet<>(graph.outputs().values());
        chooseChannelsLast();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Embed && channelsLast.contains(node) && isComputed(node.input(0))) {
                chooseBorder(node);
            }
            if (node.op() instanceof Op.Dense && node.shape().rank() == 1 && !results.contains(node)) {
                chooseImage(node);
            }
        }
    }

    private static boolean isComputed(Node node) {
        return !node.isConstant() && !(node.op() instanceof Op.Input);
    }

    /** True for operators that work channel by channel of an image. */
    static boolean isSpatial(Op op) {
        return op instanceof Op.Convolution
                || op instanceof Op.ConvolutionTransposed
                || op instanceof Op.MaxPool
                || op instanceof Op.ArgMaxPool
                || op instanceof Op.SegmentPool
                || op instanceof Op.GatherPositions
                || op instanceof Op.ScatterPositions
                || op instanceof Op.AveragePool;
    }

    /** True for operators that hand a layout on: their operands should lie alike. */
    private static boolean handsOn(Op op) {
        return ElementwiseGroup.accepts(op)
                || op instanceof Op.Embed
                || op instanceof Op.Slice
                || op instanceof Op.Concat
                || op instanceof Op.Broadcast;
    }

    private void chooseChannelsLast() {
        for (Node node : graph.nodes()) {
            if (isSpatial(node.op())) {
                if (!(node.op() instanceof Op.ConvolutionTransposed && ScatteredFilters.runsAlongSpace(node))) {
                    mark(node);
                }
                node.inputs().forEach(this::markIfFree);
            }
        }
        int before;
        do {
            before = channelsLast.size();
            for (Node node : graph.nodes()) {
                boolean passes = handsOn(node.op()) || node.op() instanceof Op.Reshape;
                if (!passes || node.shape().rank() < 2) {
                    continue;
                }
                boolean reshape = node.op() instanceof Op.Reshape;
                if (!reshape && node.inputs().stream().anyMatch(i -> sameRank(i, node) && channelsLast.contains(i))) {
                    markIfFree(node);
                }
                if (channelsLast.contains(node) && !reshape) {
                    node.inputs().stream().filter(i -> sameRank(i, node)).forEach(this::markIfFree);
                }
            }
        } while (channelsLast.size() > before);
    }

    private static boolean sameRank(Node a, Node b) {
        return a.shape().rank() == b.shape().rank();
    }

    private void mark(Node node) {
        if (isComputed(node) && node.shape().rank() > 1) {
            channelsLast.add(node);
        }
    }

    /** Results cross the interface in their own order, unless only a copy of them does. */
    private void markIfFree(Node node) {
        boolean fixed = node.op() instanceof Op.Reduce
                || node.op() instanceof Op.MatMul
                || node.op() instanceof Op.Softmax
                || node.op() instanceof Op.LogSoftmax
                || node.op() instanceof Op.Transpose
                || node.op() instanceof Op.Dense
                || node.op() instanceof Op.MeanOver
                || results.contains(node);
        if (!fixed) {
            mark(node);
        }
    }

    private void chooseBorder(Node embed) {
        Op.Embed op = (Op.Embed) embed.op();
        Node inside = embed.input(0);
        boolean unit = op.steps().stream().allMatch(s -> s == 1);
        boolean channels = op.starts().get(0) == 0
                && inside.shape().dim(0) == embed.shape().dim(0);
        boolean writes = !(inside.op() instanceof Op.Reshape) && !(inside.op() instanceof Op.Embed);
        if (unit && channels && writes && channelsLast.contains(inside) && !results.contains(embed)) {
            borders.putIfAbsent(inside, embed);
        }
    }

    /** A dense layer's outputs lie as the image that they are the only part of. */
    private void chooseImage(Node dense) {
        List<Node> readers = users.get(dense);
        if (readers.size() == 1 && readers.get(0).op() instanceof Op.Reshape && channelsLast.contains(readers.get(0))) {
            images.put(dense, readers.get(0));
        }
    }

    boolean isChannelsLast(Node node) {
        return channelsLast.contains(node);
    }

    /** The bordered value that holds this one. */
    Optional<Node> border(Node node) {
        return Optional.ofNullable(borders.get(node));
    }

    /** The layout of a computed value that is neither a result nor inside a border. */
    View of(Node node) {
        if (images.containsKey(node)) {
            return of(images.get(node));
        }
        Shape shape = node.shape();
        if (!channelsLast.contains(node)) {
            return View.contiguous(shape);
        }
        int channels = shape.dim(0);
        boolean moved = handsOn(node.op()) && !ElementwiseGroup.accepts(node.op()) && !borders.containsValue(node);
        boolean few = moved && channels < View.LANES;
        return View.channelsLast(shape, few ? channels : View.padded(channels));
    }

    /**
     * Where a reshape reads what its input holds already: the input's layout under another shape, or an image that dense
     * layers alone read. Empty where the elements have to move.
     */
    Optional<View> reshaped(Node node, View from) {
        Node input = node.input(0);
        if (images.get(input) == node) {
            return Optional.of(from);
        }
        if (from.isRowMajor() && !channelsLast.contains(node)) {
            View own = View.exact(node.shape());
            return Optional.of(new View(node.shape(), own.strides(), 0, from.size()));
        }
        boolean flat =
                node.shape().rank() == 1 && from.shape().size() == node.shape().size();
        boolean onlyDense = users.get(node).stream()
                .allMatch(u -> u.op() instanceof Op.Dense
                        && u.input(0) == node
                        && u.shape().rank() == 1);
        return flat && onlyDense && !results.contains(node) ? Optional.of(from) : Optional.empty();
    }
}
