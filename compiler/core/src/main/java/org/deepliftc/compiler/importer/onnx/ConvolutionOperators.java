package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Convolutions and their transposes. */
final class ConvolutionOperators {
    private ConvolutionOperators() {}

    static void list(Operators table) {
        table.add("Conv", "1 to 3 spatial axes; the weight is constant", ConvolutionOperators::convolution);
        table.add("ConvTranspose", "1 to 3 spatial axes; the weight is constant", ConvolutionOperators::transposed);
    }

    private static Value convolution(Call call) {
        Tensor weight = weight(call);
        int groups = Math.toIntExact(call.integer("group", 1));
        List<Integer> size =
                Windows.size(call, weight.dims().subList(2, weight.dims().size()));
        Node kernel = call.constant(1, new Shape(weight.dims()));
        return Examples.perImage(call, call.x(0), (part, x) -> {
            Op op = new Op.Convolution(Windows.of(call, size, x), groups);
            return withBias(part, op, x, kernel);
        });
    }

    private static Tensor weight(Call call) {
        Tensor weight = call.known(1, "weight");
        int rank = weight.dims().size() - 2;
        if (rank < 1 || rank > 3) {
            throw call.unsupported(
                    "has a weight " + weight.dims() + " over " + rank + " spatial axes", "1 to 3 are possible");
        }
        return weight;
    }

    private static Node withBias(Call call, Op op, Node x, Node kernel) {
        if (!call.has(2)) {
            return call.result(op, x, kernel);
        }
        Tensor bias = call.known(2, "bias");
        return call.result(op, x, kernel, call.constant(2, new Shape(bias.dims())));
    }

    /**
     * A transposed convolution is a convolution of the input with zeros between its positions: the kernel turned about
     * in space, inputs and outputs exchanged within each group.
     */
    private static Value transposed(Call call) {
        Tensor weight = weight(call);
        int groups = Math.toIntExact(call.integer("group", 1));
        Node kernel = turned(call, weight, groups);
        int rank = weight.dims().size() - 2;
        return Examples.perImage(call, call.x(0), (part, x) -> {
            List<Integer> size = kernel.shape().from(2).dims();
            List<Integer> stride = Windows.perAxis(call, "strides", rank, 1);
            List<Integer> dilation = Windows.perAxis(call, "dilations", rank, 1);
            int[][] crop = crop(call, x.shape().from(1), size, stride, dilation);
            Node spread = spread(part, x, stride);
            List<Integer> before = new ArrayList<>();
            List<Integer> after = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                int reach = (size.get(axis) - 1) * dilation.get(axis);
                before.add(reach - crop[axis][0]);
                after.add(reach - crop[axis][1]);
            }
            Node padded = spread;
            if (Collections.min(before) < 0 || Collections.min(after) < 0) {
                throw call.unsupported("crops more than its kernel reaches", "export it with smaller pads");
            }
            Window window = new Window(size, Collections.nCopies(rank, 1), dilation, before, after);
            return withBias(part, new Op.Convolution(window, groups), padded, kernel);
        });
    }

    /** From {@code [in, out / groups, space...]} to {@code [out, in / groups, space turned about...]}. */
    private static Node turned(Call call, Tensor weight, int groups) {
        List<Integer> dims = weight.dims();
        int perGroup = dims.get(0) / groups;
        int outputs = dims.get(1);
        int taps = 1;
        for (int dim : dims.subList(2, dims.size())) {
            taps *= dim;
        }
        double[] values = new double[weight.size()];
        for (int group = 0; group < groups; group++) {
            for (int in = 0; in < perGroup; in++) {
                for (int out = 0; out < outputs; out++) {
                    int from = ((group * perGroup + in) * outputs + out) * taps;
                    int to = ((group * outputs + out) * perGroup + in) * taps;
                    for (int tap = 0; tap < taps; tap++) {
                        values[to + tap] = weight.at(from + taps - 1 - tap);
                    }
                }
            }
        }
        List<Integer> turned = new ArrayList<>(List.of(outputs * groups, perGroup));
        turned.addAll(dims.subList(2, dims.size()));
        return call.derived(1, new Shape(turned), values);
    }

    /** What is cut off the full result in front and behind; negative behind where the output is padded. */
    private static int[][] crop(
            Call call, Shape space, List<Integer> size, List<Integer> stride, List<Integer> dilation) {
        int rank = space.rank();
        List<Integer> pads = Windows.perAxis(call, "pads", 2 * rank, 0);
        List<Integer> extra = Windows.perAxis(call, "output_padding", rank, 0);
        List<Integer> wanted = Windows.perAxis(call, "output_shape", rank, -1);
        String auto = call.text("auto_pad", "NOTSET").toUpperCase(Locale.ROOT);
        int[][] crop = new int[rank][2];
        for (int axis = 0; axis < rank; axis++) {
            int full = (space.dim(axis) - 1) * stride.get(axis) + (size.get(axis) - 1) * dilation.get(axis) + 1;
            boolean isSame = auto.startsWith("SAME");
            if (isSame || wanted.get(axis) >= 0) {
                int output = wanted.get(axis) >= 0 ? wanted.get(axis) : space.dim(axis) * stride.get(axis);
                int total = full + extra.get(axis) - output;
                int half = Math.floorDiv(total, 2);
                crop[axis][0] = auto.equals("SAME_UPPER") ? half : total - half;
                crop[axis][1] = total - crop[axis][0] - extra.get(axis);
            } else {
                boolean valid = auto.equals("VALID");
                crop[axis][0] = valid ? 0 : pads.get(axis);
                crop[axis][1] = (valid ? 0 : pads.get(rank + axis)) - extra.get(axis);
            }
        }
        return crop;
    }

    /** Zeros between neighbouring positions: a new axis behind each, padded, joined, and cut at its end. */
    private static Node spread(Call call, Node x, List<Integer> stride) {
        Node result = x;
        for (int axis = 1; axis < x.shape().rank(); axis++) {
            int step = stride.get(axis - 1);
            if (step == 1) {
                continue;
            }
            Shape shape = result.shape();
            int extent = shape.dim(axis);
            Shape split = shape.upTo(axis + 1).append(Shape.of(1)).append(shape.from(axis + 1));
            Node apart = call.step("spread", new Op.Reshape(split), result);
            List<Integer> zeros = Collections.nCopies(split.rank(), 0);
            List<Integer> ones = Collections.nCopies(split.rank(), 1);
            Node filled = call.step("spread", new Op.Embed(zeros, ones, split.with(axis + 1, step), 0), apart);
            Node joined = call.step("spread", new Op.Reshape(shape.with(axis, extent * step)), filled);
            result = Movement.cut(call, "spread", joined, axis, 0, (extent - 1) * step + 1);
        }
        return result;
    }
}
