package org.deepliftc.compiler.optimize;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * All nodes that speak of the winners of one max pool: its maxima, the winners' positions, choices between them, what is
 * gathered and scattered by them. Positions are flat in the pool's input: where only a box of it is computed they are
 * flat in that box, so all of them are computed for the same windows.
 */
final class Winners {
    private final Set<Node> members = new LinkedHashSet<>();
    private Spans spans;
    private Box windows;

    /** The families of a graph by their members; nodes of a family that nothing but whole tensors suits are left out. */
    static Map<Node, Winners> of(Graph graph) {
        Map<Node, Winners> families = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (isIndex(node)) {
                families.computeIfAbsent(node, n -> new Winners()).members.add(node);
            }
            for (Node input : node.inputs()) {
                if (isIndex(input)) {
                    join(node, families.get(input), families);
                }
            }
        }
        Set.copyOf(families.values()).forEach(family -> family.close(graph, families));
        families.values().removeIf(family -> family.spans == null);
        return families;
    }

    private static boolean isIndex(Node node) {
        return node.type() == ElementType.INDEX && node.shape().rank() > 0 && !node.isConstant();
    }

    private static void join(Node node, Winners family, Map<Node, Winners> families) {
        Winners other = families.get(node);
        if (other != null && other != family) {
            family.members.addAll(other.members);
            other.members.forEach(member -> families.put(member, family));
        }
        family.members.add(node);
        families.put(node, family);
    }

    /** Finds the window that all members share, if they do, and adds the maxima that go with the positions. */
    private void close(Graph graph, Map<Node, Winners> families) {
        Set<Spans> found = new LinkedHashSet<>();
        Set<Node> pooled = new LinkedHashSet<>();
        for (Node member : members) {
            if (member.op() instanceof Op.ArgMaxPool pool) {
                found.add(new Spans(pool.window(), member.input(0).shape().from(1)));
                pooled.add(member.input(0));
            } else if (!isKnown(member.op())) {
                return;
            }
        }
        if (found.size() != 1) {
            return;
        }
        spans = found.iterator().next();
        windows = Box.none(members.iterator().next().shape());
        for (Node node : graph.nodes()) {
            boolean maxima = node.op() instanceof Op.MaxPool pool
                    && pooled.contains(node.input(0))
                    && pool.window().equals(spans.window())
                    && !families.containsKey(node);
            if (maxima) {
                members.add(node);
                families.put(node, this);
            }
        }
    }

    private static boolean isKnown(Op op) {
        return op instanceof Op.Select || op instanceof Op.GatherPositions || op instanceof Op.ScatterPositions;
    }

    /** Makes sure that at least {@code more} are among the windows computed; true where they were not. */
    boolean include(Box more) {
        Box before = windows;
        windows = windows.hull(more);
        return !windows.equals(before);
    }

    /** How a member computes what all of its family compute. */
    Local local(Node node) {
        return node.op() instanceof Op.ScatterPositions ? new Scattered(node, this) : new Member(node, this);
    }

    private Box seen() {
        return spans.seen(windows);
    }

    /** What a member reads from an input: windows, or what they see. */
    private Box needs(Node node, int input) {
        boolean positions = node.op() instanceof Op.Select || node.op() instanceof Op.ScatterPositions || input == 1;
        return positions ? windows : seen();
    }

    private Node[] reads(Node node, List<Part> inputs, Rewrite.Turn turn) {
        Node[] nodes = new Node[inputs.size()];
        for (int i = 0; i < nodes.length; i++) {
            Node input = inputs.get(i).node();
            nodes[i] = input.isConstant() && input.type() == ElementType.INDEX
                    ? turn.builder().constant(moved(input.constant()), input.name() + ".part")
                    : inputs.get(i).read(needs(node, i), turn);
        }
        return nodes;
    }

    /** Positions known when compiling, of the computed windows and flat in what these see. */
    private ConstantData moved(ConstantData whole) {
        Shape shape = windows.shape();
        Box seen = seen();
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            int from = flat(i, shape.strides(), windows.starts(), whole.shape().strides());
            int[] space = spans.space().strides();
            List<Integer> back = seen.starts().subList(1, seen.rank()).stream()
                    .map(start -> -start)
                    .toList();
            values[i] =
                    flat((int) whole.at(from), space, back, seen.shape().from(1).strides());
        }
        return ConstantData.index(shape, values);
    }

    /** The flat number, by {@code to}, of the position that is {@code number} by {@code from} moved by {@code offsets}. */
    private static int flat(int number, int[] from, List<Integer> offsets, int[] to) {
        int rest = number;
        int flat = 0;
        for (int axis = 0; axis < from.length; axis++) {
            flat += (rest / from[axis] + offsets.get(axis)) * to[axis];
            rest %= from[axis];
        }
        return flat;
    }

    /** A pool, a choice between positions, or what is gathered at them. */
    private record Member(Node node, Winners family) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            return Box.whole(node.shape());
        }

        @Override
        public boolean widens(Box out, IntFunction<Box> supports) {
            return family.include(out);
        }

        @Override
        public Box needs(int input, Box out) {
            return family.needs(node, input);
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Window window = family.spans.over(family.windows);
            Op op = node.op();
            if (op instanceof Op.MaxPool) {
                op = new Op.MaxPool(window);
            } else if (op instanceof Op.ArgMaxPool) {
                op = new Op.ArgMaxPool(window);
            } else if (op instanceof Op.GatherPositions) {
                op = Op.GatherPositions.in(window);
            }
            return new Part(turn.like(node, op, family.reads(node, inputs, turn)), family.windows);
        }
    }

    /** What is handed back to the winners. */
    private record Scattered(Node node, Winners family) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            return inputs.apply(0).isEmpty() ? Box.none(node.shape()) : family.spans.seen(inputs.apply(0));
        }

        @Override
        public boolean widens(Box out, IntFunction<Box> supports) {
            return family.include(family.spans.seeing(out).intersect(supports.apply(0)));
        }

        @Override
        public Box needs(int input, Box out) {
            return family.windows;
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Box seen = family.seen();
            Op.GatherPositions gather = Op.GatherPositions.in(family.spans.over(family.windows));
            Op scatter = new Op.ScatterPositions(seen.shape().from(1), gather.window());
            return new Part(turn.like(node, scatter, family.reads(node, inputs, turn)), seen);
        }
    }
}
