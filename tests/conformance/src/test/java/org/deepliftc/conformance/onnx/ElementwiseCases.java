package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.List;

/** Activations, arithmetic and reductions. */
final class ElementwiseCases extends OperatorCases {

    @Override
    void list() {
        activations();
        arithmetic();
        reductions();
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
                "HardSwish",
                "Erf",
                "Sin",
                "Cos")) {
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
        unary("Gelu", "erf", 20, -2, dims(7));
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
        add("Pow", "to several", 13, 0.2, m -> m.input("x", 5).weight("e", 5).node("Pow", List.of("x", "e"), Y));
        add(
                "Pow",
                "of several",
                13,
                -2,
                m -> m.input("x", 5).weight("b", 0.5, 2, 5).node("Pow", List.of("b", "x"), Y));
        add("Pow", "of two", 13, 0.2, m -> m.input("x", 2, 5).input("z", 2, 5).node("Pow", List.of("x", "z"), Y));
        unary("Shrink", "soft", 9, -2, dims(5), real("lambd", 0.7), real("bias", 0.7));
        for (String each : List.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual")) {
            add(
                    each,
                    "of two",
                    16,
                    -2,
                    m -> m.input("x", 6)
                            .input("z", 6)
                            .node(each, List.of("x", "z"), List.of("c"))
                            .node("Cast", List.of("c"), Y, whole("to", 1)));
        }
        add(
                "Where",
                "computed condition",
                16,
                -2,
                m -> m.input("x", 2, 4)
                        .input("z", 4)
                        .reals("zero", new float[] {0})
                        .node("Greater", List.of("x", "zero"), List.of("c"))
                        .node("Unsqueeze", List.of("z", "a"), List.of("w"))
                        .integers("a", 1)
                        .node("Where", List.of("c", "x", "w"), Y));
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
}
