package org.deepliftc.compiler.graph;

/**
 * The names of a joint graph's outputs: the results of an explanation, as files and interfaces spell them. Those ending
 * in a dot are followed by the number of the input, or of the layer asked for.
 */
public final class ResultNames {
    public static final String CONTRIBUTIONS = "contributions.";
    public static final String MULTIPLIERS = "multipliers.";
    public static final String HYPOTHETICAL = "hypothetical.";
    public static final String LAYERS = "layers.";
    public static final String OUTPUT = "output";
    public static final String REFERENCE_OUTPUT = "reference_output";
    public static final String CONVERGENCE_DELTA = "convergence_delta";

    private ResultNames() {}
}
