package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.Scalars;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;
import org.deepliftc.compiler.layer.NamedActivations;

/** Functions of one value: each is one function of the graph, so that Rescale is exact for it as a whole. */
final class ActivationOperators {
    /** The constants of selu, which files hold as floats. */
    private static final double SELU_ALPHA = 1.67326319217681884765625;

    private static final double SELU_GAMMA = 1.05070102214813232421875;

    private static final Op PRELU = new Op.Elementwise(Activation.of(Kind.PRELU));

    private ActivationOperators() {}

    static void list(Operators table) {
        table.add("Relu", call -> builtin(call, Kind.RELU));
        table.add("LeakyRelu", call -> of(call, Activation.of(Kind.LEAKY_RELU, call.real("alpha", 0.01f))));
        table.add("PRelu", "the slope is constant", ActivationOperators::prelu);
        table.add("Elu", call -> of(call, Activation.of(Kind.ELU, call.real("alpha", 1))));
        table.add("Celu", call -> of(call, Activation.of(Kind.CELU, call.real("alpha", 1))));
        table.add("Selu", ActivationOperators::selu);
        table.add("Sigmoid", call -> builtin(call, Kind.SIGMOID));
        table.add("Tanh", call -> builtin(call, Kind.TANH));
        table.add("Softplus", call -> builtin(call, Kind.SOFTPLUS));
        table.add("Softsign", call -> builtin(call, Kind.SOFTSIGN));
        table.add("Exp", call -> builtin(call, Kind.EXP));
        table.add("Log", call -> builtin(call, Kind.LOG));
        table.add("Sqrt", call -> builtin(call, Kind.SQRT));
        table.add("Sin", call -> builtin(call, Kind.SIN));
        table.add("Cos", call -> builtin(call, Kind.COS));
        table.add("Reciprocal", call -> builtin(call, Kind.RECIPROCAL));
        table.add("Abs", call -> builtin(call, Kind.ABS));
        table.add("HardSigmoid", ActivationOperators::hardSigmoid);
        table.add("HardSwish", call -> of(call, NamedActivations.of("hard_swish")));
        table.add("Swish", ActivationOperators::swish);
        table.add("Mish", call -> of(call, NamedActivations.of("mish")));
        table.add("Gelu", ActivationOperators::gelu);
        table.add("Erf", call -> builtin(call, Kind.ERF));
        table.add("Shrink", "lambd = bias", ActivationOperators::shrink);
        table.add("Clip", ActivationOperators::clip);
    }

    static Value builtin(Call call, Kind kind) {
        return of(call, Activation.of(kind));
    }

    static Value of(Call call, Activation activation) {
        Computed x = call.x(0);
        return new Computed(call.result(new Op.Elementwise(activation), x.node()), x.batch());
    }

    /** max(x, 0) + slope min(x, 0), the slope broadcasting to x. */
    private static Value prelu(Call call) {
        Computed x = call.x(0);
        Tensor slope = call.known(1, "slope");
        if (slope.size() == 1) {
            Node one = call.constant(1, Shape.SCALAR);
            return new Computed(call.result(PRELU, x.node(), one), x.batch());
        }
        Computed aligned = call.x(1);
        if (call.opset() < 7 && aligned.rank() == 1 && x.rank() > 2) {
            // then a list of slopes was that of the channels, wherever those lie
            List<Long> dims = new ArrayList<>(aligned.dims());
            dims.addAll(Collections.nCopies(x.rank() - 2, 1L));
            aligned = Examples.reshape(call.forPart("slope"), aligned, dims);
        }
        Broadcasting both = Broadcasting.of(call, List.of(x, aligned));
        int missing = both.node(0).shape().rank() - both.node(1).shape().rank();
        List<Integer> dims = new ArrayList<>(both.node(1).shape().dims());
        dims.addAll(0, Collections.nCopies(Math.max(0, missing), 1));
        return new Computed(call.result(PRELU, both.node(0), call.constant(1, new Shape(dims))), both.batch());
    }

    private static Value selu(Call call) {
        double alpha = call.real("alpha", SELU_ALPHA);
        double gamma = call.real("gamma", SELU_GAMMA);
        if (Math.abs(alpha - SELU_ALPHA) < 1e-6 && Math.abs(gamma - SELU_GAMMA) < 1e-6) {
            return builtin(call, Kind.SELU);
        }
        return user(call, "scaled_elu", Scalars.times(gamma, Scalars.apply(Kind.ELU, alpha, Scalars.X)));
    }

    private static Value hardSigmoid(Call call) {
        return user(
                call, "hard_sigmoid", NamedActivations.hardSigmoid(call.real("alpha", 0.2f), call.real("beta", 0.5f)));
    }

    private static Value swish(Call call) {
        if (call.real("alpha", 1) == 1) {
            return of(call, NamedActivations.of("silu"));
        }
        ScalarFunction gate = Scalars.apply(Kind.SIGMOID, Scalars.times(call.real("alpha", 1), Scalars.X));
        return user(call, "swish", Scalars.product(Scalars.X, gate));
    }

    /** By erf, or x (1 + tanh(u)) / 2 = x sigmoid(2 u) with u = sqrt(2 / pi) (x + 0.044715 x^3): 1 + tanh would cancel. */
    private static Value gelu(Call call) {
        if (!call.text("approximate", "none").equals("tanh")) {
            return of(call, NamedActivations.of("gelu"));
        }
        ScalarFunction cube = Scalars.times(0.044715, Scalars.power(Scalars.X, 3));
        ScalarFunction inner = Scalars.times(2 * Math.sqrt(2 / Math.PI), Scalars.sum(Scalars.X, cube));
        return user(call, "gelu_tanh", Scalars.product(Scalars.X, Scalars.apply(Kind.SIGMOID, inner)));
    }

    static Value user(Call call, String name, ScalarFunction body) {
        return of(call, new Activation.UserDefined(name, body));
    }

    /** relu(x - lambd) - relu(-x - lambd); where bias is another number it jumps, which has no derivative. */
    private static Value shrink(Call call) {
        double bound = call.real("lambd", 0.5);
        double bias = call.real("bias", 0);
        if (bound != bias || bound < 0) {
            throw call.unsupported(
                    "jumps at lambd = " + bound + ", its bias being " + bias, "a step has no slope to explain by");
        }
        ScalarFunction above = Scalars.apply(Kind.RELU, Scalars.plus(Scalars.X, -bound));
        ScalarFunction below = Scalars.apply(Kind.RELU, Scalars.plus(Scalars.times(-1, Scalars.X), -bound));
        return user(call, "soft_shrink", Scalars.sum(above, Scalars.times(-1, below)));
    }

    private static Value clip(Call call) {
        if (call.has(1) && !call.isKnown(1) || call.has(2) && !call.isKnown(2)) {
            return clippedByComputed(call);
        }
        double low = bound(call, 1, "min", -Float.MAX_VALUE);
        double high = bound(call, 2, "max", Float.MAX_VALUE);
        if (low > high) {
            throw call.unsupported("clips between " + low + " and " + high, "exchange its bounds");
        }
        boolean boundless = low == -Float.MAX_VALUE && high == Float.MAX_VALUE;
        return boundless ? call.x(0) : of(call, Activation.clip(low, high));
    }

    /** min(max(x, low), high), each by its own rule. */
    private static Value clippedByComputed(Call call) {
        Computed x = call.x(0);
        if (call.has(1)) {
            Broadcasting both = Broadcasting.of(call, List.of(x, call.x(1)));
            Op max = new Op.Binary(Op.BinaryKind.MAXIMUM);
            Node[] nodes = both.nodes().toArray(Node[]::new);
            x = new Computed(call.has(2) ? call.step("above", max, nodes) : call.result(max, nodes), both.batch());
        }
        if (!call.has(2)) {
            return x;
        }
        Broadcasting both = Broadcasting.of(call, List.of(x, call.x(2)));
        Op min = new Op.Binary(Op.BinaryKind.MINIMUM);
        return new Computed(call.result(min, both.nodes().toArray(Node[]::new)), both.batch());
    }

    /** A bound; one that is left out is the largest number, as ONNX has it. */
    private static double bound(Call call, int input, String attribute, double none) {
        double bound = call.real(attribute, none);
        if (call.has(input)) {
            Tensor tensor = call.known(input, attribute);
            bound = tensor.size() == 1 ? tensor.at(0) : none;
        }
        return Math.abs(bound) >= Math.abs(none) && Math.signum(bound) == Math.signum(none) ? none : bound;
    }
}
