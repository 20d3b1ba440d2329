package org.deepliftc.compiler.layer;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;

/**
 * i = f(Wi x + Ri h), o, f likewise; g = a(Wc x + Rc h); c' = f c + i g; h' = o b(c').
 *
 * @param gate the function of the gates i, o and f
 * @param candidate a
 * @param output b
 */
public record Lstm(Activation gate, Activation candidate, Activation output) implements Recurrent {
    /** PyTorch's order of gates. */
    public static final Gates GATES = new Gates("ifco");

    /** Sigmoid gates, hyperbolic tangents elsewhere. */
    public static final Lstm STANDARD = new Lstm(
            Activation.of(Activation.Kind.SIGMOID),
            Activation.of(Activation.Kind.TANH),
            Activation.of(Activation.Kind.TANH));

    @Override
    public Gates order() {
        return GATES;
    }

    @Override
    public int states() {
        return 2;
    }

    @Override
    public boolean addsBias(char letter) {
        return true;
    }

    @Override
    public List<Node> step(Step step, List<Node> products, List<Node> states, RecurrentWeights weights) {
        Node hidden = states.get(0);
        Node[] sums = new Node[GATES.order().length()];
        for (int k = 0; k < sums.length; k++) {
            char letter = GATES.order().charAt(k);
            Node recurrent = step.dense(letter + ".recurrent", hidden, weights.recurrent(letter), Optional.empty());
            sums[k] = step.sum(letter + ".sum", products.get(k), recurrent);
        }
        Node input = step.activation("i", gate, sums[0]);
        Node forget = step.activation("f", gate, sums[1]);
        Node proposal = step.activation("c", candidate, sums[2]);
        Node out = step.activation("o", gate, sums[3]);
        Node kept = step.product("kept", forget, states.get(1));
        Node cell = step.sum("cell", kept, step.product("written", input, proposal));
        return List.of(step.product("hidden", out, step.activation("squashed", output, cell)), cell);
    }
}
