package org.deepliftc.compiler.importer.keras;

import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Op.BinaryKind;

/** Layers of several inputs. */
final class MergeLayers {
    private MergeLayers() {}

    static void list(Layers table) {
        table.add("Add", call -> chained(call, BinaryKind.ADD));
        table.add("Subtract", call -> chained(call, BinaryKind.SUBTRACT));
        table.add("Multiply", call -> chained(call, BinaryKind.MULTIPLY));
        table.add("Maximum", call -> chained(call, BinaryKind.MAXIMUM));
        table.add("Minimum", call -> chained(call, BinaryKind.MINIMUM));
        table.add("Average", MergeLayers::average);
        table.add("Concatenate", MergeLayers::concatenate);
    }

    /** The operands in one order of axes: with channels in front where that is so already. */
    private static List<Tensor> aligned(LayerCall call) {
        List<Tensor> inputs = call.inputs();
        if (inputs.size() < 2) {
            throw call.unsupported("has " + inputs.size() + " inputs");
        }
        int rank = inputs.get(0).rank();
        boolean moved = inputs.stream().allMatch(x -> x.rank() == rank)
                && inputs.stream().anyMatch(Tensor::moved);
        return inputs.stream()
                .map(x -> moved
                        ? Tensor.moved(call.writer().moved(x))
                        : Tensor.plain(call.writer().plain(x)))
                .toList();
    }

    private static Tensor chained(LayerCall call, BinaryKind kind) {
        List<Tensor> operands = aligned(call);
        boolean moved = operands.get(0).moved();
        if (kind.isVariadic()) {
            Node[] all = operands.stream().map(Tensor::node).toArray(Node[]::new);
            return new Tensor(call.result(new Op.Binary(kind), all), moved);
        }
        Node total = operands.get(0).node();
        for (int i = 1; i < operands.size(); i++) {
            Node next = operands.get(i).node();
            boolean last = i == operands.size() - 1;
            total = last
                    ? call.result(new Op.Binary(kind), total, next)
                    : call.step("part", new Op.Binary(kind), total, next);
        }
        return new Tensor(total, moved);
    }

    private static Tensor average(LayerCall call) {
        List<Tensor> operands = aligned(call);
        Node total = operands.get(0).node();
        for (Tensor next : operands.subList(1, operands.size())) {
            total = call.step("sum", new Op.Binary(BinaryKind.ADD), total, next.node());
        }
        Node share = call.constant("share", ConstantData.scalar(1.0 / operands.size()));
        return new Tensor(
                call.result(new Op.Binary(BinaryKind.MULTIPLY), total, share),
                operands.get(0).moved());
    }

    private static Tensor concatenate(LayerCall call) {
        List<Tensor> operands = aligned(call);
        Tensor first = operands.get(0);
        int axis = call.axis(call.config().integer("axis", -1), first.rank());
        Node[] all = operands.stream().map(Tensor::node).toArray(Node[]::new);
        return new Tensor(call.result(new Op.Concat(first.axis(axis)), all), first.moved());
    }
}
