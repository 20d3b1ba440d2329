package org.deepliftc.compiler.optimize;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Makes one node of all that apply the same operator to the same inputs; the first one's name stays. */
final class MergeDuplicates implements Pass {

    private record Key(Op op, List<Node> inputs) {}

    @Override
    public Graph run(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        Map<Key, Node> known = new HashMap<>();
        Map<Node, Node> merged = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Node> inputs = node.inputs().stream().map(merged::get).collect(Collectors.toList());
            merged.put(
                    node,
                    known.computeIfAbsent(new Key(node.op(), inputs), key -> builder.addLike(node, node.op(), inputs)));
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, merged.get(node)));
        return Graph.of(graph.name(), outputs);
    }
}
