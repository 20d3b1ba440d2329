package org.deepliftc.compiler.importer.keras;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Adds nodes to the imported graph: unique names, one transpose and one constant for all that need it. */
final class KerasWriter {
    private static final int MOST_NODES = 200_000;

    private final GraphBuilder builder = new GraphBuilder();
    private final SourceSpan span;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Node> aliases = new LinkedHashMap<>();
    private final Map<Node, Node> turned = new HashMap<>();
    private final Map<String, Map<ConstantData, Node>> constants = new HashMap<>();
    private int count;

    KerasWriter(SourceSpan span) {
        this.span = span;
    }

    Node add(Op op, String wanted, Node... inputs) {
        if (++count > MOST_NODES) {
            throw KerasFailure.of("makes the model grow beyond " + MOST_NODES + " nodes", "split the model");
        }
        try {
            return builder.add(op, List.of(inputs), unique(wanted), span);
        } catch (IllegalArgumentException e) {
            throw KerasFailure.of("cannot be applied: " + e.getMessage(), "save the model again with Keras");
        }
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 1; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** A constant; the same node for the same numbers under one name, so that layers used twice share their weights. */
    Node constant(ConstantData data, String name) {
        return constants
                .computeIfAbsent(name, n -> new HashMap<>())
                .computeIfAbsent(data, d -> add(new Op.Constant(d), name));
    }

    /** The value in Keras's order of axes. */
    Node plain(Tensor x) {
        return x.moved() ? turned(x.node(), Tensor.last(x.rank()), ".channels_last") : x.node();
    }

    /** The value with its channels in front. */
    Node moved(Tensor x) {
        boolean already = x.moved() || x.rank() < 2;
        return already ? x.node() : turned(x.node(), Tensor.first(x.rank()), ".channels_first");
    }

    private Node turned(Node node, List<Integer> permutation, String suffix) {
        return turned.computeIfAbsent(node, n -> add(new Op.Transpose(permutation), n.name() + suffix, n));
    }

    /** Lets {@code name} stand for a node that another name already has. */
    void alias(String name, Node node) {
        if (!node.name().equals(name) && !taken.contains(name)) {
            aliases.putIfAbsent(name, node);
        }
    }

    Map<String, Node> aliases() {
        aliases.keySet().removeIf(taken::contains);
        return aliases;
    }
}
