package org.deepliftc.cli.output;

import java.util.List;
import java.util.Optional;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.runtime.ModelDescription.Port;

/**
 * What a run explained. Arrays are flat {@code float[]} or {@code double[]}, one per input where there are several.
 *
 * @param inputs the model's inputs
 * @param targets how many neurons each example has explained
 * @param output the explained values, {@code [examples, targets]}
 * @param reference what a method with references has beside them
 * @param contributions {@code [examples, targets, input shape]}
 * @param multipliers shaped as the contributions; empty where nobody asked
 * @param hypothetical shaped as the contributions; empty where nobody asked
 * @param layers the contributions of inner nodes
 * @param about method, point and reference in a few words
 */
public record Explanation(
        List<InputDeclaration> inputs,
        Examples examples,
        int targets,
        Object output,
        Optional<AgainstReference> reference,
        List<Object> contributions,
        List<Object> multipliers,
        List<Object> hypothetical,
        List<Layer> layers,
        String about) {

    /**
     * An inner node.
     *
     * @param contributions {@code [examples, targets, node shape]}
     */
    public record Layer(Port node, Object contributions) {}

    /**
     * Results that need a reference, {@code [examples, targets]} each.
     *
     * @param output the explained value on the reference, averaged over references
     * @param convergenceDelta what is missing from summation-to-delta
     */
    public record AgainstReference(Object output, Object convergenceDelta) {}

    /** The same with these multipliers. */
    public Explanation withMultipliers(List<Object> arrays) {
        return new Explanation(
                inputs, examples, targets, output, reference, contributions, arrays, hypothetical, layers, about);
    }

    /** Where the contributions of an example to a target begin in the array of an input. */
    public int offset(int input, int example, int target) {
        return (example * targets + target) * inputs.get(input).shape().size();
    }

    /** The contributions to one target of one example of one input. */
    public double[] contributions(int input, int example, int target) {
        int size = inputs.get(input).shape().size();
        return Numbers.slice(contributions.get(input), offset(input, example, target), size);
    }

    /** The sum of the magnitudes of all contributions to one target of one example. */
    public double contributed(int example, int target) {
        double sum = 0;
        for (int input = 0; input < inputs.size(); input++) {
            for (double contribution : contributions(input, example, target)) {
                sum += Math.abs(contribution);
            }
        }
        return sum;
    }

    /** The explained value of a target of an example. */
    public double output(int example, int target) {
        return Numbers.get(output, example * targets + target);
    }

    /** {@code seq001}, and the number of the target where there are several. */
    public String title(int example, int target) {
        String name = examples.ids().get(example);
        String id = name.equals(String.valueOf(example)) ? "example " + name : name;
        return targets == 1 ? id : id + ", target " + (target + 1) + " of " + targets;
    }

    /** {@code output 1.23, reference 0.12}. */
    public String detail(int example, int target) {
        String value = "output " + Decimal.shortest(output(example, target));
        return reference
                .map(r ->
                        value + ", reference " + Decimal.shortest(Numbers.get(r.output(), example * targets + target)))
                .orElse(value);
    }
}
