package org.deepliftc.compiler.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.explain.ExplainOptions;

/**
 * A checked model: where the language and the importers meet.
 *
 * @param graph the forward graph; its outputs are the model's outputs by name, in declared order
 * @param inputs the declared inputs, in order; input k is the leaf {@code Input(ACTUAL, k, ...)} of the graph
 * @param explain what the model's {@code explain} section asks for; empty options where it has none
 * @param source the file the model was read from, as the user named it
 * @param sourceDigest SHA-256 of everything the model was read from, in hexadecimal
 * @param aliases further names of nodes: an imported file may have several for one value
 */
public record Model(
        String name,
        Graph graph,
        List<InputDeclaration> inputs,
        ExplainOptions explain,
        String source,
        String sourceDigest,
        Map<String, Node> aliases) {

    /**
     * An input of a model.
     *
     * @param shape without the batch dimension
     * @param onehot the axis along which exactly one element is 1, where the model declares one
     * @param sum what the elements along an axis add up to, where the model declares that
     * @param normalise whether the weights that read a constrained input are mean-normalised (paper 2.6)
     */
    public record InputDeclaration(
            String name, Shape shape, OptionalInt onehot, Optional<SumConstraint> sum, boolean normalise) {

        /** An input without a constraint on sums. */
        public InputDeclaration(String name, Shape shape, OptionalInt onehot, boolean normalise) {
            this(name, shape, onehot, Optional.empty(), normalise);
        }

        /** What the weights that read the input may be normalised for: a one-hot axis is one that sums to 1. */
        public Optional<SumConstraint> constraint() {
            return onehot.isPresent() ? Optional.of(new SumConstraint(onehot.getAsInt(), 1)) : sum;
        }
    }

    /** Along {@code axis} the elements add up to {@code value}. */
    public record SumConstraint(int axis, double value) {}

    public Model {
        inputs = List.copyOf(inputs);
        aliases = Map.copyOf(aliases);
    }

    /** A model whose nodes have one name each. */
    public Model(
            String name,
            Graph graph,
            List<InputDeclaration> inputs,
            ExplainOptions explain,
            String source,
            String sourceDigest) {
        this(name, graph, inputs, explain, source, sourceDigest, Map.of());
    }

    /** This model with other constraints on its inputs. */
    public Model withInputs(List<InputDeclaration> declared) {
        return new Model(name, graph, declared, explain, source, sourceDigest, aliases);
    }

    /** The declared input of that name. */
    public Optional<InputDeclaration> input(String wanted) {
        return inputs.stream().filter(i -> i.name().equals(wanted)).findFirst();
    }
}
