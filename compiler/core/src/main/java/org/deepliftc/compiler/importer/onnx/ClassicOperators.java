package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/** The operators of classical machine learning that are networks: scaling and linear models. */
final class ClassicOperators {
    private static final String DOMAIN = "ai.onnx.ml.";

    private ClassicOperators() {}

    static void list(Operators table) {
        table.add(DOMAIN + "Scaler", ClassicOperators::scaler);
        table.add(DOMAIN + "LinearRegressor", ClassicOperators::regressor);
        table.several(DOMAIN + "LinearClassifier", "its scores", ClassicOperators::classifier);
        table.add(DOMAIN + "Normalizer", "norm L1 or L2", ClassicOperators::normalizer);
        table.add(DOMAIN + "ZipMap", "its array", call -> call.value(0));
    }

    /** (x - offset) * scale, feature by feature. */
    private static Value scaler(Call call) {
        Computed x = features(call);
        Node centred =
                call.step("centred", new Op.Binary(Op.BinaryKind.SUBTRACT), x.node(), perFeature(call, x, "offset"));
        Op multiply = new Op.Binary(Op.BinaryKind.MULTIPLY);
        return new Computed(call.result(multiply, centred, perFeature(call, x, "scale")), x.batch());
    }

    private static Computed features(Call call) {
        Computed x = call.x(0);
        if (x.batch().axis() == x.rank() - 1) {
            throw ImportFailure.mixing("works along the axis of the examples");
        }
        return x;
    }

    private static Node perFeature(Call call, Computed x, String attribute) {
        List<Double> written = call.reals(attribute);
        int features = x.node().shape().dim(x.node().shape().rank() - 1);
        if (written.size() != 1 && written.size() != features) {
            throw call.unsupported(
                    "has " + written.size() + " values of " + attribute + " for " + features + " features",
                    "export the model again");
        }
        return call.constant(attribute, Shape.of(written.size()), array(written));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Value regressor(Call call) {
        return transformed(call, linear(call, Math.toIntExact(call.integer("targets", 1))));
    }

    private static Computed linear(Call call, int rows) {
        Computed x = features(call);
        List<Double> coefficients = call.reals("coefficients");
        int features = x.node().shape().dim(x.node().shape().rank() - 1);
        if (rows < 1 || coefficients.size() != (long) rows * features) {
            throw call.unsupported(
                    "has " + coefficients.size() + " coefficients for " + features + " features",
                    "export the model again");
        }
        List<Node> inputs = new ArrayList<>(List.of(x.node()));
        inputs.add(call.constant("weight", Shape.of(rows, features), array(coefficients)));
        List<Double> intercepts = call.reals("intercepts");
        if (intercepts.size() == rows) {
            inputs.add(call.constant("bias", Shape.of(rows), array(intercepts)));
        }
        Op dense = new Op.Dense(Op.Direction.FORWARD);
        return new Computed(call.step("scores", dense, inputs.toArray(Node[]::new)), x.batch());
    }

    private static Value transformed(Call call, Computed scores) {
        String transform = call.text("post_transform", "NONE");
        int last = scores.node().shape().rank() - 1;
        return switch (transform) {
            case "NONE" -> scores;
            case "LOGISTIC" ->
                new Computed(
                        call.result(new Op.Elementwise(Activation.of(Kind.SIGMOID)), scores.node()), scores.batch());
            case "SOFTMAX" -> new Computed(call.result(new Op.Softmax(last), scores.node()), scores.batch());
            default -> throw call.unsupported("transforms its scores by " + transform, "export it without");
        };
    }

    /** The label, which is no number to explain, and the scores. */
    private static List<Value> classifier(Call call) {
        boolean named = call.hasAttribute("classlabels_strings");
        int classes = named
                ? call.node().attributes().get("classlabels_strings").texts().size()
                : call.integers("classlabels_ints").map(List::size).orElse(0);
        int rows = Math.max(1, call.reals("intercepts").size());
        if (rows != classes) {
            throw call.unsupported("has " + rows + " scores for " + classes + " classes", "export one score a class");
        }
        return List.of(new Value.Broken(), transformed(call.forOutput(1), linear(call, rows)));
    }

    private static Value normalizer(Call call) {
        Computed x = features(call);
        Norm norm = Norm.of(
                call,
                switch (call.text("norm", "MAX")) {
                    case "L1" -> 1;
                    case "L2" -> 2;
                    default -> 0;
                });
        Op sum = new Op.Reduce(Op.ReduceKind.SUM, List.of(x.node().shape().rank() - 1), true);
        Node total = call.step("sum", sum, norm.terms(call, x.node()));
        Node size = norm.isSquare() ? call.step("norm", Norm.ROOT, total) : total;
        return new Computed(call.result(new Op.Binary(Op.BinaryKind.DIVIDE), x.node(), size), x.batch());
    }
}
