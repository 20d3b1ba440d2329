package org.deepliftc.compiler.driver;

import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.rule.JointGraph;

/**
 * Multiply-adds of the direct algorithm, by how often they are done: no Winograd, no skipping of zeros, no sharing
 * beyond that of stages. What is known when compiling, such as activations on a reference of zeros, is no work.
 *
 * @param prediction of the model's outputs for one example
 * @param example done once for an example, however many references it has; everything where there are no references at
 *     run time
 * @param reference done once for a reference
 * @param pair done for each example and reference
 */
public record DirectWork(long prediction, long example, long reference, long pair) {

    static DirectWork of(JointGraph joint) {
        long prediction = prediction(joint.explanation().model());
        Times times = Times.of(joint);
        long[] work = new long[Times.Often.values().length];
        OperatorCosts.Recurrences joined = new OperatorCosts.Recurrences();
        for (Node node : joint.graph().nodes()) {
            if (!joined.counts(node)) {
                continue;
            }
            work[times.often(node).ordinal()] += OperatorCosts.multiplyAdds(node) * times.repeats(node);
        }
        return new DirectWork(
                prediction,
                work[Times.Often.PER_EXAMPLE.ordinal()],
                work[Times.Often.PER_REFERENCE.ordinal()],
                work[Times.Often.PER_PAIR.ordinal()]);
    }

    /** Multiply-adds of predicting one example, without deriving anything. */
    static long prediction(Model model) {
        OperatorCosts.Recurrences recurrences = new OperatorCosts.Recurrences();
        Graph forward = model.graph();
        return Graph.of(forward.name(), forward.outputs()).nodes().stream()
                .filter(recurrences::counts)
                .mapToLong(OperatorCosts::multiplyAdds)
                .sum();
    }

    /**
     * Multiply-adds of explaining one example.
     *
     * @param references of each example
     * @param shared whether all examples have the same, so that what is done for a reference is done once for all
     */
    public long explanation(int references, boolean shared) {
        return example + references * (pair + (shared ? 0 : reference));
    }
}
