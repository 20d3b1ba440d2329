package org.deepliftc.compiler.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Phase;

/**
 * Chooses values that are computed where they are read and never stored: cheap activations in front of pools that read
 * each element once, and the few positions that a pool hands back to the transpose of a convolution.
 */
final class Inlines {
    private final Function<Node, Phase> phases;
    private final Map<Node, List<Node>> users;
    private final Set<Node> results;

    private Inlines(Graph graph, Function<Node, Phase> phases) {
        this.phases = phases;
        this.users = graph.users();
        this.results = new HashSet<>(graph.outputs().values());
    }

    static Set<Node> of(Graph graph, Function<Node, Phase> phases) {
        Inlines inlines = new Inlines(graph, phases);
        Set<Node> all = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean computed = !node.isConstant() && !(node.op() instanceof Op.Input);
            if (computed && !inlines.results.contains(node) && inlines.isInlined(node)) {
                all.add(node);
            }
        }
        return all;
    }

    private boolean isInlined(Node node) {
        List<Node> readers = users.get(node);
        if (readers.stream().anyMatch(r -> phases.apply(r) != phases.apply(node))) {
            return false;
        }
        if (node.op() instanceof Op.ScatterPositions) {
            return readers.stream().allMatch(r -> r.op() instanceof Op.ConvolutionTransposed);
        }
        boolean cheap = node.op() instanceof Op.Elementwise e && !e.activation().isCostly();
        return cheap && readers.stream().allMatch(r -> readsOnce(r.op()));
    }

    private static boolean readsOnce(Op op) {
        Window window =
                op instanceof Op.MaxPool pool ? pool.window() : op instanceof Op.ArgMaxPool pool ? pool.window() : null;
        return window != null && window.isDisjoint();
    }
}
