package org.deepliftc.compiler.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a recurrence, as a graph. Its leaves are {@link Op.Role#CARRIED} states and {@link Op.Role#SCANNED} elements
 * of sequences; its outputs are the state of the next step, {@code next.0}, {@code next.1}, ..., and any other values
 * that may be stacked.
 *
 * @param carried the number of states
 * @param scanned the number of sequences
 * @param length the number of steps
 * @param reversed whether the steps run from the last position to the first
 */
public record ScanBody(Graph graph, int carried, int scanned, int length, boolean reversed) {
    private static final String NEXT = "next.";
    private static final String VALUE = "value.";

    public ScanBody {
        if (length < 1) {
            throw new IllegalArgumentException("a recurrence of " + length + " steps");
        }
        for (int i = 0; i < carried; i++) {
            Node next = graph.outputs().get(next(i));
            Optional<Node> state = leaf(graph, Op.Role.CARRIED, i);
            if (next == null || state.isPresent() && !state.get().shape().equals(next.shape())) {
                throw new IllegalArgumentException("state " + i + " of a recurrence changes from "
                        + state.map(Node::shape).orElse(null) + " to " + next);
            }
        }
    }

    /**
     * The body in which every value of a step can be stacked.
     *
     * @param next the state that each step leaves to the next
     */
    public static ScanBody of(String name, List<Node> next, int scanned, int length, boolean reversed) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < next.size(); i++) {
            outputs.put(next(i), next.get(i));
        }
        for (Node node : Graph.of(name, outputs).nodes()) {
            boolean stackable = !node.isConstant() && node.type() == ElementType.REAL;
            if (stackable && outputs.put(value(node), node) != null) {
                throw new IllegalArgumentException("two values of a step are called " + node.name());
            }
        }
        return new ScanBody(Graph.of(name, outputs), next.size(), scanned, length, reversed);
    }

    /** The output that is the state {@code index} of the next step. */
    public static String next(int index) {
        return NEXT + index;
    }

    /** The output that is the value of a node of a body made by {@link #of}. */
    public static String value(Node node) {
        return VALUE + node.name();
    }

    /** The state or element of a sequence that the body reads under that number, if it reads it. */
    public Optional<Node> leaf(Op.Role role, int index) {
        return leaf(graph, role, index);
    }

    private static Optional<Node> leaf(Graph graph, Op.Role role, int index) {
        return graph.nodes().stream()
                .filter(n -> n.op() instanceof Op.Input input && input.role() == role && input.index() == index)
                .findFirst();
    }

    /** The position that a step works at. */
    public int position(int step) {
        return reversed ? length - 1 - step : step;
    }

    /** The body with another graph of the same states. */
    public ScanBody with(Graph other, int sequences) {
        return new ScanBody(other, carried, sequences, length, reversed);
    }

    /** The shape of a value of the body, stacked. */
    public Shape stacked(Shape value) {
        List<Integer> dims = new ArrayList<>(List.of(length));
        dims.addAll(value.dims());
        return new Shape(dims);
    }
}
