package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.List;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/** Sequences of tensors, taken apart and put together again. */
final class SequenceCases extends OperatorCases {
    private static final List<String> S = List.of("s");

    @Override
    void list() {
        add("SequenceConstruct", "joined", 13, -2, m -> pair(m).node("ConcatFromSequence", S, Y, whole("axis", 1)));
        for (int axis : new int[] {1, 2, 3, -1}) {
            add(
                    "ConcatFromSequence",
                    "stacked at " + axis,
                    13,
                    -2,
                    m -> pair(m).node("ConcatFromSequence", S, Y, whole("axis", axis), whole("new_axis", 1)));
        }
        for (int position : new int[] {0, 1, -1, -2}) {
            add(
                    "SequenceAt",
                    "at " + position,
                    13,
                    -2,
                    m -> pair(m).integer("i", position).node("SequenceAt", List.of("s", "i"), Y));
        }
        for (int position : new int[] {0, 1, 2, -1, -2}) {
            add(
                    "SequenceInsert",
                    "at " + position,
                    13,
                    -2,
                    m -> joined(pair(m).input("v", 3, 4)
                            .integer("i", position)
                            .node("SequenceInsert", List.of("s", "v", "i"), List.of("t"))));
        }
        add(
                "SequenceEmpty",
                "filled",
                13,
                -2,
                m -> joined(m.input("x", 3, 4)
                        .input("z", 3, 4)
                        .node("SequenceEmpty", List.of(), S)
                        .node("SequenceInsert", List.of("s", "x"), List.of("s1"))
                        .node("SequenceInsert", List.of("s1", "z"), List.of("t"))));
        add("SequenceErase", "last", 13, -2, m -> joined(pair(m).node("SequenceErase", S, List.of("t"))));
        add(
                "SequenceErase",
                "at 0",
                13,
                -2,
                m -> joined(pair(m).integer("i", 0).node("SequenceErase", List.of("s", "i"), List.of("t"))));
        add(
                "SequenceLength",
                "as a factor",
                13,
                -2,
                m -> pair(m).node("SequenceLength", S, List.of("n"))
                        .node("Cast", List.of("n"), List.of("f"), whole("to", 1))
                        .node("Mul", List.of("x", "f"), Y));
        splits();
    }

    private void splits() {
        split("single positions", whole("axis", 2));
        split("single positions without axis", whole("axis", -1), whole("keepdims", 0));
        add(
                "SplitToSequence",
                "of a size",
                13,
                -2,
                m -> joined(m.input("x", 5, 4)
                        .integer("n", 2)
                        .node("SplitToSequence", List.of("x", "n"), List.of("t"), whole("axis", 1))));
        add(
                "SplitToSequence",
                "of sizes",
                13,
                -2,
                m -> joined(m.input("x", 5, 4)
                        .integers("n", 2, 3)
                        .node("SplitToSequence", List.of("x", "n"), List.of("t"), whole("axis", 1))));
    }

    private void split(String form, ProtobufMessage... attributes) {
        add(
                "SplitToSequence",
                form,
                13,
                -2,
                m -> m.input("x", 5, 4)
                        .integer("i", 1)
                        .node("SplitToSequence", X, S, attributes)
                        .node("SequenceAt", List.of("s", "i"), Y));
    }

    private static OnnxModel pair(OnnxModel model) {
        return model.input("x", 3, 4).input("z", 3, 4).node("SequenceConstruct", List.of("x", "z"), S);
    }

    /** All of {@code t}, in the order that it then has. */
    private static OnnxModel joined(OnnxModel model) {
        return model.node("ConcatFromSequence", List.of("t"), Y, whole("axis", 1));
    }
}
