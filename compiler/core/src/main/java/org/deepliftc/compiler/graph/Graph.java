package org.deepliftc.compiler.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of named results and all that they need, in an order where inputs come before their users.
 *
 * @param name the name of the model
 * @param nodes every node that a result depends on, and every leaf of the model, in order
 * @param outputs the results by name, in order
 */
public record Graph(String name, List<Node> nodes, Map<String, Node> outputs) {

    public Graph {
        nodes = List.copyOf(nodes);
        outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** The graph of what {@code outputs} depend on; all of it must come from one builder. */
    public static Graph of(String name, Map<String, Node> outputs) {
        Set<Node> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(outputs.values());
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.add(node)) {
                open.addAll(node.inputs());
            }
        }
        List<Node> ordered = new ArrayList<>(seen);
        ordered.sort(Comparator.comparingInt(Node::id));
        return new Graph(name, ordered, outputs);
    }

    /** The nodes that read each node, once for every time they read it. */
    public Map<Node, List<Node>> users() {
        Map<Node, List<Node>> users = new HashMap<>();
        nodes.forEach(node -> users.put(node, new ArrayList<>()));
        for (Node node : nodes) {
            node.inputs().forEach(input -> users.get(input).add(node));
        }
        return users;
    }
}
