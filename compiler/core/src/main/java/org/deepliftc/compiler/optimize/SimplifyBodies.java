package org.deepliftc.compiler.optimize;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;

/** Runs passes over the bodies of recurrences, in which only what somebody stacks or the next step needs is kept. */
final class SimplifyBodies implements Pass {
    private final List<Pass> passes;

    SimplifyBodies(List<Pass> passes) {
        this.passes = List.copyOf(passes);
    }

    @Override
    public Graph run(Graph graph) {
        Map<ScanBody, Set<String>> stacked = stacked(graph);
        if (stacked.isEmpty()) {
            return graph;
        }
        Map<ScanBody, ScanBody> simplified = new HashMap<>();
        stacked.forEach((body, outputs) -> simplified.put(body, simplified(body, outputs)));
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (!(node.op() instanceof Op.Scan scan)) {
                    return keep(node, inputs, turn);
                }
                Op smaller = new Op.Scan(simplified.get(scan.body()), scan.output());
                return turn.builder().addLike(node, smaller, inputs);
            }
        }.run(graph);
    }

    /** What is stacked of each body. */
    static Map<ScanBody, Set<String>> stacked(Graph graph) {
        Map<ScanBody, Set<String>> stacked = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Scan scan) {
                stacked.computeIfAbsent(scan.body(), b -> new TreeSet<>()).add(scan.output());
            }
        }
        return stacked;
    }

    private ScanBody simplified(ScanBody body, Set<String> stacked) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < body.carried(); i++) {
            outputs.put(ScanBody.next(i), body.graph().outputs().get(ScanBody.next(i)));
        }
        stacked.forEach(name -> outputs.put(name, body.graph().outputs().get(name)));
        Graph graph = Graph.of(body.graph().name(), outputs);
        for (Pass pass : passes) {
            graph = pass.run(graph);
        }
        return body.with(graph, body.scanned());
    }
}
