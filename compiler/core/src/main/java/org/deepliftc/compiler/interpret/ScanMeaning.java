package org.deepliftc.compiler.interpret;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;

/** A recurrence, step by step. */
final class ScanMeaning {
    private ScanMeaning() {}

    static double[] stack(Op.Scan op, List<double[]> inputs) {
        ScanBody body = op.body();
        Graph graph = body.graph();
        Node stacked = graph.outputs().get(op.output());
        int size = stacked.shape().size();
        double[] all = new double[body.length() * size];
        double[][] state = new double[body.carried()][];
        for (int i = 0; i < state.length; i++) {
            state[i] = inputs.get(i);
        }
        for (int step = 0; step < body.length(); step++) {
            int position = body.position(step);
            Interpreter interpreter = new Interpreter(leaves(body, state, inputs, position));
            System.arraycopy(interpreter.value(stacked), 0, all, position * size, size);
            for (int i = 0; i < state.length; i++) {
                state[i] = interpreter.value(graph.outputs().get(ScanBody.next(i)));
            }
        }
        return all;
    }

    private static Map<Op.Input, double[]> leaves(
            ScanBody body, double[][] state, List<double[]> inputs, int position) {
        Map<Op.Input, double[]> leaves = new HashMap<>();
        for (Node node : body.graph().nodes()) {
            if (node.op() instanceof Op.Input leaf) {
                int size = leaf.shape().size();
                leaves.put(
                        leaf,
                        leaf.role() == Op.Role.CARRIED
                                ? state[leaf.index()]
                                : Arrays.copyOfRange(
                                        inputs.get(body.carried() + leaf.index()),
                                        position * size,
                                        (position + 1) * size));
            }
        }
        return leaves;
    }
}
