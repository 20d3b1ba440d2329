package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Op.BinaryKind;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.Scalars;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Operators of several values that broadcast. */
final class ArithmeticOperators {
    private static final int LARGEST_WHOLE_POWER = 64;

    private ArithmeticOperators() {}

    static void list(Operators table) {
        table.add("Add", call -> binary(call, BinaryKind.ADD));
        table.add("Sub", call -> binary(call, BinaryKind.SUBTRACT));
        table.add("Mul", call -> binary(call, BinaryKind.MULTIPLY));
        table.add("Div", call -> binary(call, BinaryKind.DIVIDE));
        table.add("Neg", ArithmeticOperators::negative);
        table.add("Pow", "a base under exponents that differ or are computed is positive", ArithmeticOperators::power);
        table.add("Sum", call -> sum(call));
        table.add("Mean", ArithmeticOperators::mean);
        table.add("Max", call -> extreme(call, BinaryKind.MAXIMUM));
        table.add("Min", call -> extreme(call, BinaryKind.MINIMUM));
        table.add("GreaterOrEqual", "as a condition", call -> condition(call, false, false));
        table.add("LessOrEqual", "as a condition", call -> condition(call, true, false));
        table.add("Less", "as a condition", call -> condition(call, false, true));
        table.add("Greater", "as a condition", call -> condition(call, true, true));
        table.add("Where", ArithmeticOperators::where);
    }

    private static Value binary(Call call, BinaryKind kind) {
        Broadcasting both = Broadcasting.of(call, List.of(call.x(0), second(call)));
        return new Computed(call.result(new Op.Binary(kind), both.node(0), both.node(1)), both.batch());
    }

    /** Before opset 7 the second operand could lie at an axis of the first. */
    private static Computed second(Call call) {
        Computed b = call.x(1);
        if (call.opset() >= 7 || !call.hasAttribute("axis")) {
            return b;
        }
        int rank = call.x(0).rank();
        int behind = rank - call.axis(call.integer("axis", 0), rank) - b.rank();
        List<Long> dims = new ArrayList<>(b.dims());
        for (int i = 0; i < behind; i++) {
            dims.add(1L);
        }
        return behind > 0 ? Examples.reshape(call.forPart("aligned"), b, dims) : b;
    }

    private static Value negative(Call call) {
        Computed x = call.x(0);
        Node minusOne = call.constant("minus_one", -1);
        return new Computed(call.result(new Op.Binary(BinaryKind.MULTIPLY), x.node(), minusOne), x.batch());
    }

    private static Broadcasting operands(Call call) {
        List<Computed> operands = new ArrayList<>();
        for (int i = 0; i < call.inputs(); i++) {
            operands.add(call.x(i));
        }
        return Broadcasting.of(call, operands);
    }

    private static Value sum(Call call) {
        if (call.inputs() == 1) {
            return call.x(0);
        }
        Broadcasting all = operands(call);
        int last = all.nodes().size() - 1;
        Node result = all.node(0);
        Op add = new Op.Binary(BinaryKind.ADD);
        for (int i = 1; i < last; i++) {
            result = call.step("part", add, result, all.node(i));
        }
        return new Computed(call.result(add, result, all.node(last)), all.batch());
    }

    private static Value mean(Call call) {
        if (call.inputs() == 1) {
            return call.x(0);
        }
        Computed sum = (Computed) sum(call.forPart("sum"));
        Node share = call.constant("share", 1.0 / call.inputs());
        return new Computed(call.result(new Op.Binary(BinaryKind.MULTIPLY), sum.node(), share), sum.batch());
    }

    /** One node for all: nested in pairs they would contribute otherwise. */
    private static Value ofAll(Call call, BinaryKind kind) {
        if (call.inputs() == 1) {
            return call.x(0);
        }
        Broadcasting all = operands(call);
        return new Computed(call.result(new Op.Binary(kind), all.nodes().toArray(Node[]::new)), all.batch());
    }

    /** Beside a constant a maximum is a relu: max(x, c) = c + relu(x - c), min(x, c) = c - relu(c - x). */
    private static Value extreme(Call call, BinaryKind kind) {
        boolean besideConstant = call.inputs() == 2 && call.isKnown(0) != call.isKnown(1);
        if (!besideConstant) {
            return ofAll(call, kind);
        }
        Broadcasting both = operands(call);
        boolean isMax = kind == BinaryKind.MAXIMUM;
        Node bound = both.node(call.isKnown(0) ? 0 : 1);
        Node x = both.node(call.isKnown(0) ? 1 : 0);
        Op subtract = new Op.Binary(BinaryKind.SUBTRACT);
        Node excess = isMax ? call.step("excess", subtract, x, bound) : call.step("excess", subtract, bound, x);
        Node kept = call.step("relu", new Op.Elementwise(Activation.of(Kind.RELU)), excess);
        Op last = isMax ? new Op.Binary(BinaryKind.ADD) : subtract;
        return new Computed(call.result(last, bound, kept), both.batch());
    }

    private static Value power(Call call) {
        if (call.isKnown(0) && !call.isKnown(1)) {
            return exponential(call);
        }
        if (!call.isKnown(1) || !isOneNumber(call.known(1, "exponent"))) {
            return powers(call);
        }
        double exponent = call.known(1, "exponent").at(0);
        if (exponent == 1) {
            return call.x(0);
        }
        if (exponent == 2) {
            return ActivationOperators.builtin(call, Kind.SQUARE);
        }
        if (exponent == -1) {
            return ActivationOperators.builtin(call, Kind.RECIPROCAL);
        }
        if (Math.abs(exponent) == 0.5) {
            return ActivationOperators.builtin(call, exponent > 0 ? Kind.SQRT : Kind.RSQRT);
        }
        boolean isWhole = exponent == Math.rint(exponent) && Math.abs(exponent) <= LARGEST_WHOLE_POWER;
        String written = isWhole ? String.valueOf((int) Math.abs(exponent)) : String.valueOf(Math.abs(exponent));
        String name = "power_" + (exponent < 0 ? "minus_" : "") + written.replaceAll("\\W", "_");
        return ActivationOperators.user(
                call,
                name.toLowerCase(Locale.ROOT),
                isWhole ? Scalars.power(Scalars.X, (int) exponent) : Scalars.power(Scalars.X, exponent));
    }

    /** a^x = exp(x log a), a positive. */
    private static Value exponential(Call call) {
        if (!isOneNumber(call.known(0, "base"))) {
            return powers(call);
        }
        double base = call.known(0, "base").at(0);
        if (!(base > 0)) {
            throw call.unsupported("raises " + base + " to computed powers", "only positive numbers have them");
        }
        Computed x = call.x(1);
        Activation activation = new Activation.UserDefined(
                "exponential", Scalars.apply(Kind.EXP, Scalars.times(Math.log(base), Scalars.X)));
        return new Computed(call.result(new Op.Elementwise(activation), x.node()), x.batch());
    }

    /** a^b = exp(b log a), element by element. */
    private static Value powers(Call call) {
        Broadcasting both = operands(call);
        Node log = call.step("log", new Op.Elementwise(Activation.of(Kind.LOG)), both.node(0));
        Node exponent = call.step("exponent", new Op.Binary(BinaryKind.MULTIPLY), log, both.node(1));
        return new Computed(call.result(new Op.Elementwise(Activation.of(Kind.EXP)), exponent), both.batch());
    }

    private static boolean isOneNumber(Tensor tensor) {
        for (int i = 1; i < tensor.size(); i++) {
            if (tensor.at(i) != tensor.at(0)) {
                return false;
            }
        }
        return tensor.size() > 0;
    }

    /** 1 where a is at least b, or b at least a where exchanged; or the opposite. It has no slope of its own. */
    private static Value condition(Call call, boolean exchanged, boolean negated) {
        Broadcasting both = operands(call);
        Op atLeast = new Op.Binary(BinaryKind.AT_LEAST);
        Node a = both.node(exchanged ? 1 : 0);
        Node b = both.node(exchanged ? 0 : 1);
        if (!negated) {
            return new Computed(call.result(atLeast, a, b), both.batch());
        }
        Node opposite = call.step("opposite", atLeast, a, b);
        Node one = call.constant("one", 1);
        return new Computed(call.result(new Op.Binary(BinaryKind.SUBTRACT), one, opposite), both.batch());
    }

    /** With a computed condition, a choice: what a change of the condition contributes is not explained. */
    private static Value chosen(Call call) {
        Broadcasting all = operands(call);
        Shape common = Shape.SCALAR;
        for (Node node : all.nodes()) {
            common = Shape.broadcast(common, node.shape());
        }
        List<Node> alike = new ArrayList<>();
        for (Node node : all.nodes()) {
            boolean fits = node.shape().equals(common);
            alike.add(fits ? node : call.step("broadcast", new Op.Broadcast(common), node));
        }
        return new Computed(call.result(new Op.Select(), alike.toArray(Node[]::new)), all.batch());
    }

    /** With a constant condition of zeros and ones: c a + (1 - c) b. */
    private static Value where(Call call) {
        if (!call.isKnown(0)) {
            return chosen(call);
        }
        Tensor condition = call.known(0, "condition");
        if (call.isKnown(1) && call.isKnown(2)) {
            throw call.unsupported("chooses between constants in a way that is not folded", "simplify the export");
        }
        double[] chosen = new double[condition.size()];
        double[] other = new double[condition.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = condition.at(i) != 0 ? 1 : 0;
            other[i] = 1 - chosen[i];
        }
        Shape shape = new Shape(condition.dims());
        Computed take = new Computed(call.constant("condition", shape, chosen), Batch.NONE);
        Computed leave = new Computed(call.constant("otherwise", shape, other), Batch.NONE);
        Broadcasting all = Broadcasting.of(call, List.of(take, leave, call.x(1), call.x(2)));
        Op multiply = new Op.Binary(BinaryKind.MULTIPLY);
        Node a = call.step("first", multiply, all.node(2), all.node(0));
        Node b = call.step("second", multiply, all.node(3), all.node(1));
        return new Computed(call.result(new Op.Binary(BinaryKind.ADD), a, b), all.batch());
    }
}
