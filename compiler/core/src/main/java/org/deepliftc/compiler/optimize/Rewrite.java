package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;

/**
 * Rebuilds a graph node by node, in order, so that a pass only has to say what becomes of one node whose inputs are
 * rewritten already. What nothing needs any more is left out.
 */
abstract class Rewrite implements Pass {

    /** One node's turn. */
    interface Turn {
        GraphBuilder builder();

        /** Adds a node that stands for {@code origin}. */
        default Node like(Node origin, org.deepliftc.compiler.graph.Op op, Node... inputs) {
            return builder().addLike(origin, op, List.of(inputs));
        }
    }

    /**
     * What becomes of a node.
     *
     * @param node the node as it was
     * @param inputs its rewritten inputs
     * @return its replacement, of the same shape and type
     */
    abstract Node rewrite(Node node, List<Node> inputs, Turn turn);

    /** The node as it was, on rewritten inputs. */
    static Node keep(Node node, List<Node> inputs, Turn turn) {
        return turn.builder().addLike(node, node.op(), inputs);
    }

    @Override
    public final Graph run(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        Turn turn = () -> builder;
        Map<Node, Node> replacements = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Node> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(replacements.get(input)));
            Node replacement = rewrite(node, inputs, turn);
            if (!replacement.shape().equals(node.shape()) || replacement.type() != node.type()) {
                throw new IllegalStateException(getClass().getSimpleName() + " turns " + node + " into " + replacement);
            }
            replacements.put(node, replacement);
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, replacements.get(node)));
        return Graph.of(graph.name(), outputs);
    }
}
