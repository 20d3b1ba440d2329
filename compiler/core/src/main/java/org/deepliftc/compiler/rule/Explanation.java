package org.deepliftc.compiler.rule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;

/**
 * What is explained and how, with every choice made and checked against the model.
 *
 * @param point the explained node of the model's graph
 * @param normalisedAlong the axis of a softmax behind the point: the target is then the value less the mean along that
 *     axis (paper 2.5); empty where the value itself is explained
 * @param layers the nodes whose contributions are wanted beside those of the inputs
 * @param references the reference of each input where all are known when compiling; empty where they are given
 * @param steps the points of integrated gradients
 * @param hypothetical whether hypothetical contributions of one-hot inputs are made
 */
public record Explanation(
        Model model,
        Node point,
        OptionalInt normalisedAlong,
        TargetChoice target,
        List<Node> layers,
        Optional<List<ConstantData>> references,
        Method method,
        RuleSet rules,
        int steps,
        boolean hypothetical) {

    /** Which neurons of the point are explained. */
    public sealed interface TargetChoice permits Fixed, Weighted, Profile, Largest, Given {

        /** What calls the targets that are known when compiling, in order; empty where each call or example chooses. */
        default List<Integer> indices() {
            return List.of();
        }
    }

    /** Flat positions known when compiling, at least one. */
    public record Fixed(List<Integer> indices) implements TargetChoice {
        public Fixed {
            indices = List.copyOf(indices);
        }

        @Override
        public String toString() {
            return indices.toString();
        }
    }

    /**
     * Weighted sums of neurons, at least one.
     *
     * @param weights of every neuron of the point, for each sum; less their mean along the classes of a softmax
     * @param text the sums as the user wrote them
     */
    public record Weighted(List<ConstantData> weights, String text) implements TargetChoice {
        public Weighted {
            weights = List.copyOf(weights);
        }

        @Override
        public List<Integer> indices() {
            return IntStream.range(0, weights.size()).boxed().toList();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The neurons less their mean, weighted by their softmax, and summed.
     *
     * @param held whether the softmax is that of the example on both runs
     */
    public record Profile(boolean held) implements TargetChoice {
        @Override
        public List<Integer> indices() {
            return List.of(0);
        }

        @Override
        public String toString() {
            return new Target.Profile(held).toString();
        }
    }

    /** The largest neuron of each example. */
    public record Largest() implements TargetChoice {
        @Override
        public String toString() {
            return "max";
        }
    }

    /** Given with each call. */
    public record Given() implements TargetChoice {
        @Override
        public String toString() {
            return "any";
        }
    }

    public Explanation {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(point, "point");
        layers = List.copyOf(layers);
    }

    /** True where the method compares with a reference. */
    public boolean usesReference() {
        return method.usesReference();
    }

    /** The same choices about a rewritten model whose nodes keep their names. */
    Explanation on(Model rewritten) {
        return new Explanation(
                rewritten,
                moved(point, rewritten),
                normalisedAlong,
                target,
                layers.stream().map(layer -> moved(layer, rewritten)).toList(),
                references,
                method,
                rules,
                steps,
                hypothetical);
    }

    private static Node moved(Node node, Model rewritten) {
        return rewritten.graph().nodes().stream()
                .filter(n -> n.name().equals(node.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("node " + node.name() + " was lost in a rewrite"));
    }
}
