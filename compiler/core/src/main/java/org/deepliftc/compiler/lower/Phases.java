package org.deepliftc.compiler.lower;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.stage.Stages;

/** In which of the nested loops of an explanation each node runs: the outermost that its stage allows. */
final class Phases {
    private final Stages stages;
    private final Set<Node> afterMean = new HashSet<>();
    private final Set<Node> beforeMean = new HashSet<>();

    Phases(Graph graph) {
        stages = Stages.of(graph);
        Map<Node, java.util.List<Node>> users = graph.users();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.MeanOver || node.inputs().stream().anyMatch(afterMean::contains)) {
                afterMean.add(node);
            }
        }
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (Node user : users.get(node)) {
                if (user.op() instanceof Op.MeanOver || beforeMean.contains(user)) {
                    beforeMean.add(node);
                }
            }
        }
    }

    Phase of(Node node) {
        Set<Axis> axes = stages.of(node);
        if (afterMean.contains(node)) {
            return Phase.FINISH;
        }
        if (axes.contains(Axis.TARGET)) {
            return beforeMean.contains(node) ? Phase.PAIR_TARGET : Phase.FINISH;
        }
        if (axes.contains(Axis.STEP)) {
            return Phase.PAIR;
        }
        if (axes.contains(Axis.REFERENCE)) {
            return axes.contains(Axis.EXAMPLE) ? Phase.PAIR : Phase.REFERENCE;
        }
        return Phase.EXAMPLE;
    }
}
