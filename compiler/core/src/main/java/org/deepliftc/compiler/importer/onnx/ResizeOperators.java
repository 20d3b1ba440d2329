package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Resampling, one axis after the other: repeated positions, or a matrix of interpolation weights. */
final class ResizeOperators {
    private ResizeOperators() {}

    static void list(Operators table) {
        table.add("Resize", "without antialiasing and cropping", ResizeOperators::resize);
        table.add("Upsample", ResizeOperators::upsample);
    }

    private static Value upsample(Call call) {
        Computed x = call.x(0);
        List<Double> scales = call.has(1) ? reals(call.known(1, "scales")) : call.reals("scales");
        Resampling resampling = new Resampling(call, "asymmetric", "floor");
        return resampled(call, x, axes(x.rank()), sizes(x, axes(x.rank()), scales), scales, resampling);
    }

    private static Value resize(Call call) {
        Computed x = call.x(0);
        if (call.flag("antialias", false)) {
            throw call.unsupported("smooths while it shrinks", "export it with antialias = 0");
        }
        if (!call.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw call.unsupported("keeps the aspect ratio", "export it with fixed sizes");
        }
        List<Integer> axes = call.integers("axes")
                .map(written ->
                        written.stream().map(axis -> call.axis(axis, x.rank())).toList())
                .orElse(axes(x.rank()));
        boolean old = call.opset() < 11;
        int scalesInput = old ? 1 : 2;
        Optional<Tensor> given =
                call.has(scalesInput) ? Optional.of(call.known(scalesInput, "scales")) : Optional.empty();
        Optional<Tensor> sizes = call.has(3) ? Optional.of(call.known(3, "sizes")) : Optional.empty();
        Resampling resampling = new Resampling(
                call,
                call.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel"),
                call.text("nearest_mode", old ? "floor" : "round_prefer_floor"));
        if (sizes.isPresent() && sizes.get().size() > 0) {
            List<Long> wanted = sizes.get().toIntegers();
            List<Double> scales = new ArrayList<>();
            for (int i = 0; i < axes.size(); i++) {
                scales.add(wanted.get(i).doubleValue() / x.dims().get(axes.get(i)));
            }
            return resampled(call, x, axes, wanted, scales, resampling);
        }
        List<Double> scales =
                reals(given.orElseThrow(() -> call.unsupported("has neither scales nor sizes", "export it again")));
        return resampled(call, x, axes, sizes(x, axes, scales), scales, resampling);
    }

    private static List<Integer> axes(int rank) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    private static List<Double> reals(Tensor tensor) {
        List<Double> reals = new ArrayList<>();
        for (int i = 0; i < tensor.size(); i++) {
            reals.add(tensor.at(i));
        }
        return reals;
    }

    private static List<Long> sizes(Computed x, List<Integer> axes, List<Double> scales) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < axes.size() && i < scales.size(); i++) {
            sizes.add((long) Math.floor(x.dims().get(axes.get(i)) * scales.get(i)));
        }
        return sizes;
    }

    private static Value resampled(
            Call call, Computed x, List<Integer> axes, List<Long> sizes, List<Double> scales, Resampling resampling) {
        if (sizes.size() != axes.size() || scales.size() != axes.size()) {
            throw call.unsupported("names " + sizes.size() + " sizes for " + axes.size() + " axes", "export it again");
        }
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            if (!sizes.get(i).equals(x.dims().get(axes.get(i)))) {
                changed.add(i);
            }
        }
        List<Integer> touched = changed.stream().map(axes::get).toList();
        Computed along = Examples.along(call.forPart("example"), x, touched);
        Node result = along.node();
        for (int k = 0; k < changed.size(); k++) {
            int i = changed.get(k);
            Call part = k == changed.size() - 1 ? call : call.forPart("resized");
            int inner = along.batch().nodeAxis(axes.get(i));
            result = resampling.along(part, result, inner, Math.toIntExact(sizes.get(i)), scales.get(i));
        }
        return new Computed(result, along.batch());
    }

    /** How positions of the output fall between those of the input. */
    private record Resampling(Call call, String coordinates, String rounding) {

        Node along(Call part, Node x, int axis, int size, double scale) {
            int extent = x.shape().dim(axis);
            String mode = call.text("mode", "nearest");
            if (mode.equals("nearest")) {
                return nearest(part, x, axis, size, scale);
            }
            double[] matrix = new double[Math.multiplyExact(size, extent)];
            for (int i = 0; i < size; i++) {
                double at = position(i, size, extent, scale);
                switch (mode) {
                    case "linear" -> linear(matrix, i * extent, extent, at);
                    case "cubic" -> cubic(matrix, i * extent, extent, at);
                    default -> throw call.unsupported("interpolates by '" + mode + "'", "export it with linear");
                }
            }
            return Movement.along(part, x, axis, part.constant("weights", Shape.of(size, extent), matrix));
        }

        private double position(int i, int size, int extent, double scale) {
            return switch (coordinates) {
                case "asymmetric" -> i / scale;
                case "half_pixel" -> (i + 0.5) / scale - 0.5;
                case "pytorch_half_pixel" -> size > 1 ? (i + 0.5) / scale - 0.5 : 0;
                case "align_corners" -> size > 1 ? i * (extent - 1.0) / (size - 1.0) : 0;
                case "half_pixel_symmetric" -> {
                    double adjustment = size / (scale * extent);
                    yield extent / 2.0 * (1 - adjustment) + (i + 0.5) / scale - 0.5;
                }
                default -> throw call.unsupported("places positions by '" + coordinates + "'", "export it again");
            };
        }

        private Node nearest(Call part, Node x, int axis, int size, double scale) {
            int extent = x.shape().dim(axis);
            List<Integer> positions = new ArrayList<>();
            boolean repeats = size % extent == 0;
            for (int i = 0; i < size; i++) {
                int at = Math.max(0, Math.min(extent - 1, rounded(position(i, size, extent, scale))));
                positions.add(at);
                repeats &= at == i / Math.max(1, size / extent);
            }
            if (!repeats) {
                return Movement.gather(part, x, axis, positions);
            }
            Shape shape = x.shape();
            Shape apart = shape.upTo(axis + 1).append(Shape.of(1)).append(shape.from(axis + 1));
            Node split = part.step("apart", new Op.Reshape(apart), x);
            Node wide = part.step("repeated", new Op.Broadcast(apart.with(axis + 1, size / extent)), split);
            return part.result(new Op.Reshape(shape.with(axis, size)), wide);
        }

        private int rounded(double at) {
            return (int)
                    switch (rounding) {
                        case "floor" -> Math.floor(at);
                        case "ceil" -> Math.ceil(at);
                        case "round_prefer_ceil" -> Math.floor(at + 0.5);
                        default -> Math.ceil(at - 0.5);
                    };
        }

        private static void linear(double[] matrix, int row, int extent, double position) {
            double at = Math.max(0, Math.min(extent - 1, position));
            int left = (int) Math.min(extent - 1, Math.floor(at));
            int right = Math.min(extent - 1, left + 1);
            matrix[row + left] += 1 - (at - left);
            matrix[row + right] += at - left;
        }

        /** Keys' kernel over four neighbours; those outside are the edge's, or left out and the rest rescaled. */
        private void cubic(double[] matrix, int row, int extent, double at) {
            double a = call.real("cubic_coeff_a", -0.75f);
            boolean exclude = call.flag("exclude_outside", false);
            int left = (int) Math.floor(at);
            double total = 0;
            for (int tap = left - 1; tap <= left + 2; tap++) {
                boolean outside = tap < 0 || tap >= extent;
                double weight = exclude && outside ? 0 : kernel(Math.abs(at - tap), a);
                matrix[row + Math.max(0, Math.min(extent - 1, tap))] += weight;
                total += weight;
            }
            for (int i = row; exclude && i < row + extent; i++) {
                matrix[i] /= total;
            }
        }

        private static double kernel(double d, double a) {
            return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
        }
    }
}
