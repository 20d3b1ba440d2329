package org.deepliftc.compiler.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;

/**
 * A recurrent layer over a sequence [length, features]. Products of the sequence with weights need no state: they are
 * dense layers in front of the recurrence, over all positions at once.
 */
public final class Recurrence {
    private final Nodes nodes;
    private final Recurrent kind;
    private final RecurrentWeights weights;
    private final List<Node> inputs;
    private final ScanBody body;
    private final List<Node> next;

    /**
     * Adds what comes before the recurrence.
     *
     * @param initial the states before the first step, zeros for those that are left out
     * @param reversed whether the steps run from the end of the sequence to its beginning
     */
    public Recurrence(
            Nodes nodes,
            Recurrent kind,
            RecurrentWeights weights,
            Node sequence,
            List<Optional<Node>> initial,
            boolean reversed) {
        this.nodes = nodes;
        this.kind = kind;
        this.weights = weights;
        this.inputs = new ArrayList<>();
        Shape state = Shape.of(weights.units());
        Step step = new Step(nodes.name() + ".step");
        List<Node> states = new ArrayList<>();
        for (int i = 0; i < kind.states(); i++) {
            inputs.add(initial.get(i)
                    .orElseGet(() -> nodes.constant("initial", ConstantData.real(state, new double[state.size()]))));
            states.add(step.leaf(Op.Role.CARRIED, i, state, i == 0 ? "hidden.before" : "cell.before"));
        }
        List<Node> products = new ArrayList<>();
        for (int k = 0; k < kind.order().order().length(); k++) {
            char letter = kind.order().order().charAt(k);
            inputs.add(product(letter, sequence));
            products.add(step.leaf(Op.Role.SCANNED, k, state, letter + ".input"));
        }
        this.next = kind.step(step, products, states, weights);
        this.body = ScanBody.of(
                nodes.name(), next, products.size(), sequence.shape().dim(0), reversed);
    }

    private Node product(char letter, Node sequence) {
        List<Node> operands =
                new ArrayList<>(List.of(sequence, nodes.constant(letter + ".weight", weights.input(letter))));
        weights.bias(letter, kind.addsBias(letter)).ifPresent(b -> operands.add(nodes.constant(letter + ".bias", b)));
        return nodes.add(letter + ".product", new Op.Dense(Op.Direction.FORWARD), operands.toArray(Node[]::new));
    }

    /** A state after every step, [length, units], by position; 0 is the hidden state. */
    public Node states(int state, String role) {
        return nodes.add(role, new Op.Scan(body, ScanBody.value(next.get(state))), inputs.toArray(Node[]::new));
    }

    /** What {@link #states} holds after the last step, [units]. */
    public Node last(Node states, String role) {
        int units = weights.units();
        int position = body.position(body.length() - 1);
        Op slice = new Op.Slice(List.of(position, 0), List.of(1, 1), Shape.of(1, units));
        return nodes.add(role, new Op.Reshape(Shape.of(units)), nodes.add(role + ".row", slice, states));
    }
}
