package org.deepliftc.compiler.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.interpret.Interpreter;

/** Finds the node of a network at which an example leaves the range of finite numbers. */
public final class FirstNonFinite {
    private FirstNonFinite() {}

    /**
     * The first node, in the order of the network, whose value is not finite in double precision.
     *
     * @param inputs the row-major values of the inputs, in declared order
     */
    public static Optional<Node> of(Model model, List<double[]> inputs) {
        Map<Op.Input, double[]> leaves = new HashMap<>();
        for (Node node : model.graph().nodes()) {
            if (node.op() instanceof Op.Input input) {
                leaves.put(input, inputs.get(input.index()));
            }
        }
        Interpreter interpreter = new Interpreter(leaves);
        for (Node node : model.graph().nodes()) {
            for (double value : interpreter.value(node)) {
                if (!Double.isFinite(value)) {
                    return Optional.of(node);
                }
            }
        }
        return Optional.empty();
    }
}
