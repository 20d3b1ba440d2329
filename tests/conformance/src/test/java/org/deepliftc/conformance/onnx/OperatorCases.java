package org.deepliftc.conformance.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/** Every operator that is imported, in its forms. */
abstract class OperatorCases {
    static final List<String> X = List.of("x");
    static final List<String> Y = List.of("y");

    private final List<OperatorCase> cases = new ArrayList<>();

    /**
     * A model of one operator, or of a few around it.
     *
     * @param operator the name by which it is covered
     * @param low the least value of the inputs
     */
    record OperatorCase(String operator, String name, double low, OnnxModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<OperatorCase> all() {
        List<OperatorCase> all = new ArrayList<>();
        for (OperatorCases family : List.of(
                new ElementwiseCases(),
                new LayerCases(),
                new MovementCases(),
                new SequenceCases(),
                new RecurrentCases())) {
            family.list();
            all.addAll(family.cases);
        }
        return all;
    }

    /** Adds every case of a family. */
    abstract void list();

    final void add(String operator, String form, int opset, double low, UnaryOperator<OnnxModel> build) {
        OnnxModel model = build.apply(new OnnxModel(opset, cases.size()));
        cases.add(new OperatorCase(
                operator, operator + (form.isEmpty() ? "" : " " + form) + " @" + opset, low, model.output("y")));
    }

    /** One input of these extents, attributes alone. */
    final void unary(String operator, String form, int opset, double low, int[] dims, ProtobufMessage... attributes) {
        add(operator, form, opset, low, m -> m.input("x", dims).node(operator, X, Y, attributes));
    }

    static int[] dims(int... dims) {
        return dims;
    }
}
