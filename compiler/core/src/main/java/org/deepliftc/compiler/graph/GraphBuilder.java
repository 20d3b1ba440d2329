package org.deepliftc.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/**
 * Makes the nodes of one graph, in order. Shapes are inferred as nodes are added; a mismatch is an
 * {@link IllegalArgumentException} whose message a phase turns into a diagnostic at the user's line.
 */
public final class GraphBuilder {
    private int next;

    /** A builder of a new graph. */
    public GraphBuilder() {}

    /** A builder that goes on behind a node of another one's. */
    public GraphBuilder(Node last) {
        next = last.id() + 1;
    }

    /** Adds a node with the place it comes from. */
    public Node add(Op op, List<Node> inputs, String name, SourceSpan span) {
        Shape shape = op.match(new ShapeInference(inputs));
        ElementType type = ElementTypes.of(op, inputs);
        return new Node(next++, op, inputs, shape, type, name, span);
    }

    /** Adds a node that stands for {@code origin}: same name and place. */
    public Node addLike(Node origin, Op op, List<Node> inputs) {
        return add(op, inputs, origin.name(), origin.span());
    }

    public Node add(Op op, String name, Node... inputs) {
        return add(op, List.of(inputs), name, SourceSpan.NONE);
    }

    public Node constant(ConstantData data, String name) {
        return add(new Op.Constant(data), List.of(), name, SourceSpan.NONE);
    }

    public Node constant(double value) {
        return constant(ConstantData.scalar(value), "constant");
    }

    /** The sum of at least one value of one shape, left to right. */
    public Node sum(List<Node> terms, String name) {
        List<Node> rest = new ArrayList<>(terms);
        Node total = rest.remove(0);
        for (Node term : rest) {
            total = add(new Op.Binary(Op.BinaryKind.ADD), name, total, term);
        }
        return total;
    }
}
