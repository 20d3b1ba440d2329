package org.deepliftc.compiler.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Builds the body of a recurrent layer. */
public final class Step {
    private final GraphBuilder builder = new GraphBuilder();
    private final String name;

    /** @param name the name of the layer */
    Step(String name) {
        this.name = name;
    }

    private Node add(String role, Op op, Node... inputs) {
        return builder.add(op, List.of(inputs), name + "." + role, SourceSpan.NONE);
    }

    Node leaf(Op.Role role, int index, Shape shape, String called) {
        return add(called, new Op.Input(role, index, shape, ElementType.REAL));
    }

    Node sum(String role, Node a, Node b) {
        return add(role, new Op.Binary(Op.BinaryKind.ADD), a, b);
    }

    Node product(String role, Node a, Node b) {
        return add(role, new Op.Binary(Op.BinaryKind.MULTIPLY), a, b);
    }

    /** 1 - x. */
    Node complement(String role, Node x) {
        Node one = builder.constant(ConstantData.scalar(1), name + "." + role + ".one");
        return add(role, new Op.Binary(Op.BinaryKind.SUBTRACT), one, x);
    }

    Node activation(String role, Activation activation, Node x) {
        return add(role, new Op.Elementwise(activation), x);
    }

    Node dense(String role, Node x, ConstantData weights, Optional<ConstantData> bias) {
        List<Node> inputs = new ArrayList<>(List.of(x, builder.constant(weights, name + "." + role + ".weight")));
        bias.ifPresent(b -> inputs.add(builder.constant(b, name + "." + role + ".bias")));
        return add(role, new Op.Dense(Op.Direction.FORWARD), inputs.toArray(Node[]::new));
    }
}
