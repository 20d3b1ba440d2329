package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Op.BinaryKind;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.importer.Scalars;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/**
 * Normalisations: those with stored statistics are affine, those of one example are made of mean, difference, square,
 * inverse root and product, each with its own rule.
 */
final class NormalisationOperators {
    private static final Op ADD = new Op.Binary(BinaryKind.ADD);
    private static final Op SUBTRACT = new Op.Binary(BinaryKind.SUBTRACT);
    private static final Op MULTIPLY = new Op.Binary(BinaryKind.MULTIPLY);

    private NormalisationOperators() {}

    static void list(Operators table) {
        table.add("BatchNormalization", "with stored statistics", NormalisationOperators::batch);
        table.add("InstanceNormalization", NormalisationOperators::instance);
        table.add("GroupNormalization", NormalisationOperators::group);
        table.add("LayerNormalization", "the first output", call -> layer(call, true));
        table.add("RMSNormalization", call -> layer(call, false));
        table.add("LpNormalization", "p = 1 or 2", NormalisationOperators::lp);
        table.add("MeanVarianceNormalization", NormalisationOperators::meanVariance);
        table.add("LRN", call -> Examples.perImage(call, call.x(0), NormalisationOperators::localResponse));
        table.add("Softmax", call -> softmax(call, Op.Softmax::new));
        table.add("LogSoftmax", call -> softmax(call, Op.LogSoftmax::new));
    }

    private static Value batch(Call call) {
        boolean trains = call.flag("training_mode", false) || call.opset() < 7 && !call.flag("is_test", false);
        if (trains) {
            throw call.unsupported("normalises by the statistics of the batch", "export the model for inference");
        }
        if (!call.flag("spatial", true)) {
            throw call.unsupported("has statistics for each element", "export it with a newer opset");
        }
        Op op = new Op.BatchNorm(call.real("epsilon", 1e-5f));
        Shape channels = new Shape(call.known(1, "scale").dims());
        Tensor variance = call.known(4, "variance");
        for (int i = 0; i < variance.size(); i++) {
            if (!(variance.at(i) + call.real("epsilon", 1e-5f) > 0)) {
                throw call.unsupported(
                        "has the variance " + variance.at(i) + ", which has no root to divide by", "train it again");
            }
        }
        Node[] constants = new Node[4];
        String[] roles = {"scale", "shift", "mean", "variance"};
        for (int i = 0; i < constants.length; i++) {
            call.known(i + 1, roles[i]);
            constants[i] = call.constant(i + 1, channels);
        }
        return Examples.perImage(
                call,
                call.x(0),
                (part, x) -> part.result(op, x, constants[0], constants[1], constants[2], constants[3]));
    }

    /** (x - mean) / sqrt(mean of squares + epsilon) over {@code axes} of the node, which stay. */
    private static Node standardised(Call call, Node x, List<Integer> axes, double epsilon, boolean centred) {
        Op mean = new Op.Reduce(Op.ReduceKind.MEAN, axes, true);
        Node difference = centred ? call.step("centred", SUBTRACT, x, call.step("mean", mean, x)) : x;
        Node squares = call.step("squares", new Op.Elementwise(Activation.of(Kind.SQUARE)), difference);
        Node variance = call.step("variance", mean, squares);
        Node shifted = call.step("variance", ADD, variance, call.constant("epsilon", epsilon));
        Node inverse = call.step("inverse", new Op.Elementwise(Activation.of(Kind.RSQRT)), shifted);
        return call.result(MULTIPLY, difference, inverse);
    }

    private static Node perChannel(Call call, int input, String role, Shape x) {
        Tensor tensor = call.known(input, role);
        List<Integer> dims = new ArrayList<>(List.of(tensor.size()));
        while (dims.size() < x.rank()) {
            dims.add(1);
        }
        return call.constant(input, new Shape(dims));
    }

    private static Value instance(Call call) {
        return Examples.perImage(call, call.x(0), (part, x) -> {
            List<Integer> space = axes(1, x.shape().rank());
            Node y = standardised(part.forPart("normalised"), x, space, call.real("epsilon", 1e-5f), true);
            Node scaled = part.step("scaled", MULTIPLY, y, perChannel(call, 1, "scale", x.shape()));
            return part.result(ADD, scaled, perChannel(call, 2, "shift", x.shape()));
        });
    }

    private static List<Integer> axes(int from, int to) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = from; axis < to; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    /** Up to opset 20 scale and shift are those of groups, from 21 on those of channels. */
    private static Value group(Call call) {
        int groups = Math.toIntExact(call.integer("num_groups", 1));
        return Examples.perImage(call, call.x(0), (part, x) -> {
            Shape shape = x.shape();
            if (groups < 1 || shape.dim(0) % groups != 0) {
                throw call.unsupported(
                        "splits " + shape.dim(0) + " channels into " + groups + " groups", "export it again");
            }
            Shape split = Shape.of(groups, shape.dim(0) / groups).append(shape.from(1));
            Node grouped = part.step("groups", new Op.Reshape(split), x);
            Node y = standardised(
                    part.forPart("normalised"), grouped, axes(1, split.rank()), call.real("epsilon", 1e-5f), true);
            if (call.known(1, "scale").size() == groups && groups != shape.dim(0)) {
                Node scaled = part.step("scaled", MULTIPLY, y, perChannel(call, 1, "scale", split));
                Node shifted = part.step("shifted", ADD, scaled, perChannel(call, 2, "shift", split));
                return part.result(new Op.Reshape(shape), shifted);
            }
            Node whole = part.step("channels", new Op.Reshape(shape), y);
            Node scaled = part.step("scaled", MULTIPLY, whole, perChannel(call, 1, "scale", shape));
            return part.result(ADD, scaled, perChannel(call, 2, "shift", shape));
        });
    }

    private static Value layer(Call call, boolean centred) {
        for (int i = 1; i < call.outputs(); i++) {
            if (!call.node().outputs().get(i).isEmpty()) {
                throw call.unsupported("hands out its statistics", "export the model for inference");
            }
        }
        int axis = call.axis(call.integer("axis", -1), call.x(0).rank());
        List<Integer> full = axes(axis, call.x(0).rank());
        Computed x = Examples.along(call.forPart("example"), call.x(0), full);
        List<Integer> inner = full.stream().map(x.batch()::nodeAxis).toList();
        Node y = standardised(call.forPart("normalised"), x.node(), inner, call.real("epsilon", 1e-5f), centred);
        boolean shifts = call.has(2);
        Computed scaled = combined(shifts ? call.forPart("scaled") : call, MULTIPLY, new Computed(y, x.batch()), 1);
        return shifts ? combined(call, ADD, scaled, 2) : scaled;
    }

    private static Computed combined(Call call, Op op, Computed x, int input) {
        Broadcasting both = Broadcasting.of(call, List.of(x, call.x(input)));
        return new Computed(call.result(op, both.node(0), both.node(1)), both.batch());
    }

    private static Value meanVariance(Call call) {
        Computed x = call.x(0);
        List<Long> written = call.integers("axes").orElse(List.of(0L, 2L, 3L));
        List<Integer> axes = call.axes(written, x.rank());
        Computed along = Examples.along(call.forPart("example"), x, axes);
        List<Integer> inner = axes.stream().map(along.batch()::nodeAxis).toList();
        return new Computed(standardised(call, along.node(), inner, 1e-9, true), along.batch());
    }

    private static Value lp(Call call) {
        int axis = call.axis(call.integer("axis", -1), call.x(0).rank());
        Computed x = Examples.along(call.forPart("example"), call.x(0), axis);
        Norm norm = Norm.of(call, call.integer("p", 2));
        Op sum = new Op.Reduce(Op.ReduceKind.SUM, List.of(x.batch().nodeAxis(axis)), true);
        Node total = call.step("sum", sum, norm.terms(call, x.node()));
        Node size = norm.isSquare() ? call.step("norm", Norm.ROOT, total) : total;
        return new Computed(call.result(new Op.Binary(BinaryKind.DIVIDE), x.node(), orOne(call, size)), x.batch());
    }

    /** A norm, 1 in the place of 0: zeros are normalised to zeros. */
    private static Node orOne(Call call, Node norm) {
        Node least = call.constant("least", Float.MIN_NORMAL);
        Node isPositive = call.step("is_positive", new Op.Binary(BinaryKind.AT_LEAST), norm, least);
        Node isZero = call.step("is_zero", new Op.Binary(BinaryKind.SUBTRACT), call.constant("one", 1), isPositive);
        return call.step("divisor", new Op.Binary(BinaryKind.ADD), norm, isZero);
    }

    /** x (bias + alpha / size * sum of squares of neighbouring channels) ^ -beta, the sum as a band matrix. */
    private static Node localResponse(Call call, Node x) {
        int channels = x.shape().dim(0);
        int size = Math.toIntExact(call.integer("size", 1));
        double alpha = call.real("alpha", 1e-4f) / size;
        double[] band = new double[Math.multiplyExact(channels, channels)];
        for (int to = 0; to < channels; to++) {
            int first = Math.max(0, to - (size - 1) / 2);
            int last = Math.min(channels - 1, to + size / 2);
            Arrays.fill(band, to * channels + first, to * channels + last + 1, alpha);
        }
        double[] shift = new double[channels];
        Arrays.fill(shift, call.real("bias", 1));
        int space = x.shape().rank() - 1;
        List<Integer> ones = java.util.Collections.nCopies(space, 1);
        Shape kernel = Shape.of(channels, channels).append(new Shape(ones));
        Node squares = call.step("squares", new Op.Elementwise(Activation.of(Kind.SQUARE)), x);
        Node sums = call.step(
                "sums",
                new Op.Convolution(Window.of(ones, ones), 1),
                squares,
                call.constant("neighbours", kernel, band),
                call.constant("bias", Shape.of(channels), shift));
        Activation power = new Activation.UserDefined("response", Scalars.power(Scalars.X, -call.real("beta", 0.75f)));
        return call.result(MULTIPLY, x, call.step("response", new Op.Elementwise(power), sums));
    }

    /** Before opset 13 the axes from {@code axis} on were one. */
    private static Value softmax(Call call, IntFunction<Op> operator) {
        boolean coerces = call.opset() < 13;
        Computed x = call.x(0);
        int axis = call.axis(call.integer("axis", coerces ? 1 : -1), x.rank());
        if (!coerces || axis == x.rank() - 1) {
            Computed along = Examples.along(call.forPart("example"), x, axis);
            int inner = along.batch().nodeAxis(axis);
            return new Computed(call.result(operator.apply(inner), along.node()), along.batch());
        }
        List<Integer> flattened = axes(axis, x.rank());
        Computed along = Examples.along(call.forPart("example"), x, flattened);
        Shape shape = along.node().shape();
        int first = along.batch().nodeAxis(axis);
        Shape flat = shape.upTo(first).append(Shape.of(shape.from(first).size()));
        Node rows = call.step("flat", new Op.Reshape(flat), along.node());
        Node softmax = call.step("softmax", operator.apply(first), rows);
        return new Computed(call.result(new Op.Reshape(shape), softmax), along.batch());
    }
}
