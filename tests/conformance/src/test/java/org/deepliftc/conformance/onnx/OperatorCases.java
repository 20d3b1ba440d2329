package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.reals;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.tensor;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/** Every operator that is imported, in its forms. */
final class OperatorCases {
    private static final List<String> X = List.of("x");
    private static final List<String> Y = List.of("y");

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
        OperatorCases cases = new OperatorCases();
        cases.activations();
        cases.arithmetic();
        cases.matrices();
        cases.convolutions();
        cases.pools();
        cases.normalisations();
        cases.reductions();
        cases.shapes();
        cases.selections();
        cases.resizing();
        cases.classic();
        return cases.cases;
    }

    private void add(String operator, String form, int opset, double low, UnaryOperator<OnnxModel> build) {
        OnnxModel model = build.apply(new OnnxModel(opset, cases.size()));
        cases.add(new OperatorCase(
                operator, operator + (form.isEmpty() ? "" : " " + form) + " @" + opset, low, model.output("y")));
    }

    /** One input of these extents, attributes alone. */
    private void unary(String operator, String form, int opset, double low, int[] dims, ProtobufMessage... attributes) {
        add(operator, form, opset, low, m -> m.input("x", dims).node(operator, X, Y, attributes));
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    private void activations() {
        for (String each : List.of(
                "Relu",
                "Sigmoid",
                "Tanh",
                "Softplus",
                "Softsign",
                "Exp",
                "Abs",
                "Neg",
                "Identity",
                "Elu",
                "LeakyRelu",
                "Celu",
                "Selu",
                "HardSigmoid",
                "HardSwish")) {
            unary(each, "", 17, -2, dims(3, 4));
        }
        for (String each : List.of("Log", "Sqrt", "Reciprocal")) {
            unary(each, "", 17, 0.1, dims(3, 4));
        }
        unary("Elu", "alpha", 13, -2, dims(5), real("alpha", 0.7));
        unary("LeakyRelu", "alpha", 13, -2, dims(5), real("alpha", 0.3));
        unary("Celu", "alpha", 13, -2, dims(5), real("alpha", 0.6));
        unary("Selu", "constants", 13, -2, dims(5), real("alpha", 1.5), real("gamma", 1.1));
        unary("HardSigmoid", "constants", 13, -2, dims(9), real("alpha", 0.4), real("beta", 0.3));
        unary("Mish", "", 18, -2, dims(5));
        unary("Gelu", "tanh", 20, -2, dims(7), text("approximate", "tanh"));
        unary("Clip", "attributes", 10, -2, dims(9), real("min", -0.5), real("max", 0.8));
        add(
                "Clip",
                "inputs",
                13,
                -2,
                m -> m.input("x", 9)
                        .reals("lo", new float[] {-0.5f})
                        .reals("hi", new float[] {1})
                        .node("Clip", List.of("x", "lo", "hi"), Y));
        add(
                "Clip",
                "one bound",
                13,
                -2,
                m -> m.input("x", 9).reals("hi", new float[] {1}).node("Clip", List.of("x", "", "hi"), Y));
        add(
                "PRelu",
                "channels",
                13,
                -2,
                m -> m.input("x", 3, 4, 5).weight("s", 3, 1, 1).node("PRelu", List.of("x", "s"), Y));
        add("PRelu", "last axis", 13, -2, m -> m.input("x", 4, 4).weight("s", 4).node("PRelu", List.of("x", "s"), Y));
        add("PRelu", "one", 13, -2, m -> m.input("x", 4).weight("s", 1).node("PRelu", List.of("x", "s"), Y));
    }

    private void arithmetic() {
        for (String each : List.of("Add", "Sub", "Mul", "Div")) {
            add(
                    each,
                    "two inputs",
                    13,
                    0.5,
                    m -> m.input("x", 3, 4)
                            .input("z", 4)
                            .node("Unsqueeze", List.of("z", "a"), List.of("w"))
                            .integers("a", 1)
                            .node(each, List.of("x", "w"), Y));
            add(
                    each,
                    "constant",
                    13,
                    0.5,
                    m -> m.input("x", 3, 4).weight("c", 0.5, 2, 3, 1).node(each, List.of("x", "c"), Y));
            add(
                    each,
                    "constant of full rank",
                    13,
                    0.5,
                    m -> m.input("x", 3, 4).weight("c", 0.5, 2, 1, 3, 4).node(each, List.of("c", "x"), Y));
        }
        for (String each : List.of("Sum", "Mean", "Max", "Min")) {
            add(
                    each,
                    "three",
                    13,
                    -2,
                    m -> m.input("x", 3).input("z", 3).input("w", 1).node(each, List.of("x", "z", "w"), Y));
            add(each, "one", 13, -2, m -> m.input("x", 3).node(each, X, Y));
        }
        for (String each : List.of("Max", "Min")) {
            add(each, "constant", 13, -2, m -> m.input("x", 3, 2).weight("c", 2).node(each, List.of("x", "c"), Y));
            add(
                    each,
                    "constant first",
                    13,
                    -2,
                    m -> m.input("x", 3, 2).weight("c", 2).node(each, List.of("c", "x"), Y));
        }
        for (float exponent : new float[] {1, 2, 3, -1, -2, 0.5f, -0.5f, 1.5f}) {
            add(
                    "Pow",
                    "to " + exponent,
                    13,
                    0.2,
                    m -> m.input("x", 5).reals("e", new float[] {exponent}).node("Pow", List.of("x", "e"), Y));
        }
        add(
                "Pow",
                "of a constant",
                13,
                -2,
                m -> m.input("x", 5).reals("b", new float[] {1.7f}).node("Pow", List.of("b", "x"), Y));
        add(
                "Where",
                "constant condition",
                13,
                -2,
                m -> m.input("x", 4)
                        .input("z", 4)
                        .integers("c", 1, 0, 0, 1)
                        .node("Cast", List.of("c"), List.of("k"), whole("to", 9))
                        .node("Where", List.of("k", "x", "z"), Y));
        add(
                "Where",
                "constant choice",
                13,
                -2,
                m -> m.input("x", 2, 4)
                        .weight("w", 4)
                        .integers("c", 1, 0, 0, 1)
                        .node("Cast", List.of("c"), List.of("k"), whole("to", 9))
                        .node("Where", List.of("k", "x", "w"), Y));
    }

    private void matrices() {
        add(
                "Gemm",
                "layer",
                13,
                -2,
                m -> m.input("x", 5)
                        .weight("w", 4, 5)
                        .weight("b", 4)
                        .node("Gemm", List.of("x", "w", "b"), Y, whole("transB", 1)));
        add(
                "Gemm",
                "scaled",
                13,
                -2,
                m -> m.input("x", 5)
                        .weight("w", 5, 4)
                        .weight("b", 1, 4)
                        .node("Gemm", List.of("x", "w", "b"), Y, real("alpha", 0.5), real("beta", 2)));
        add(
                "Gemm",
                "one number as bias",
                13,
                -2,
                m -> m.input("x", 5).weight("w", 5, 4).weight("b", 1).node("Gemm", List.of("x", "w", "b"), Y));
        add("Gemm", "no bias", 13, -2, m -> m.input("x", 5).weight("w", 5, 4).node("Gemm", List.of("x", "w"), Y));
        add(
                "Gemm",
                "computed bias",
                13,
                -2,
                m -> m.input("x", 5).input("z", 4).weight("w", 5, 4).node("Gemm", List.of("x", "w", "z"), Y));
        add(
                "Gemm",
                "constant on the left",
                13,
                -2,
                m -> m.input("x", 5)
                        .weight("w", 4, 5)
                        .node("Gemm", List.of("w", "x"), List.of("t"), whole("transB", 1))
                        .node("Transpose", List.of("t"), Y));
        add(
                "Gemm",
                "transposed input",
                13,
                -2,
                m -> m.input("x", 5)
                        .weight("w", 5, 4)
                        .node("Transpose", X, List.of("t"))
                        .node("Gemm", List.of("t", "w"), Y, whole("transA", 1)));
        add("MatMul", "layer", 13, -2, m -> m.input("x", 5).weight("w", 5, 4).node("MatMul", List.of("x", "w"), Y));
        add(
                "MatMul",
                "layer of rows",
                13,
                -2,
                m -> m.input("x", 3, 5).weight("w", 5, 4).node("MatMul", List.of("x", "w"), Y));
        add("MatMul", "vector", 13, -2, m -> m.input("x", 3, 5).weight("w", 5).node("MatMul", List.of("x", "w"), Y));
        add(
                "MatMul",
                "two activations",
                13,
                -2,
                m -> m.input("x", 3, 5).input("z", 5, 2).node("MatMul", List.of("x", "z"), Y));
        add(
                "MatMul",
                "four axes",
                13,
                -2,
                m -> m.input("x", 2, 3, 5).input("z", 2, 5, 2).node("MatMul", List.of("x", "z"), Y));
        add(
                "MatMul",
                "constant stack",
                13,
                -2,
                m -> m.input("x", 2, 3, 5).weight("w", 2, 5, 4).node("MatMul", List.of("x", "w"), Y));
        add(
                "MatMul",
                "constant on the left",
                13,
                -2,
                m -> m.input("x", 3, 5).weight("w", 4, 3).node("MatMul", List.of("w", "x"), Y));
        add(
                "MatMul",
                "rows are examples",
                13,
                -2,
                m -> m.input("x", 5)
                        .weight("w", 2, 5, 4)
                        .node("MatMul", List.of("x", "w"), List.of("t"))
                        .node("Transpose", List.of("t"), Y, ints("perm", 1, 0, 2)));
        for (String equation : List.of("bij,bjk->bik", "bij,bkj->bik", "bhqd,bhkd->bhqk", "bi,bi->b", "bi,bj->bij")) {
            String[] letters = equation.split("->")[0].split(",");
            add(
                    "Einsum",
                    equation,
                    13,
                    -2,
                    m -> m.input("x", extents(letters[0]))
                            .input("z", extents(letters[1]))
                            .node("Einsum", List.of("x", "z"), Y, text("equation", equation)));
        }
        add(
                "Einsum",
                "constant",
                13,
                -2,
                m -> m.input("x", 3, 4)
                        .weight("w", 4, 2)
                        .node("Einsum", List.of("x", "w"), Y, text("equation", "bsd,de->bse")));
        add("Einsum", "one operand", 13, -2, m -> m.input("x", 3, 4).node("Einsum", X, Y, text("equation", "bij->bj")));
    }

    private static int[] extents(String letters) {
        return letters.chars().skip(1).map(c -> 2 + c % 4).toArray();
    }

    private void convolutions() {
        add(
                "Conv",
                "1d",
                11,
                -2,
                m -> m.input("x", 3, 12)
                        .weight("w", 4, 3, 5)
                        .weight("b", 4)
                        .node("Conv", List.of("x", "w", "b"), Y, ints("pads", 2, 1), ints("strides", 2)));
        add(
                "Conv",
                "2d",
                11,
                -2,
                m -> m.input("x", 3, 7, 6)
                        .weight("w", 4, 3, 3, 2)
                        .node("Conv", List.of("x", "w"), Y, ints("kernel_shape", 3, 2), ints("pads", 1, 0, 1, 1)));
        add(
                "Conv",
                "3d",
                11,
                -2,
                m -> m.input("x", 2, 4, 5, 6)
                        .weight("w", 3, 2, 2, 3, 2)
                        .weight("b", 3)
                        .node("Conv", List.of("x", "w", "b"), Y));
        add(
                "Conv",
                "groups",
                11,
                -2,
                m -> m.input("x", 4, 7, 7)
                        .weight("w", 8, 2, 3, 3)
                        .node("Conv", List.of("x", "w"), Y, whole("group", 2), ints("dilations", 2, 1)));
        for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            add(
                    "Conv",
                    auto,
                    11,
                    -2,
                    m -> m.input("x", 2, 8, 7)
                            .weight("w", 3, 2, 4, 3)
                            .node("Conv", List.of("x", "w"), Y, text("auto_pad", auto), ints("strides", 2, 3)));
        }
        add(
                "Conv",
                "one after another",
                11,
                -2,
                m -> m.input("x", 4, 3, 8)
                        .weight("w", 2, 3, 3)
                        .integers("s", -1, 3, 8)
                        .integers("r", -1, 4, 2, 6)
                        .node("Reshape", List.of("x", "s"), List.of("flat"))
                        .node("Conv", List.of("flat", "w"), List.of("c"))
                        .node("Reshape", List.of("c", "r"), Y));
        add(
                "ConvTranspose",
                "1d",
                11,
                -2,
                m -> m.input("x", 3, 5)
                        .weight("w", 3, 2, 4)
                        .weight("b", 2)
                        .node("ConvTranspose", List.of("x", "w", "b"), Y, ints("strides", 2)));
        add(
                "ConvTranspose",
                "2d",
                11,
                -2,
                m -> m.input("x", 4, 4, 5)
                        .weight("w", 4, 2, 3, 3)
                        .node(
                                "ConvTranspose",
                                List.of("x", "w"),
                                Y,
                                ints("strides", 2, 2),
                                ints("pads", 1, 1, 1, 1),
                                ints("output_padding", 1, 1),
                                whole("group", 2)));
        add(
                "ConvTranspose",
                "dilated",
                11,
                -2,
                m -> m.input("x", 2, 4)
                        .weight("w", 2, 3, 3)
                        .node("ConvTranspose", List.of("x", "w"), Y, ints("dilations", 2), ints("pads", 1, 2)));
        add(
                "ConvTranspose",
                "same",
                11,
                -2,
                m -> m.input("x", 2, 4)
                        .weight("w", 2, 3, 3)
                        .node(
                                "ConvTranspose",
                                List.of("x", "w"),
                                Y,
                                ints("strides", 2),
                                text("auto_pad", "SAME_UPPER")));
    }

    private void pools() {
        unary("MaxPool", "1d", 12, -2, dims(3, 11), ints("kernel_shape", 4), ints("strides", 2));
        unary(
                "MaxPool",
                "padded",
                12,
                -2,
                dims(3, 7, 8),
                ints("kernel_shape", 3, 2),
                ints("strides", 2, 2),
                ints("pads", 1, 0, 1, 1));
        unary(
                "MaxPool",
                "rounded up",
                12,
                -2,
                dims(3, 7, 8),
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 3),
                whole("ceil_mode", 1));
        unary("MaxPool", "dilated", 12, -2, dims(2, 9, 9), ints("kernel_shape", 3, 2), ints("dilations", 2, 3));
        unary(
                "MaxPool",
                "same",
                12,
                -2,
                dims(2, 9),
                ints("kernel_shape", 4),
                ints("strides", 2),
                text("auto_pad", "SAME_LOWER"));
        unary("AveragePool", "1d", 11, -2, dims(3, 11), ints("kernel_shape", 4), ints("strides", 2));
        unary("AveragePool", "padded", 11, -2, dims(3, 7, 8), ints("kernel_shape", 3, 2), ints("pads", 1, 0, 1, 1));
        unary(
                "AveragePool",
                "counting padding",
                11,
                -2,
                dims(3, 7, 8),
                ints("kernel_shape", 3, 2),
                ints("pads", 1, 0, 1, 1),
                whole("count_include_pad", 1));
        unary(
                "AveragePool",
                "rounded up",
                11,
                -2,
                dims(3, 7, 8),
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 3),
                whole("ceil_mode", 1));
        unary(
                "AveragePool",
                "rounded up, counting",
                19,
                -2,
                dims(3, 7, 8),
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 2),
                ints("pads", 1, 1, 0, 0),
                whole("ceil_mode", 1),
                whole("count_include_pad", 1));
        unary(
                "AveragePool",
                "same",
                11,
                -2,
                dims(2, 9),
                ints("kernel_shape", 4),
                ints("strides", 2),
                text("auto_pad", "SAME_UPPER"));
        unary("AveragePool", "dilated", 19, -2, dims(2, 9, 9), ints("kernel_shape", 2, 2), ints("dilations", 2, 3));
        for (String each : List.of("GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool")) {
            unary(each, "", 11, -2, dims(3, 4, 5));
        }
        unary("GlobalLpPool", "p = 1", 11, -2, dims(3, 4, 5), whole("p", 1));
        unary("LpPool", "", 11, -2, dims(3, 6, 5), ints("kernel_shape", 2, 3), ints("strides", 2, 1));
    }

    private void normalisations() {
        add(
                "BatchNormalization",
                "2d",
                15,
                -2,
                m -> m.input("x", 3, 4, 4)
                        .weight("s", 3)
                        .weight("b", 3)
                        .weight("mu", 3)
                        .weight("v", 0.5, 2, 3)
                        .node("BatchNormalization", List.of("x", "s", "b", "mu", "v"), Y, real("epsilon", 1e-3)));
        add(
                "BatchNormalization",
                "features",
                9,
                -2,
                m -> m.input("x", 3)
                        .weight("s", 3)
                        .weight("b", 3)
                        .weight("mu", 3)
                        .weight("v", 0.5, 2, 3)
                        .node("BatchNormalization", List.of("x", "s", "b", "mu", "v"), Y));
        add(
                "InstanceNormalization",
                "",
                6 + 1,
                -2,
                m -> m.input("x", 3, 4, 4)
                        .weight("s", 3)
                        .weight("b", 3)
                        .node("InstanceNormalization", List.of("x", "s", "b"), Y));
        add(
                "LayerNormalization",
                "",
                17,
                -2,
                m -> m.input("x", 3, 6)
                        .weight("s", 6)
                        .weight("b", 6)
                        .node("LayerNormalization", List.of("x", "s", "b"), Y));
        add(
                "LayerNormalization",
                "two axes",
                17,
                -2,
                m -> m.input("x", 2, 3, 6)
                        .weight("s", 3, 6)
                        .node("LayerNormalization", List.of("x", "s"), Y, whole("axis", 2)));
        add(
                "GroupNormalization",
                "channels",
                21,
                -2,
                m -> m.input("x", 6, 4, 2)
                        .weight("s", 6)
                        .weight("b", 6)
                        .node("GroupNormalization", List.of("x", "s", "b"), Y, whole("num_groups", 3)));
        add(
                "GroupNormalization",
                "groups",
                18,
                -2,
                m -> m.input("x", 6, 4, 2)
                        .weight("s", 3)
                        .weight("b", 3)
                        .node("GroupNormalization", List.of("x", "s", "b"), Y, whole("num_groups", 3)));
        add(
                "RMSNormalization",
                "",
                23,
                -2,
                m -> m.input("x", 3, 6).weight("s", 6).node("RMSNormalization", List.of("x", "s"), Y));
        unary("LpNormalization", "", 13, 0.2, dims(3, 4), whole("axis", 1));
        unary("LpNormalization", "p = 1", 13, 0.2, dims(3, 4), whole("p", 1));
        unary("MeanVarianceNormalization", "", 13, -2, dims(3, 4, 5), ints("axes", 2, 3));
        unary(
                "LRN",
                "",
                13,
                -2,
                dims(7, 3, 3),
                whole("size", 5),
                real("alpha", 0.3),
                real("beta", 0.75),
                real("bias", 1.5));
        unary("Softmax", "last", 13, -2, dims(3, 4));
        unary("Softmax", "axis", 13, -2, dims(3, 4), whole("axis", 1));
        unary("Softmax", "coerced", 11, -2, dims(3, 4));
        unary("Softmax", "coerced from 2", 11, -2, dims(2, 3, 4), whole("axis", 2));
        unary("LogSoftmax", "", 13, -2, dims(3, 4));
    }

    private void reductions() {
        for (String each : List.of(
                "ReduceMean", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMin")) {
            unary(each, "attribute", 11, -2, dims(3, 4, 2), ints("axes", 1, -1), whole("keepdims", 0));
            add(
                    each,
                    "input",
                    18 + (each.endsWith("Max") || each.endsWith("Min") ? 2 : 0),
                    -2,
                    m -> m.input("x", 3, 4, 2).integers("a", 2).node(each, List.of("x", "a"), Y));
        }
        unary("ReduceLogSum", "", 11, 0.2, dims(3, 4), ints("axes", 2));
        unary("ReduceSum", "attribute", 11, -2, dims(3, 4), ints("axes", 1));
        add(
                "ReduceSum",
                "input",
                13,
                -2,
                m -> m.input("x", 3, 4)
                        .integers("a", -1, 1)
                        .node("ReduceSum", List.of("x", "a"), Y, whole("keepdims", 0)));
    }

    private void shapes() {
        add("Dropout", "", 13, -2, m -> m.input("x", 3).node("Dropout", X, Y));
        add(
                "Cast",
                "",
                13,
                -2,
                m -> m.input("x", 3)
                        .node("Cast", X, List.of("d"), whole("to", 11))
                        .node("Cast", List.of("d"), Y, whole("to", 1)));
        add("CastLike", "", 15, -2, m -> m.input("x", 3).weight("w", 1).node("CastLike", List.of("x", "w"), Y));
        for (long[] shape : new long[][] {{0, -1}, {-1, 6, 4}, {0, 2, -1, 1}, {0, 0, 4, 2}}) {
            add(
                    "Reshape",
                    List.of(shape.length).toString(),
                    13,
                    -2,
                    m -> m.input("x", 3, 4, 2).integers("s", shape).node("Reshape", List.of("x", "s"), Y));
        }
        unary("Flatten", "", 13, -2, dims(3, 4, 2));
        unary("Flatten", "after two", 13, -2, dims(3, 4, 2), whole("axis", 2));
        unary("Squeeze", "attribute", 11, -2, dims(3, 1, 2), ints("axes", 2));
        add(
                "Squeeze",
                "input",
                13,
                -2,
                m -> m.input("x", 3, 1, 1).integers("a", -1).node("Squeeze", List.of("x", "a"), Y));
        unary("Squeeze", "all", 13, -2, dims(3, 1, 1));
        unary("Unsqueeze", "attribute", 11, -2, dims(3), ints("axes", 1, 3));
        add(
                "Unsqueeze",
                "input",
                13,
                -2,
                m -> m.input("x", 3).integers("a", -1).node("Unsqueeze", List.of("x", "a"), Y));
        unary("Transpose", "", 13, -2, dims(3, 4, 2), ints("perm", 0, 3, 1, 2));
        add(
                "Transpose",
                "to and fro",
                13,
                -2,
                m -> m.input("x", 3, 4)
                        .node("Transpose", X, List.of("t"))
                        .node("Softmax", List.of("t"), List.of("u"), whole("axis", 0))
                        .node("Transpose", List.of("u"), Y));
        add("Expand", "", 13, -2, m -> m.input("x", 3, 1).integers("s", 1, 3, 4).node("Expand", List.of("x", "s"), Y));
        add(
                "Expand",
                "to the examples",
                13,
                -2,
                m -> m.input("x", 3, 2)
                        .weight("token", 1, 1, 2)
                        .integer("zero", 0)
                        .integers("a", 0)
                        .integers("rest", 1, 2)
                        .node("Shape", X, List.of("s"))
                        .node("Gather", List.of("s", "zero"), List.of("n"))
                        .node("Unsqueeze", List.of("n", "a"), List.of("n1"))
                        .node("Concat", List.of("n1", "rest"), List.of("to"), whole("axis", 0))
                        .node("Expand", List.of("token", "to"), List.of("t"))
                        .node("Concat", List.of("t", "x"), Y, whole("axis", 1)));
        add("Tile", "", 13, -2, m -> m.input("x", 3, 2).integers("r", 1, 2, 3).node("Tile", List.of("x", "r"), Y));
        unary("DepthToSpace", "", 13, -2, dims(8, 2, 3), whole("blocksize", 2));
        unary("DepthToSpace", "crd", 13, -2, dims(8, 2, 3), whole("blocksize", 2), text("mode", "CRD"));
        unary("SpaceToDepth", "", 13, -2, dims(2, 4, 6), whole("blocksize", 2));
        add(
                "Shape",
                "",
                15,
                -2,
                m -> m.input("x", 3, 4)
                        .node("Shape", X, List.of("s"), whole("end", 1))
                        .integers("rest", -1)
                        .node("Concat", List.of("s", "rest"), List.of("to"), whole("axis", 0))
                        .node("Reshape", List.of("x", "to"), Y));
        add(
                "Size",
                "",
                13,
                -2,
                m -> m.input("x", 3, 4)
                        .weight("w", 2, 3)
                        .node("Size", List.of("w"), List.of("n"))
                        .node("Cast", List.of("n"), List.of("k"), whole("to", 1))
                        .node("Mul", List.of("x", "k"), Y));
        add(
                "ConstantOfShape",
                "for the examples",
                13,
                -2,
                m -> m.input("x", 3)
                        .node("Shape", X, List.of("s"))
                        .node("ConstantOfShape", List.of("s"), List.of("c"), tensor("value", 0.5f))
                        .node("Add", List.of("x", "c"), Y));
        add(
                "Constant",
                "",
                13,
                -2,
                m -> m.input("x", 3)
                        .node("Constant", List.of(), List.of("c"), real("value_float", 0.3))
                        .node("Mul", List.of("x", "c"), Y));
    }

    private void selections() {
        add(
                "Concat",
                "",
                13,
                -2,
                m -> m.input("x", 3, 2).input("z", 1, 2).node("Concat", List.of("x", "z"), Y, whole("axis", 1)));
        unary(
                "Slice",
                "attributes",
                9,
                -2,
                dims(5, 6),
                ints("starts", 1, -3),
                ints("ends", 4, 100),
                ints("axes", 1, 2));
        add(
                "Slice",
                "inputs",
                13,
                -2,
                m -> m.input("x", 5, 6)
                        .integers("s", 4, 5)
                        .integers("e", 0, Long.MIN_VALUE + 1)
                        .integers("a", 1, 2)
                        .integers("by", -1, -2)
                        .node("Slice", List.of("x", "s", "e", "a", "by"), Y));
        unary("Split", "even", 11, -2, dims(6, 2), whole("axis", 1));
        add(
                "Split",
                "sizes",
                13,
                -2,
                m -> m.input("x", 6, 2)
                        .integers("s", 1, 3, 2)
                        .node("Split", List.of("x", "s"), List.of("a", "b", "c"), whole("axis", 1))
                        .node("Concat", List.of("c", "a", "b"), Y, whole("axis", 1)));
        add(
                "Gather",
                "one",
                13,
                -2,
                m -> m.input("x", 5, 2).integer("i", -1).node("Gather", List.of("x", "i"), Y, whole("axis", 1)));
        add(
                "Gather",
                "several",
                13,
                -2,
                m -> m.input("x", 5, 2)
                        .integers("i", 3, 0, 0, 4)
                        .node("Gather", List.of("x", "i"), Y, whole("axis", 1)));
        add(
                "Gather",
                "many",
                13,
                -2,
                m -> m.input("x", 50)
                        .integers("i", scattered(80))
                        .node("Gather", List.of("x", "i"), Y, whole("axis", 1)));
        unary("Pad", "attributes", 10, -2, dims(3, 4), ints("pads", 0, 1, 2, 0, 0, 1), real("value", 0.5));
        for (String mode : List.of("constant", "reflect", "edge")) {
            add(
                    "Pad",
                    mode,
                    13,
                    -2,
                    m -> m.input("x", 3, 6)
                            .integers("p", 0, 0, 2, 0, 0, 3)
                            .node("Pad", List.of("x", "p"), Y, text("mode", mode)));
        }
        add(
                "Pad",
                "cutting",
                13,
                -2,
                m -> m.input("x", 5, 4).integers("p", 0, -1, 2, 0, -2, 0).node("Pad", List.of("x", "p"), Y));
        add(
                "Trilu",
                "",
                14,
                -2,
                m -> m.input("x", 4, 5).integer("k", 1).node("Trilu", List.of("x", "k"), Y, whole("upper", 0)));
        add(
                "CumSum",
                "",
                14,
                -2,
                m -> m.input("x", 4, 5)
                        .integer("k", 1)
                        .node("CumSum", List.of("x", "k"), Y, whole("reverse", 1), whole("exclusive", 1)));
    }

    private static long[] scattered(int count) {
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            positions[i] = i * i * 7L % 50;
        }
        return positions;
    }

    private void resizing() {
        for (String coordinates : List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")) {
            for (String mode : List.of("linear", "cubic", "nearest")) {
                add(
                        "Resize",
                        mode + " " + coordinates,
                        13,
                        -2,
                        m -> m.input("x", 2, 4, 5)
                                .reals("s", new float[] {1, 1, 1.75f, 2}, 4)
                                .node(
                                        "Resize",
                                        List.of("x", "", "s"),
                                        Y,
                                        text("mode", mode),
                                        text("coordinate_transformation_mode", coordinates)));
            }
        }
        add(
                "Resize",
                "sizes",
                13,
                -2,
                m -> m.fixed("x", ForwardCheck.EXAMPLES, 2, 4, 5)
                        .integers("n", ForwardCheck.EXAMPLES, 2, 8, 10)
                        .node(
                                "Resize",
                                List.of("x", "", "", "n"),
                                Y,
                                text("coordinate_transformation_mode", "asymmetric"),
                                text("nearest_mode", "floor")));
        unary("Upsample", "attribute", 7, -2, dims(2, 3, 4), reals("scales", 1, 1, 2, 3));
        add(
                "Upsample",
                "input",
                9,
                -2,
                m -> m.input("x", 2, 3, 4)
                        .reals("s", new float[] {1, 1, 2, 2}, 4)
                        .node("Upsample", List.of("x", "s"), Y, text("mode", "linear")));
    }

    private void classic() {
        add(
                "ai.onnx.ml.Scaler",
                "",
                13,
                -2,
                m -> m.input("x", 3)
                        .node("ai.onnx.ml", "Scaler", X, Y, reals("offset", 0.5, 1, 2), reals("scale", 2, 3, 4)));
        add(
                "ai.onnx.ml.LinearRegressor",
                "",
                13,
                -2,
                m -> m.input("x", 3)
                        .node(
                                "ai.onnx.ml",
                                "LinearRegressor",
                                X,
                                Y,
                                reals("coefficients", 1, 2, 3, 4, 5, 6),
                                reals("intercepts", 0.1, 0.2),
                                whole("targets", 2)));
        add(
                "ai.onnx.ml.LinearClassifier",
                "",
                13,
                -2,
                m -> m.input("x", 2)
                        .node(
                                "ai.onnx.ml",
                                "LinearClassifier",
                                X,
                                List.of("label", "y"),
                                reals("coefficients", 1, 2, 3, 4, 5, 6),
                                reals("intercepts", 0.1, 0.2, 0.3),
                                ints("classlabels_ints", 0, 1, 2),
                                text("post_transform", "SOFTMAX")));
        add(
                "ai.onnx.ml.Normalizer",
                "",
                13,
                0.2,
                m -> m.input("x", 3).node("ai.onnx.ml", "Normalizer", X, Y, text("norm", "L2")));
    }
}
