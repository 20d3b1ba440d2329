package org.deepliftc.compiler.rule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;

/**
 * What is explained and how, with every choice made and checked against the model.
 *
 * @param point the explained node of the model's graph
 * @param normalisedAlong the axis of a softmax behind the point: the target is then the value less the mean along that
 *     axis (paper 2.5); empty where the value itself is explained
 * @param references the reference of each input where all are known when compiling; empty where they are given
 * @param steps the points of integrated gradients
 * @param hypothetical whether hypothetical contributions of one-hot inputs are made
 */
public record Explanation(
        Model model,
        Node point,
        OptionalInt normalisedAlong,
        TargetChoice target,
        Optional<List<ConstantData>> references,
        Method method,
        RuleSet rules,
        int steps,
        boolean hypothetical) {

    /** Which neurons of the point are explained. */
    public sealed interface TargetChoice permits Fixed, Largest, Given {}

    /** Flat positions known when compiling, at least one. */
    public record Fixed(List<Integer> indices) implements TargetChoice {
        public Fixed {
            indices = List.copyOf(indices);
        }
    }

    /** The largest neuron of each example. */
    public record Largest() implements TargetChoice {}

    /** Given with each call. */
    public record Given() implements TargetChoice {}

    public Explanation {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(point, "point");
    }

    /** True where the method compares with a reference. */
    public boolean usesReference() {
        return method.usesReference();
    }

    /** The same choices about a rewritten model whose nodes keep their names. */
    Explanation on(Model rewritten) {
        Node moved = rewritten.graph().nodes().stream()
                .filter(n -> n.name().equals(point.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("node " + point.name() + " was lost in a rewrite"));
        return new Explanation(
                rewritten, moved, normalisedAlong, target, references, method, rules, steps, hypothetical);
    }
}
