package org.deepliftc.runtime;

import java.util.Objects;

/**
 * The arrays of a batch: inputs in, results out. Every array is a flat, row-major {@code float[]} or
 * {@code double[]}, as {@link ModelDescription#elementType()} says, whose first axis is the example. A result array
 * that is not set is not computed for the caller. Inputs and references that the model declares one-hot along their first
 * axis may be {@link Codes} instead: {@code byte[]} with one element for each position.
 *
 * <p>Arrays are held, not copied, and results are written into them.
 */
public final class Batch {
    private final int examples;
    private final Object[] inputs;
    private Object[] references;
    private int referencesPerExample;
    private int[] targets;
    private Object[] predictions;
    private Object[] contributions;
    private Object[] multipliers;
    private Object[] hypothetical;
    private Object[] layers;
    private Object output;
    private Object referenceOutput;
    private Object convergenceDelta;

    /**
     * A batch over the given inputs.
     *
     * @param inputs one array per model input in declared order, {@code [examples, input shape]}
     */
    public Batch(int examples, Object... inputs) {
        if (examples < 0) {
            throw new IllegalArgumentException("the number of examples is negative: " + examples);
        }
        this.examples = examples;
        this.inputs = Objects.requireNonNull(inputs, "inputs").clone();
    }

    /**
     * Sets references that belong to the examples.
     *
     * @param perExample how many references each example has
     * @param arrays one array per input, {@code [examples, perExample, input shape]}
     */
    public Batch references(int perExample, Object... arrays) {
        if (perExample < 1) {
            throw new IllegalArgumentException("an example needs at least one reference, not " + perExample);
        }
        referencesPerExample = perExample;
        references = arrays.clone();
        return this;
    }

    /** Sets the flat target indices, the same for every example; needed where the class leaves its target open. */
    public Batch targets(int... indices) {
        targets = indices.clone();
        return this;
    }

    /** Sets where predictions go: one array per model output, {@code [examples, output shape]}. */
    public Batch predictions(Object... arrays) {
        predictions = arrays.clone();
        return this;
    }

    /** Sets where contributions go: one array per input, {@code [examples, targets, input shape]}. */
    public Batch contributions(Object... arrays) {
        contributions = arrays.clone();
        return this;
    }

    /** Sets where multipliers (means over the references) go, shaped as the contributions. */
    public Batch multipliers(Object... arrays) {
        multipliers = arrays.clone();
        return this;
    }

    /** Sets where hypothetical contributions go, shaped as the contributions; only for classes that make them. */
    public Batch hypothetical(Object... arrays) {
        hypothetical = arrays.clone();
        return this;
    }

    /**
     * Sets where contributions of inner nodes go: one array for each node the class was compiled to tell of, in that order,
     * {@code [examples, targets, node shape]}.
     */
    public Batch layers(Object... arrays) {
        layers = arrays.clone();
        return this;
    }

    /** Sets where the explained value goes, {@code [examples, targets]}. */
    public Batch output(Object array) {
        output = array;
        return this;
    }

    /** Sets where the explained value on the reference goes, {@code [examples, targets]}, averaged over references. */
    public Batch referenceOutput(Object array) {
        referenceOutput = array;
        return this;
    }

    /** Sets where the convergence delta goes, {@code [examples, targets]}. */
    public Batch convergenceDelta(Object array) {
        convergenceDelta = array;
        return this;
    }

    /** The number of rows. */
    public int examples() {
        return examples;
    }

    /** The array of input {@code index}. */
    public Object input(int index) {
        return inputs[index];
    }

    /** How many inputs were given. */
    public int inputCount() {
        return inputs.length;
    }

    /** True where references were given with the batch. */
    public boolean hasReferences() {
        return references != null;
    }

    /** The references of input {@code index}. */
    public Object reference(int index) {
        return references[index];
    }

    /** How many references each example has; 0 where none were given. */
    public int referencesPerExample() {
        return referencesPerExample;
    }

    /** The target indices, or null where none were given. */
    public int[] targets() {
        return targets;
    }

    /** The predictions of output {@code index}, or null where not wanted. */
    public Object prediction(int index) {
        return predictions == null ? null : predictions[index];
    }

    /** The contributions of input {@code index}, or null where not wanted. */
    public Object contributions(int index) {
        return contributions == null ? null : contributions[index];
    }

    /** The multipliers of input {@code index}, or null where not wanted. */
    public Object multipliers(int index) {
        return multipliers == null ? null : multipliers[index];
    }

    /** The hypothetical contributions of input {@code index}, or null where not wanted. */
    public Object hypothetical(int index) {
        return hypothetical == null ? null : hypothetical[index];
    }

    /** The contributions of inner node {@code index}, or null where not wanted. */
    public Object layer(int index) {
        return layers == null || index >= layers.length ? null : layers[index];
    }

    /** The explained value, or null where not wanted. */
    public Object output() {
        return output;
    }

    /** The explained value on the reference, or null where not wanted. */
    public Object referenceOutput() {
        return referenceOutput;
    }

    /** The convergence delta, or null where not wanted. */
    public Object convergenceDelta() {
        return convergenceDelta;
    }
}
