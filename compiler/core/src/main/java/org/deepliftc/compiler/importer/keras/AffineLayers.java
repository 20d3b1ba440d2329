package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.importer.keras.file.Config;

/** Layers with weights that multiply. */
final class AffineLayers {
    private AffineLayers() {}

    static void list(Layers table) {
        table.add("Dense", AffineLayers::dense);
        table.add("TimeDistributed", "around `Dense`", AffineLayers::timeDistributed);
        table.add("Embedding", "mask_zero = False", AffineLayers::embedding);
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.add("Conv" + rank + "D", call -> convolution(call, axes));
            table.add("Conv" + rank + "DTranspose", "dilation 1, no output_padding", call -> transposed(call, axes));
        }
        for (int rank = 1; rank <= 2; rank++) {
            int axes = rank;
            table.add("DepthwiseConv" + rank + "D", call -> depthwise(call, axes));
            table.add("SeparableConv" + rank + "D", call -> separable(call, axes));
        }
    }

    private static Tensor dense(LayerCall call) {
        Tensor x = call.x();
        int features = x.shape().dim(x.rank() - 1);
        int units = call.config().at("units").integer();
        ConstantData weight = call.weight(0, "kernel", Shape.of(features, units), List.of(1, 0));
        Node[] operands = LayerCall.operands(call.plain(), call.constant("kernel", weight), call.bias(1, units));
        return call.activated(false, new Op.Dense(Op.Direction.FORWARD), operands);
    }

    private static Tensor timeDistributed(LayerCall call) {
        Config layer = call.config().at("layer");
        if (!layer.text("class_name", "").equals("Dense") || call.x().rank() < 2) {
            throw call.unsupported("goes around " + layer.text("class_name", "?"));
        }
        return dense(call.with(layer.at("config"), call.weights()));
    }

    private static Tensor embedding(LayerCall call) {
        if (call.config().flag("mask_zero", false)) {
            throw call.unsupported("masks the entry 0");
        }
        int entries = call.config().at("input_dim").integer();
        int width = call.config().at("output_dim").integer();
        ConstantData table = call.weight(0, "embeddings", Shape.of(entries, width));
        return Tensor.plain(call.result(new Op.LookUp(), call.plain(), call.constant("embeddings", table)));
    }

    private static Window window(LayerCall call, int rank, Node x, List<Integer> stride) {
        List<Integer> size = size(call, rank);
        return KerasWindows.of(
                call,
                size,
                stride,
                call.perAxis("dilation_rate", rank, 1),
                x.shape().from(1));
    }

    private static List<Integer> size(LayerCall call, int rank) {
        return call.config().integers("kernel_size", rank).orElseThrow(() -> call.unsupported("has no kernel_size"));
    }

    /** The shape of a kernel in the file. */
    private static Shape kernel(List<Integer> size, int in, int out) {
        List<Integer> dims = new ArrayList<>(size);
        dims.add(in);
        dims.add(out);
        return new Shape(dims);
    }

    /** From {@code [window..., in, out]} to {@code [out, in, window...]}. */
    private static List<Integer> outward(int rank) {
        List<Integer> axes = new ArrayList<>(List.of(rank + 1, rank));
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    private static Tensor convolution(LayerCall call, int rank) {
        Node x = call.channels(rank);
        int groups = call.config().integer("groups", 1);
        int filters = call.config().at("filters").integer();
        if (groups < 1 || x.shape().dim(0) % groups != 0) {
            throw call.unsupported("has " + groups + " groups of " + x.shape().dim(0) + " channels");
        }
        Shape kernel = kernel(size(call, rank), x.shape().dim(0) / groups, filters);
        ConstantData weight = call.weight(0, "kernel", kernel, outward(rank));
        Op op = new Op.Convolution(window(call, rank, x, call.perAxis("strides", rank, 1)), groups);
        return call.activated(true, op, LayerCall.operands(x, call.constant("kernel", weight), call.bias(1, filters)));
    }

    /** Channel c has filters c m to c m + m - 1, m being the depth multiplier. */
    private static Node depthwiseWeight(LayerCall call, int rank, int channels, int multiplier) {
        ConstantData stored = call.weight(0, "depthwise kernel", kernel(size(call, rank), channels, multiplier));
        List<Integer> axes = new ArrayList<>(List.of(rank, rank + 1));
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        List<Integer> dims = new ArrayList<>(List.of(channels * multiplier, 1));
        dims.addAll(size(call, rank));
        return call.constant(
                "depthwise_kernel", LayerCall.permuted(stored, axes).reshaped(new Shape(dims)));
    }

    private static Tensor depthwise(LayerCall call, int rank) {
        Node x = call.channels(rank);
        int channels = x.shape().dim(0);
        int multiplier = call.config().integer("depth_multiplier", 1);
        Node weight = depthwiseWeight(call, rank, channels, multiplier);
        Op op = new Op.Convolution(window(call, rank, x, call.perAxis("strides", rank, 1)), channels);
        return call.activated(true, op, LayerCall.operands(x, weight, call.bias(1, channels * multiplier)));
    }

    private static Tensor separable(LayerCall call, int rank) {
        Node x = call.channels(rank);
        int channels = x.shape().dim(0);
        int multiplier = call.config().integer("depth_multiplier", 1);
        int filters = call.config().at("filters").integer();
        Node depthwise = call.step(
                "depthwise",
                new Op.Convolution(window(call, rank, x, call.perAxis("strides", rank, 1)), channels),
                x,
                depthwiseWeight(call, rank, channels, multiplier));
        List<Integer> ones = Collections.nCopies(rank, 1);
        ConstantData weight =
                call.weight(1, "pointwise kernel", kernel(ones, channels * multiplier, filters), outward(rank));
        return call.activated(
                true,
                new Op.Convolution(Window.of(ones, ones), 1),
                LayerCall.operands(depthwise, call.constant("pointwise_kernel", weight), call.bias(2, filters)));
    }

    /** What the convolution from output to input hands back, with the padding that this one has on its output. */
    private static Tensor transposed(LayerCall call, int rank) {
        Node x = call.channels(rank);
        List<Integer> size = size(call, rank);
        List<Integer> stride = call.perAxis("strides", rank, 1);
        List<Integer> ones = Collections.nCopies(rank, 1);
        if (!call.perAxis("dilation_rate", rank, 1).equals(ones)
                || !call.config().at("output_padding").isNull()) {
            throw call.unsupported("has a dilation or output_padding");
        }
        boolean same = call.config().text("padding", "valid").equals("same");
        List<Integer> space = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int beyond = same ? 0 : Math.max(0, size.get(axis) - stride.get(axis));
            space.add(Math.addExact(Math.multiplyExact(x.shape().dim(axis + 1), stride.get(axis)), beyond));
        }
        Shape made = new Shape(space);
        int filters = call.config().at("filters").integer();
        Shape kernel = kernel(size, filters, x.shape().dim(0));
        ConstantData weight = call.weight(0, "kernel", kernel, outward(rank));
        Op op = new Op.ConvolutionTransposed(KerasWindows.of(call, size, stride, ones, made), 1, made);
        Optional<ConstantData> bias = call.usesBias()
                ? Optional.of(call.weight(1, "bias", Shape.of(filters)).reshaped(perChannel(filters, rank)))
                : Optional.empty();
        Node weights = call.constant("kernel", weight);
        if (bias.isEmpty()) {
            return call.activated(true, op, x, weights);
        }
        Node product = call.step("product", op, x, weights);
        return call.activated(true, new Op.Binary(Op.BinaryKind.ADD), product, call.constant("bias", bias.get()));
    }

    private static Shape perChannel(int channels, int rank) {
        List<Integer> dims = new ArrayList<>(List.of(channels));
        dims.addAll(Collections.nCopies(rank, 1));
        return new Shape(dims);
    }
}
