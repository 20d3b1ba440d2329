package org.deepliftc.compiler.optimize;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;

/** Who reads each node of a graph; a result of the graph is read by its caller too. */
final class Uses {
    private final Map<Node, List<Node>> users;
    private final Set<Node> results;

    Uses(Graph graph) {
        this.users = graph.users();
        this.results = new HashSet<>(graph.outputs().values());
    }

    List<Node> of(Node node) {
        return users.get(node);
    }

    boolean isResult(Node node) {
        return results.contains(node);
    }

    /** The one node that reads {@code node}, once; empty where there are more or the value is a result. */
    Optional<Node> only(Node node) {
        List<Node> readers = users.get(node);
        return readers.size() == 1 && !results.contains(node) ? Optional.of(readers.get(0)) : Optional.empty();
    }
}
