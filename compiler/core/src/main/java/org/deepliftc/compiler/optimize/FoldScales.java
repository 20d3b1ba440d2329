package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A product with a constant for each channel next to a dense layer or convolution is taken up by its weights: batch
 * normalisation costs nothing, neither forward nor for multipliers.
 *
 * <p>Rows take up what follows a layer and what stands before its transpose, columns what stands before a layer and
 * follows its transpose. Products that others read too stay. So do products that not all uses of the same weights
 * share: folding them would make two constants of one. Relies on duplicates being merged, so that equal weights are one
 * node.
 */
final class FoldScales implements Pass {
    /** Factors this near to each other differ by rounding alone. */
    private static final double ROUNDING = 1e-14;

    private final Linear.Side side;

    FoldScales(Linear.Side side) {
        this.side = side;
    }

    @Override
    public Graph run(Graph graph) {
        Map<Node, ChannelSteps.Found> folds = folds(graph);
        if (folds.isEmpty()) {
            return graph;
        }
        Set<Node> gone = new HashSet<>();
        folds.values().forEach(found -> gone.add(found.step()));
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (gone.contains(node)) {
                    return inputs.get(inputs.get(0).isConstant() ? 1 : 0);
                }
                ChannelSteps.Found found = folds.get(node);
                return found == null ? keep(node, inputs, turn) : folded(node, inputs, found.channels(), turn);
            }
        }.run(graph);
    }

    /** The products that go, by the node that takes each up. */
    private Map<Node, ChannelSteps.Found> folds(Graph graph) {
        ChannelSteps steps = new ChannelSteps(new Uses(graph), Op.BinaryKind.MULTIPLY);
        Map<Node, List<Linear>> byWeights = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            Linear.of(node)
                    .ifPresent(linear -> byWeights
                            .computeIfAbsent(linear.weights(), w -> new ArrayList<>())
                            .add(linear));
        }
        Map<Node, ChannelSteps.Found> folds = new HashMap<>();
        Set<Node> taken = new HashSet<>();
        byWeights.forEach((weights, users) -> {
            Map<Node, ChannelSteps.Found> here = new LinkedHashMap<>();
            Set<Node> stepsHere = new HashSet<>();
            for (Linear linear : users) {
                Optional<ChannelSteps.Found> found = steps.beside(linear, side);
                if (found.isPresent()
                        && !taken.contains(found.get().step())
                        && stepsHere.add(found.get().step())) {
                    here.put(linear.node(), found.get());
                }
            }
            if (here.size() == users.size() && agree(here.values())) {
                double[] shared = here.values().iterator().next().channels();
                here.forEach((node, found) -> folds.put(node, new ChannelSteps.Found(found.step(), shared)));
                taken.addAll(stepsHere);
            }
        });
        return folds;
    }

    private static boolean agree(Iterable<ChannelSteps.Found> all) {
        double[] first = null;
        for (ChannelSteps.Found found : all) {
            first = first == null ? found.channels() : first;
            for (int c = 0; c < first.length; c++) {
                double size = Math.max(Math.abs(first[c]), Math.abs(found.channels()[c]));
                if (!(Math.abs(first[c] - found.channels()[c]) <= ROUNDING * size)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Node folded(Node node, List<Node> inputs, double[] factors, Rewrite.Turn turn) {
        Linear linear = Linear.of(node).orElseThrow();
        List<Node> changed = new ArrayList<>(inputs);
        String name = linear.weights().name() + ".scaled";
        changed.set(1, turn.builder().constant(linear.scaled(side, factors), name));
        if (inputs.size() > 2 && side == Linear.Side.ROWS) {
            ConstantData scaled = ConstantStep.combined(
                    Op.BinaryKind.MULTIPLY,
                    inputs.get(2).constant(),
                    ConstantData.real(inputs.get(2).shape(), factors));
            changed.set(2, turn.builder().constant(scaled, inputs.get(2).name() + ".scaled"));
        }
        return turn.builder().addLike(node, node.op(), changed);
    }
}
