package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Operators that make constants. */
final class ConstantOperators {
    private ConstantOperators() {}

    static void list(Operators table) {
        table.add("Constant", "numbers", ConstantOperators::constant);
        table.add("ConstantOfShape", ConstantOperators::constantOfShape);
    }

    private static Value constant(Call call) {
        return ShapeOperators.known(call, tensor(call));
    }

    private static Tensor tensor(Call call) {
        if (call.hasAttribute("value")) {
            return call.tensor("value").orElseThrow(() -> call.unsupported("holds no tensor", "export it again"));
        }
        if (call.hasAttribute("value_float")) {
            return Tensor.scalar(ElementKind.FLOAT, call.real("value_float", 0));
        }
        if (call.hasAttribute("value_int")) {
            return Tensor.scalar(ElementKind.INT64, call.integer("value_int", 0));
        }
        if (call.hasAttribute("value_floats")) {
            double[] values = call.reals("value_floats").stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return new Tensor(List.of(values.length), ElementKind.FLOAT, values);
        }
        if (call.hasAttribute("value_ints")) {
            return Tensor.integers(call.integers("value_ints").orElseThrow());
        }
        throw call.unsupported("holds texts or a sparse tensor", "export the model with numbers alone");
    }

    /** One number everywhere; where the shape counts the examples, that many for each of them. */
    private static Value constantOfShape(Call call) {
        List<Long> dims = call.known(0, "shape").toIntegers();
        Tensor value = call.tensor("value").orElse(Tensor.scalar(ElementKind.FLOAT, 0));
        Batch batch = examples(dims);
        List<Integer> inner = new ArrayList<>();
        long size = 1;
        for (int axis = 0; axis < dims.size(); axis++) {
            long dim = dims.get(axis);
            dim = axis == batch.axis() ? dim / batch.extent() : dim;
            size *= dim;
            if (dim < 0 || size > Integer.MAX_VALUE - 64) {
                throw call.unsupported("makes a tensor " + dims, "check --shape");
            }
            if (!(axis == batch.axis() && batch.isOwnAxis())) {
                inner.add((int) dim);
            }
        }
        double[] values = new double[(int) size];
        Arrays.fill(values, value.at(0));
        Tensor tensor = new Tensor(inner, value.kind(), values);
        if (batch.isNone()) {
            return ShapeOperators.known(call, tensor);
        }
        return new Computed(call.constant("value", new Shape(inner), values), batch);
    }

    /** Where extents that were computed from the number of examples count them. */
    static Batch examples(List<Long> dims) {
        for (long standIn : BatchAxes.STAND_INS) {
            for (int axis = 0; axis < dims.size(); axis++) {
                long dim = dims.get(axis);
                if (dim > 0 && dim % standIn == 0) {
                    return new Batch(axis, 1, Math.toIntExact(dim / standIn), standIn);
                }
            }
        }
        return Batch.NONE;
    }
}
