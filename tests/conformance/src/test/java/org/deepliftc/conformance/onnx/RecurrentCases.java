package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.texts;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/** Recurrences over [examples, length, features], which the file transposes. */
final class RecurrentCases extends OperatorCases {
    private static final int LENGTH = 5;
    private static final int FEATURES = 3;
    private static final int UNITS = 4;

    @Override
    void list() {
        for (String each : List.of("LSTM", "GRU", "RNN")) {
            for (String direction : List.of("forward", "reverse", "bidirectional")) {
                outputs(each, direction, 1, "sequence");
                outputs(each, direction, 2, "last state");
            }
            layer(each, "without bias", "forward", 1, false, false);
            layer(each, "initial states", "bidirectional", 1, true, true);
            layer(each, "initial states", "forward", 2, true, true);
        }
        outputs("LSTM", "forward", 3, "last cell");
        outputs("LSTM", "bidirectional", 3, "last cell");
        for (String direction : List.of("forward", "reverse", "bidirectional")) {
            layer("GRU", "reset after", direction, 1, true, false, whole("linear_before_reset", 1));
        }
        layer("GRU", "reset after, no bias", "forward", 1, false, false, whole("linear_before_reset", 1));
        layer("RNN", "relu", "forward", 2, true, false, texts("activations", "Relu"));
        layer("LSTM", "activations", "forward", 2, true, false, texts("activations", "Softsign", "Relu", "Relu"));
    }

    private void outputs(String type, String direction, int output, String form) {
        layer(type, form, direction, output, true, false);
    }

    private void layer(
            String type,
            String form,
            String direction,
            int output,
            boolean biased,
            boolean initial,
            ProtobufMessage... more) {
        int gates = type.equals("LSTM") ? 4 : type.equals("GRU") ? 3 : 1;
        int directions = direction.equals("bidirectional") ? 2 : 1;
        List<ProtobufMessage> attributes =
                new ArrayList<>(List.of(whole("hidden_size", UNITS), text("direction", direction)));
        attributes.addAll(List.of(more));
        List<String> from = new ArrayList<>(List.of("t", "w", "r", biased ? "b" : ""));
        List<String> to = new ArrayList<>(List.of("", "", ""));
        to.set(output - 1, "all");
        add(type, form + " " + direction, 14, -2, m -> {
            OnnxModel model = m.input("x", LENGTH, FEATURES)
                    .weight("w", directions, gates * UNITS, FEATURES)
                    .weight("r", directions, gates * UNITS, UNITS);
            if (biased) {
                model.weight("b", directions, 2 * gates * UNITS);
            }
            if (initial) {
                states(model, from, directions, type.equals("LSTM") ? 2 : 1);
            }
            model.node("Transpose", X, List.of("t"), OnnxModel.ints("perm", 1, 0, 2))
                    .node(type, from, to.subList(0, output), attributes.toArray(ProtobufMessage[]::new));
            long[] order = output == 1 ? new long[] {2, 0, 1, 3} : new long[] {1, 0, 2};
            return model.node("Transpose", List.of("all"), Y, OnnxModel.ints("perm", order));
        });
    }

    /** States that are computed from a second input. */
    private static void states(OnnxModel model, List<String> from, int directions, int count) {
        from.add("");
        for (int state = 0; state < count; state++) {
            String name = "s" + state;
            model.input(name, directions, UNITS)
                    .node("Transpose", List.of(name), List.of(name + ".t"), OnnxModel.ints("perm", 1, 0, 2));
            from.add(name + ".t");
        }
    }
}
