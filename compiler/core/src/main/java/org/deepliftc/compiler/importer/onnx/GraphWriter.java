package org.deepliftc.compiler.importer.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Adds nodes to the imported graph: unique names, a limit on their number, one constant for a tensor used twice. */
final class GraphWriter {
    static final int MOST_NODES = 200_000;

    private final GraphBuilder builder = new GraphBuilder();
    private final SourceSpan span;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> reserved = new HashSet<>();
    private final Map<String, Node> aliases = new LinkedHashMap<>();
    private final Map<Tensor, Map<Shape, Node>> constants = new IdentityHashMap<>();
    private int count;

    GraphWriter(SourceSpan span) {
        this.span = span;
    }

    /** Keeps the names of the file's tensors for the nodes that stand for them. */
    void reserve(Set<String> names) {
        taken.addAll(names);
        reserved.addAll(names);
    }

    /** Adds a node that stands for the tensor {@code name} of the file. */
    Node tensor(Op op, String name, Node... inputs) {
        return named(op, reserved.remove(name) ? name : unique(name), inputs);
    }

    private Node named(Op op, String name, Node... inputs) {
        if (++count > MOST_NODES) {
            throw ImportFailure.of(
                    "makes the model grow beyond " + MOST_NODES + " nodes", "split the model, or simplify its export");
        }
        try {
            return builder.add(op, List.of(inputs), name, span);
        } catch (IllegalArgumentException e) {
            throw ImportFailure.of(e.getMessage(), "check the model with the tool that exported it");
        }
    }

    /** Adds a node on the way to another. */
    Node step(Op op, String name, Node... inputs) {
        return named(op, unique(name), inputs);
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** The constant of a tensor under a shape of equal size; the same node whoever asks. */
    Node constant(Tensor tensor, Shape shape, String name) {
        return constant(tensor, shape, name, false);
    }

    /** A constant that may hold minus infinity: a mask, which takes what it is added to out of a softmax. */
    Node mask(Tensor tensor, Shape shape, String name) {
        return constant(tensor, shape, name, true);
    }

    private static boolean isMask(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.at(i)) && tensor.at(i) != Double.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    private Node constant(Tensor tensor, Shape shape, String name, boolean masks) {
        if (!tensor.isFinite() && !(masks && isMask(tensor))) {
            throw ImportFailure.of(
                    "reads constant '" + name + "', which holds NaN or infinity",
                    "no explanation of such a model means anything: train or export it again");
        }
        return constants
                .computeIfAbsent(tensor, t -> new HashMap<>())
                .computeIfAbsent(
                        shape,
                        s -> named(
                                new Op.Constant(tensor.toConstant().reshaped(s)),
                                reserved.remove(name) ? name : unique(name)));
    }

    /** Lets {@code name} stand for a node that another name already has. */
    void alias(String name, Node node) {
        if (!node.name().equals(name)) {
            aliases.putIfAbsent(name, node);
        }
    }

    Map<String, Node> aliases() {
        return aliases;
    }
}
