package org.deepliftc.compiler.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A small network with an example and references, reproducible from its seed.
 *
 * @param dropped the steps of the generator that were left out while shrinking
 * @param hasTies whether values are few and round, so that maxima tie and nonlinearities stand on their kinks
 * @param actual the example, one array for each input
 * @param references of each reference, one array for each input
 * @param target the flat index of the explained neuron at the model's output
 */
public record RandomNetwork(
        long seed,
        Set<Integer> dropped,
        int steps,
        boolean hasTies,
        Model model,
        List<double[]> actual,
        List<List<double[]>> references,
        int target) {

    /** The output of the model. */
    public Node output() {
        return model.graph().outputs().values().iterator().next();
    }

    /** The smallest network found, by leaving out steps one after another, of which {@code fails} still holds. */
    public RandomNetwork shrunk(Predicate<RandomNetwork> fails) {
        RandomNetwork smallest = this;
        for (int step = 0; step < steps; step++) {
            Set<Integer> fewer = new TreeSet<>(smallest.dropped);
            fewer.add(step);
            RandomNetwork candidate = RandomNetworks.network(seed, fewer);
            if (fails.test(candidate)) {
                smallest = candidate;
            }
        }
        return smallest;
    }

    /** The network as text: seed, one line a node, then the values it is run on. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("RandomNetworks.network(" + seed + "L, Set.of("
                + dropped.toString().replaceAll("[\\[\\]]", "") + "))\n");
        for (Node node : model.graph().nodes()) {
            text.append("  ").append(node).append(" = ").append(line(node)).append('\n');
        }
        text.append("  target ").append(target).append(" of ").append(output()).append('\n');
        for (int i = 0; i < actual.size(); i++) {
            text.append("  ")
                    .append(model.inputs().get(i).name())
                    .append(" = ")
                    .append(Arrays.toString(actual.get(i)))
                    .append('\n');
            for (List<double[]> reference : references) {
                text.append("    reference ")
                        .append(Arrays.toString(reference.get(i)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String line(Node node) {
        if (node.isConstant()) {
            return Arrays.toString(node.constant().toArray());
        }
        return node.op() instanceof Op.Input
                ? "input"
                : node.op() + " of " + node.inputs().stream().map(Node::name).toList();
    }
}
