package org.deepliftc.conformance.onnx.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;
import org.deepliftc.runtime.ModelDescription.Port;

/**
 * An output beside the suite's. A class hands out example after example; in the file's tensor the examples may lie along
 * any axis, or be flattened into one.
 */
record Comparison(Port port, int examples, Tensor expected) {
    /** As in the suite's own runner. */
    private static final double RELATIVE = 1e-3;

    /** What the last of 8 bits is worth: classes compute such numbers in float and do not round. */
    private static final double RELATIVE_BFLOAT16 = 1.0 / 256;

    private static final double ABSOLUTE = 1e-7;

    void with(Object array) {
        double[] got = array instanceof float[] floats ? widened(floats) : (double[]) array;
        if (got.length != expected.size()) {
            throw new AssertionError(port + " for " + examples + " examples, but expected " + expected);
        }
        List<int[]> orders = orders();
        if (orders.isEmpty()) {
            throw new AssertionError(port + " lies in no way in " + expected);
        }
        List<String> differences = new ArrayList<>();
        for (int[] order : orders) {
            Optional<String> difference = difference(got, order);
            if (difference.isEmpty()) {
                return;
            }
            differences.add(difference.get());
        }
        throw new AssertionError(differences.get(0));
    }

    private static double[] widened(float[] floats) {
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    private Optional<String> difference(double[] got, int[] order) {
        double relative = expected.kind() == ElementKind.BFLOAT16 ? RELATIVE_BFLOAT16 : RELATIVE;
        for (int i = 0; i < got.length; i++) {
            double wanted = expected.at(order[i]);
            if (Double.compare(got[i], wanted) == 0) {
                continue; // equal, or no number on either side
            }
            if (!(Math.abs(got[i] - wanted) <= ABSOLUTE + relative * Math.abs(wanted))) {
                return Optional.of(port.name() + "[" + i + "] is " + got[i] + " instead of " + wanted);
            }
        }
        return Optional.empty();
    }

    /** For every way in which the examples may lie, the places of the class's elements in the file's tensor. */
    private List<int[]> orders() {
        List<int[]> orders = new ArrayList<>();
        if (examples == 1) {
            orders.add(order(1));
        }
        List<Integer> dims = expected.dims();
        for (int axis = 0; axis < dims.size(); axis++) {
            int outer = product(dims.subList(0, axis));
            List<Integer> rest = new ArrayList<>(dims);
            if (rest.remove(axis) == examples && rest.equals(port.shape())) {
                orders.add(order(outer));
            }
            if (dims.get(axis) % examples == 0 && isFlattened(axis)) {
                int own = dims.get(axis) / examples;
                IntStream.rangeClosed(1, own)
                        .filter(before -> own % before == 0)
                        .forEach(before -> orders.add(order(outer * before)));
            }
        }
        return orders;
    }

    /** True where an axis may hold the examples together with one of the class's own. */
    private boolean isFlattened(int axis) {
        List<Integer> dims = new ArrayList<>(expected.dims());
        dims.set(axis, dims.get(axis) / examples);
        return dims.equals(port.shape());
    }

    private static int product(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }

    /** @param before how many elements of an example's outer axes lie in front of the axis of the examples */
    private int[] order(int before) {
        int size = port.size();
        int inner = size / before;
        int[] order = new int[examples * size];
        for (int example = 0; example < examples; example++) {
            for (int i = 0; i < size; i++) {
                order[example * size + i] = (i / inner * examples + example) * inner + i % inner;
            }
        }
        return order;
    }
}
