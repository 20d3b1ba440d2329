package org.deepliftc.compiler.graph;

import java.util.List;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/**
 * One value of a graph: an operator applied to earlier nodes. Immutable, and equal only to itself; made by
 * {@link GraphBuilder}, which infers shape and type.
 */
public final class Node {
    private final int id;
    private final Op op;
    private final List<Node> inputs;
    private final Shape shape;
    private final ElementType type;
    private final String name;
    private final SourceSpan span;

    Node(int id, Op op, List<Node> inputs, Shape shape, ElementType type, String name, SourceSpan span) {
        this.id = id;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.shape = shape;
        this.type = type;
        this.name = name;
        this.span = span;
    }

    /** Position in the order of its builder: inputs come before their users. */
    public int id() {
        return id;
    }

    public Op op() {
        return op;
    }

    public List<Node> inputs() {
        return inputs;
    }

    public Node input(int index) {
        return inputs.get(index);
    }

    public Shape shape() {
        return shape;
    }

    public ElementType type() {
        return type;
    }

    /** The name the user or the importer gave, unique in a model graph; derived nodes carry derived names. */
    public String name() {
        return name;
    }

    public SourceSpan span() {
        return span;
    }

    public boolean isConstant() {
        return op instanceof Op.Constant;
    }

    /** The value of a constant node. */
    public ConstantData constant() {
        return ((Op.Constant) op).data();
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
