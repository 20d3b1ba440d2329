package org.deepliftc.compiler.layer;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;

/**
 * r = f(Wr x + Rr h), z likewise; n = a(Wh x + r (Rh h + b)) where the state is reset after the product, else a(Wh x + Rh
 * (r h) + b); h' = (1 - z) n + z h.
 *
 * @param gate the function of the gates r and z
 * @param candidate a
 * @param resetAfter ONNX's {@code linear_before_reset}
 */
public record Gru(Activation gate, Activation candidate, boolean resetAfter) implements Recurrent {
    /** PyTorch's order of gates. */
    public static final Gates GATES = new Gates("rzh");

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
        return letter != 'h' || !resetAfter;
    }

    @Override
    public List<Node> step(Step step, List<Node> products, List<Node> states, RecurrentWeights weights) {
        Node hidden = states.get(0);
        Node reset = gate(step, 'r', products.get(0), hidden, weights);
        Node update = gate(step, 'z', products.get(1), hidden, weights);
        Node recurrent = resetAfter
                ? step.product(
                        "h.reset",
                        reset,
                        step.dense("h.recurrent", hidden, weights.recurrent('h'), weights.recurrentBias('h')))
                : step.dense(
                        "h.recurrent",
                        step.product("h.reset", reset, hidden),
                        weights.recurrent('h'),
                        Optional.empty());
        Node proposal = step.activation("h", candidate, step.sum("h.sum", products.get(2), recurrent));
        Node written = step.product("written", step.complement("z.complement", update), proposal);
        return List.of(step.sum("hidden", written, step.product("kept", update, hidden)));
    }

    private Node gate(Step step, char letter, Node product, Node hidden, RecurrentWeights weights) {
        Node recurrent = step.dense(letter + ".recurrent", hidden, weights.recurrent(letter), Optional.empty());
        return step.activation(String.valueOf(letter), gate, step.sum(letter + ".sum", product, recurrent));
    }
}
