package org.deepliftc.compiler.interpret;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * Evaluates nodes of a graph for one set of leaf values: one example and, in a joint graph, one reference and one target,
 * so that every {@link Op.MeanOver} is the mean of one. Each node is evaluated at most once, and only where needed.
 *
 * <p>Not safe for use by several threads.
 */
public final class Interpreter {
    private final Map<Op.Input, double[]> leaves;
    private final Map<Node, double[]> values = new HashMap<>();

    /**
     * @param leaves the row-major value of each input leaf; the arrays are only read, and must not change afterwards
     * @throws IllegalArgumentException where an array has another size than its leaf
     */
    public Interpreter(Map<Op.Input, double[]> leaves) {
        this.leaves = checked(leaves);
    }

    static Map<Op.Input, double[]> checked(Map<Op.Input, double[]> leaves) {
        leaves.forEach((input, value) -> {
            if (value.length != input.shape().size()) {
                throw new IllegalArgumentException(value.length + " values for " + input.role() + " input "
                        + input.index() + " of shape " + input.shape());
            }
        });
        return Map.copyOf(leaves);
    }

    /**
     * The row-major value of {@code node}; the caller must not change it.
     *
     * @throws IllegalArgumentException where a leaf it depends on has no value, or an index is out of range
     */
    public double[] value(Node node) {
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            Node next = open.peek();
            boolean ready = true;
            for (Node input : next.inputs()) {
                if (!values.containsKey(input)) {
                    open.push(input);
                    ready = false;
                }
            }
            if (ready) {
                values.computeIfAbsent(open.pop(), this::evaluated);
            }
        }
        return values.get(node);
    }

    private double[] evaluated(Node node) {
        return evaluated(node, node.inputs().stream().map(values::get).toList(), leaves);
    }

    static double[] evaluated(Node node, List<double[]> inputs, Map<Op.Input, double[]> leaves) {
        if (node.op() instanceof Op.Input && leaves.containsKey(node.op())) {
            return leaves.get(node.op());
        }
        try {
            List<Shape> shapes = node.inputs().stream().map(Node::shape).toList();
            return node.op().match(new OperatorMeaning(inputs, shapes, node.shape()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + node.name() + "': " + e.getMessage(), e);
        }
    }

    /** The values of all results of {@code graph} by name; the caller must not change them. */
    public Map<String, double[]> outputs(Graph graph) {
        Map<String, double[]> results = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> results.put(name, value(node)));
        return results;
    }

    /**
     * The value of a single operator on constants.
     *
     * @param shape the inferred shape of the operator on these inputs
     * @param type the element type of the result
     * @throws IllegalArgumentException where the operator is a leaf that is given when called
     */
    public static ConstantData fold(Op op, List<ConstantData> inputs, Shape shape, ElementType type) {
        List<double[]> values = inputs.stream().map(ConstantData::toArray).toList();
        List<Shape> shapes = inputs.stream().map(ConstantData::shape).toList();
        double[] result = op.match(new OperatorMeaning(values, shapes, shape));
        return type == ElementType.REAL ? ConstantData.real(shape, result) : ConstantData.index(shape, result);
    }
}
