package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * The forward graph on one choice of inputs: on the example, on the reference, or on a point between. Nodes are
 * derived on demand; what does not depend on an input is the same node for every choice.
 */
class Activations {
    private final GraphBuilder builder;
    private final String suffix;
    private final Function<Op.Input, Node> leaves;
    private final Map<Node, Node> derived = new HashMap<>();
    private final Map<Node, Node> shared;

    /**
     * Makes the activations on the inputs that {@code leaves} supplies.
     *
     * @param suffix appended to the names of derived nodes
     * @param shared derived nodes that depend on no input, common to all choices
     */
    Activations(GraphBuilder builder, String suffix, Function<Op.Input, Node> leaves, Map<Node, Node> shared) {
        this.builder = builder;
        this.suffix = suffix;
        this.leaves = leaves;
        this.shared = shared;
    }

    /** Derives the whole forward graph, in its order, so that no recursion is as deep as the network. */
    void prepare(Graph model) {
        for (Node node : model.nodes()) {
            of(node);
        }
    }

    /** The activation of a node of the model. */
    Node of(Node node) {
        Node known = derived.get(node);
        if (known == null) {
            known = derive(node);
            derived.put(node, known);
        }
        return known;
    }

    /** The value of an input. */
    Node leaf(Op.Input op) {
        return leaves.apply(op);
    }

    private Node derive(Node node) {
        if (node.op() instanceof Op.Input) {
            return leaves.apply((Op.Input) node.op());
        }
        List<Node> inputs = new ArrayList<>();
        boolean constant = true;
        for (Node input : node.inputs()) {
            Node activation = of(input);
            inputs.add(activation);
            constant &= shared.get(input) == activation;
        }
        if (!constant) {
            return builder.add(node.op(), inputs, node.name() + suffix, node.span());
        }
        return shared.computeIfAbsent(node, n -> builder.addLike(n, n.op(), inputs));
    }
}
