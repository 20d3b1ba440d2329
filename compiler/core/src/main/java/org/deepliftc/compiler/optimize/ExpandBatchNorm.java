package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Batch normalisation becomes x * scale + shift, both known when compiling. Relies on its statistics being constant. */
final class ExpandBatchNorm extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (!(node.op() instanceof Op.BatchNorm)) {
            return keep(node, inputs, turn);
        }
        double epsilon = ((Op.BatchNorm) node.op()).epsilon();
        int channels = node.shape().dim(0);
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            double deviation = Math.sqrt(inputs.get(4).constant().at(c) + epsilon);
            scale[c] = inputs.get(1).constant().at(c) / deviation;
            shift[c] = inputs.get(2).constant().at(c) - inputs.get(3).constant().at(c) * scale[c];
        }
        List<Integer> dims = new ArrayList<>(List.of(channels));
        while (dims.size() < node.shape().rank()) {
            dims.add(1);
        }
        Shape perChannel = new Shape(dims);
        Node product = turn.builder()
                .add(
                        new Op.Binary(Op.BinaryKind.MULTIPLY),
                        node.name() + ".scaled",
                        inputs.get(0),
                        turn.builder().constant(ConstantData.real(perChannel, scale), node.name() + ".scale"));
        Node constantShift = turn.builder().constant(ConstantData.real(perChannel, shift), node.name() + ".shift");
        return turn.like(node, new Op.Binary(Op.BinaryKind.ADD), product, constantShift);
    }
}
