package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.List;

/** Matrix products, convolutions, pools and normalisations. */
final class LayerCases extends OperatorCases {

    @Override
    void list() {
        matrices();
        convolutions();
        pools();
        normalisations();
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
        add(
                "LpNormalization",
                "of zeros",
                13,
                -2,
                m -> m.input("x", 3, 4)
                        .node("Sub", List.of("x", "x"), List.of("z"))
                        .node("LpNormalization", List.of("z"), Y));
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
}
