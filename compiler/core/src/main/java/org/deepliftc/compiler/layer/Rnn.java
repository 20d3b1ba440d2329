package org.deepliftc.compiler.layer;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;

/** h' = a(W x + R h). */
public record Rnn(Activation activation) implements Recurrent {
    /** One part, which is no gate. */
    public static final Gates GATES = new Gates("h");

    @Override
    public Gates order() {
        return GATES;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public boolean addsBias(char letter) {
        return true;
    }

    @Override
    public List<Node> step(Step step, List<Node> products, List<Node> states, RecurrentWeights weights) {
        Node recurrent = step.dense("h.recurrent", states.get(0), weights.recurrent('h'), Optional.empty());
        return List.of(step.activation("hidden", activation, step.sum("h.sum", products.get(0), recurrent)));
    }
}
