package org.deepliftc.compiler.layer;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/** A kind of recurrent layer: what it does in one step. */
public sealed interface Recurrent permits Lstm, Gru, Rnn {

    /** The gates in PyTorch's order, which is that of the products a step gets. */
    Gates order();

    /** The number of states; the first is the hidden state, which is the layer's value. */
    int states();

    /** True where the recurrent bias of a gate is simply added to its product with the sequence. */
    boolean addsBias(char letter);

    /**
     * The states after the step.
     *
     * @param products of the element of the sequence with the weights of each gate, biases included
     * @param states before the step
     */
    List<Node> step(Step step, List<Node> products, List<Node> states, RecurrentWeights weights);
}
