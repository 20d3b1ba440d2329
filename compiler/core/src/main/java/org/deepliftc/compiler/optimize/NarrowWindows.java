package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Computes of every value only the box of positions that somebody needs and that can differ from 0. A fixed target at one
 * position of a profile needs its receptive field, and its multipliers are 0 outside of it: the work of both directions
 * shrinks from the length of the sequence to the size of that field.
 *
 * <p>Two facts of every node: where it can differ from 0, from its inputs on (constants start it: what a fixed target
 * hands back is 0 nearly everywhere), and what its readers need of it, from the results back. Where several readers need
 * different boxes, the smallest box around all is computed, once. Values are whole again where they leave the graph.
 *
 * <p>Leaves a graph as it is where nothing but moves would shrink. Relies on padding being expanded.
 */
final class NarrowWindows implements Pass {
    @Override
    public Graph run(Graph graph) {
        Map<Node, Local> locals = new HashMap<>();
        Map<Node, Winners> winners = Winners.of(graph);
        for (Node node : graph.nodes()) {
            Winners family = winners.get(node);
            boolean index = node.type() == ElementType.INDEX && node.shape().rank() > 0;
            Local other = index ? new LocalEverywhere(node) : Locals.of(node);
            locals.put(node, family == null ? other : family.local(node));
        }
        Supports supports = new Supports(graph, locals);
        Map<Node, Box> computed = computed(graph, locals, supports);
        boolean shrinks = graph.nodes().stream().anyMatch(node -> isWork(node) && !isWhole(node, computed));
        return shrinks ? rebuilt(graph, locals, computed) : graph;
    }

    private static boolean isWork(Node node) {
        boolean moves = node.op() instanceof Op.Slice
                || node.op() instanceof Op.Embed
                || node.op() instanceof Op.Concat
                || node.op() instanceof Op.Reshape
                || node.op() instanceof Op.Transpose
                || node.op() instanceof Op.Broadcast;
        return !moves && !node.inputs().isEmpty();
    }

    private static boolean isWhole(Node node, Map<Node, Box> computed) {
        return node.inputs().isEmpty() || computed.get(node).isWhole(node.shape());
    }

    /** Where each node can differ from 0. Constants are looked at only where that matters. */
    private static final class Supports {
        private final Map<Node, Box> known = new HashMap<>();

        Supports(Graph graph, Map<Node, Local> locals) {
            for (Node node : graph.nodes()) {
                if (!node.isConstant()) {
                    known.put(node, locals.get(node).support(i -> of(node.input(i))));
                }
            }
        }

        Box of(Node node) {
            Box support = known.get(node);
            if (support == null) {
                support = node.type() == ElementType.REAL ? around(node.constant()) : Box.whole(node.shape());
                known.put(node, support);
            }
            return support;
        }

        /** The smallest box around what is not 0. */
        private static Box around(ConstantData data) {
            int[] strides = data.shape().strides();
            int[] starts = data.shape().toArray();
            int[] ends = new int[starts.length];
            boolean none = true;
            for (int i = 0; i < data.size(); i++) {
                if (data.at(i) == 0) {
                    continue;
                }
                none = false;
                int rest = i;
                for (int axis = 0; axis < strides.length; axis++) {
                    int at = rest / strides[axis];
                    rest %= strides[axis];
                    starts[axis] = Math.min(starts[axis], at);
                    ends[axis] = Math.max(ends[axis], at + 1);
                }
            }
            return none ? Box.none(data.shape()) : new Box(list(starts), list(ends));
        }

        private static List<Integer> list(int[] values) {
            List<Integer> list = new ArrayList<>();
            for (int value : values) {
                list.add(value);
            }
            return list;
        }
    }

    /** What is needed of each node and not 0. Boxes that nodes share only grow, so this ends. */
    private static Map<Node, Box> computed(Graph graph, Map<Node, Local> locals, Supports supports) {
        boolean grown;
        Map<Node, Box> computed;
        do {
            grown = false;
            computed = new HashMap<>();
            for (Node node : graph.nodes()) {
                computed.put(node, Box.none(node.shape()));
            }
            for (Node result : graph.outputs().values()) {
                computed.put(result, Box.whole(result.shape()));
            }
            for (int i = graph.nodes().size() - 1; i >= 0; i--) {
                Node node = graph.nodes().get(i);
                if (!node.inputs().isEmpty()) {
                    grown |= visit(node, locals.get(node), supports, computed);
                }
            }
        } while (grown);
        return computed;
    }

    private static boolean visit(Node node, Local local, Supports supports, Map<Node, Box> computed) {
        Box out = computed.get(node).intersect(supports.of(node));
        computed.put(node, out);
        if (out.isEmpty()) {
            return false;
        }
        boolean grown = local.widens(out, i -> supports.of(node.input(i)));
        for (int k = 0; k < node.inputs().size(); k++) {
            Box more = local.needs(k, out);
            computed.merge(node.input(k), more, Box::hull);
        }
        return grown;
    }

    private static Graph rebuilt(Graph graph, Map<Node, Local> locals, Map<Node, Box> computed) {
        GraphBuilder builder = new GraphBuilder();
        Rewrite.Turn turn = () -> builder;
        Map<Node, Part> parts = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Part> inputs = node.inputs().stream().map(parts::get).toList();
            Box out = computed.get(node);
            if (isWhole(node, computed) && areWhole(node, inputs)) {
                List<Node> nodes = inputs.stream().map(Part::node).toList();
                parts.put(node, Part.whole(builder.addLike(node, node.op(), nodes)));
            } else {
                parts.put(
                        node,
                        out.isEmpty() ? Part.zeros(node) : locals.get(node).compute(out, inputs, turn));
            }
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs()
                .forEach((name, node) -> outputs.put(name, parts.get(node).read(Box.whole(node.shape()), turn)));
        return Graph.of(graph.name(), outputs);
    }

    /** True where every input is there as it was. */
    private static boolean areWhole(Node node, List<Part> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).box().isWhole(node.input(i).shape())) {
                return false;
            }
        }
        return true;
    }
}
