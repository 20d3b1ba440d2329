package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.reals;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.tensor;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.List;

/** What moves, selects, repeats or resamples elements; constants; linear models. */
final class MovementCases extends OperatorCases {

    @Override
    void list() {
        shapes();
        selections();
        resizing();
        classic();
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
                "rows of a table",
                13,
                0,
                m -> m.input("x", 5)
                        .weight("w", 2, 3)
                        .node("Cast", X, List.of("i"), whole("to", 7))
                        .node("Gather", List.of("w", "i"), Y));
        add(
                "GatherND",
                "",
                13,
                -2,
                m -> m.input("x", 5, 2)
                        .integers("i", 3, -5, 0, 4)
                        .integers("a", 1)
                        .node("Transpose", X, List.of("t"), ints("perm", 1, 0, 2))
                        .node("Unsqueeze", List.of("i", "a"), List.of("rows"))
                        .node("GatherND", List.of("t", "rows"), List.of("g"))
                        .node("Transpose", List.of("g"), Y, ints("perm", 1, 0, 2)));
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
