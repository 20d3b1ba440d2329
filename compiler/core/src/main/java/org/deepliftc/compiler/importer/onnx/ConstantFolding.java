package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/**
 * Arithmetic on numbers known when importing, most of it on extents: whole numbers divide as such, and comparisons,
 * roundings and choices have a meaning, which on computed values they have not.
 */
final class ConstantFolding {
    private static final Map<String, DoubleBinaryOperator> BINARY = new HashMap<>();
    private static final Map<String, DoubleUnaryOperator> UNARY = new HashMap<>();
    private static final Set<String> COMPARISONS =
            Set.of("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor", "Not");
    private static final Set<String> OTHERS = Set.of("Cast", "Where", "Range", "ReduceProd", "NonZero");

    static {
        BINARY.put("Add", Double::sum);
        BINARY.put("Sub", (a, b) -> a - b);
        BINARY.put("Mul", (a, b) -> a * b);
        BINARY.put("Div", (a, b) -> a / b);
        BINARY.put("Max", Math::max);
        BINARY.put("Min", Math::min);
        BINARY.put("Pow", Math::pow);
        BINARY.put("Mod", (a, b) -> a - b * Math.floor(a / b));
        BINARY.put("Equal", (a, b) -> a == b ? 1 : 0);
        BINARY.put("Less", (a, b) -> a < b ? 1 : 0);
        BINARY.put("LessOrEqual", (a, b) -> a <= b ? 1 : 0);
        BINARY.put("Greater", (a, b) -> a > b ? 1 : 0);
        BINARY.put("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0);
        BINARY.put("And", (a, b) -> a != 0 && b != 0 ? 1 : 0);
        BINARY.put("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0);
        BINARY.put("Xor", (a, b) -> a != 0 ^ b != 0 ? 1 : 0);
        UNARY.put("Not", a -> a == 0 ? 1 : 0);
        UNARY.put("Neg", a -> -a);
        UNARY.put("Abs", Math::abs);
        UNARY.put("Sqrt", Math::sqrt);
        UNARY.put("Exp", Math::exp);
        UNARY.put("Log", Math::log);
        UNARY.put("Reciprocal", a -> 1 / a);
        UNARY.put("Floor", Math::floor);
        UNARY.put("Ceil", Math::ceil);
        UNARY.put("Round", Math::rint);
        UNARY.put("Sign", Math::signum);
        UNARY.put("Sin", Math::sin);
        UNARY.put("Cos", Math::cos);
    }

    private ConstantFolding() {}

    /** True for operators that this class knows on constants. */
    static boolean knows(String type) {
        return BINARY.containsKey(type) || UNARY.containsKey(type) || OTHERS.contains(type);
    }

    /** The value of an operator whose inputs are all known; empty where it is not one of these. */
    static Optional<Tensor> fold(Call call) {
        String type = call.node().type();
        if (UNARY.containsKey(type)) {
            Tensor x = call.known(0, "input");
            ElementKind kind = COMPARISONS.contains(type) ? ElementKind.BOOL : x.kind();
            return Optional.of(map(x, kind, UNARY.get(type)));
        }
        if (BINARY.containsKey(type) && call.inputs() == 2) {
            return Optional.of(binary(call, type, call.known(0, "input"), call.known(1, "input")));
        }
        return switch (type) {
            case "Cast" -> cast(call);
            case "Where" -> Optional.of(where(call));
            case "Range" -> Optional.of(range(call));
            case "ReduceProd" -> Optional.of(product(call));
            case "NonZero" -> Optional.of(nonZero(call.known(0, "input")));
            default -> Optional.empty();
        };
    }

    private static Tensor map(Tensor x, ElementKind kind, DoubleUnaryOperator function) {
        double[] values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(x.at(i));
        }
        return new Tensor(x.dims(), kind, values);
    }

    private static Tensor binary(Call call, String type, Tensor a, Tensor b) {
        boolean whole = !a.kind().isReal() && type.equals("Div");
        ElementKind kind = COMPARISONS.contains(type) ? ElementKind.BOOL : a.kind();
        DoubleBinaryOperator function = BINARY.get(type);
        List<Tensor> both = List.of(a, b);
        Spread spread = Spread.of(call, both);
        double[] values = new double[spread.size()];
        for (int i = 0; i < values.length; i++) {
            double value = function.applyAsDouble(a.at(spread.index(0, i)), b.at(spread.index(1, i)));
            values[i] = whole ? truncated(value) : value;
        }
        return new Tensor(spread.dims(), kind, values);
    }

    private static double truncated(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    private static Optional<Tensor> cast(Call call) {
        Tensor x = call.known(0, "input");
        return ElementKind.of(call.integer("to", 1)).map(kind -> switch (kind) {
            case BOOL -> map(x, kind, a -> a == 0 ? 0 : 1);
            case FLOAT -> map(x, kind, a -> (float) a);
            case DOUBLE, FLOAT16, BFLOAT16 -> x.as(kind);
            default -> map(x, kind, ConstantFolding::truncated);
        });
    }

    private static Tensor where(Call call) {
        List<Tensor> all =
                List.of(call.known(0, "condition"), call.known(1, "first choice"), call.known(2, "second choice"));
        Spread spread = Spread.of(call, all);
        double[] values = new double[spread.size()];
        for (int i = 0; i < values.length; i++) {
            int chosen = all.get(0).at(spread.index(0, i)) != 0 ? 1 : 2;
            values[i] = all.get(chosen).at(spread.index(chosen, i));
        }
        return new Tensor(spread.dims(), all.get(1).kind(), values);
    }

    private static Tensor range(Call call) {
        double start = call.known(0, "start").at(0);
        double limit = call.known(1, "limit").at(0);
        double delta = call.known(2, "delta").at(0);
        double count = Math.max(0, Math.ceil((limit - start) / delta));
        if (!(count < 1 << 24)) {
            throw ImportFailure.mixing("counts " + (long) count + " positions");
        }
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * delta;
        }
        return new Tensor(List.of(values.length), call.known(0, "start").kind(), values);
    }

    /** Over all axes, as shape subgraphs use it. */
    private static Tensor product(Call call) {
        Tensor x = call.known(0, "input");
        if (x.dims().size() > 1) {
            throw call.unsupported("multiplies along axes of a constant", "simplify the export");
        }
        double product = 1;
        for (int i = 0; i < x.size(); i++) {
            product *= x.at(i);
        }
        List<Integer> dims = call.flag("keepdims", true) ? List.of(1) : List.of();
        return new Tensor(dims, x.kind(), new double[] {product});
    }

    private static Tensor nonZero(Tensor x) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            if (x.at(i) != 0) {
                found.add(i);
            }
        }
        int rank = x.dims().size();
        double[] values = new double[rank * found.size()];
        for (int n = 0; n < found.size(); n++) {
            int rest = found.get(n);
            for (int axis = rank - 1; axis >= 0; axis--) {
                values[axis * found.size() + n] = rest % x.dims().get(axis);
                rest /= x.dims().get(axis);
            }
        }
        return new Tensor(List.of(rank, found.size()), ElementKind.INT64, values);
    }

    /** Tensors of which small ones are seen under the extents of all. */
    private record Spread(List<Integer> dims, List<int[]> strides) {
        static Spread of(Call call, List<Tensor> tensors) {
            try {
                Shape shape = Shape.SCALAR;
                for (Tensor tensor : tensors) {
                    shape = Shape.broadcast(shape, new Shape(tensor.dims()));
                }
                List<int[]> strides = new ArrayList<>();
                for (Tensor tensor : tensors) {
                    strides.add(strides(new Shape(tensor.dims()), shape));
                }
                return new Spread(shape.dims(), strides);
            } catch (IllegalArgumentException e) {
                throw call.unsupported(e.getMessage(), "export the model without empty tensors");
            }
        }

        private static int[] strides(Shape own, Shape all) {
            int[] strides = new int[all.rank()];
            int shift = all.rank() - own.rank();
            int[] dense = own.strides();
            for (int axis = 0; axis < own.rank(); axis++) {
                strides[axis + shift] = own.dim(axis) == 1 ? 0 : dense[axis];
            }
            return strides;
        }

        int size() {
            return new Shape(dims).size();
        }

        int index(int tensor, int flat) {
            int index = 0;
            int rest = flat;
            for (int axis = dims.size() - 1; axis >= 0; axis--) {
                index += rest % dims.get(axis) * strides.get(tensor)[axis];
                rest /= dims.get(axis);
            }
            return index;
        }
    }
}
