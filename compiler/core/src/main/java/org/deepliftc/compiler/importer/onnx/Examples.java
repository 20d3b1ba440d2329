package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/** Moves tensors about so that an operator finds its axes where the graph's operator wants them. */
final class Examples {
    /** Beyond this many images an operator would be repeated too often to be read. */
    private static final int MOST_IMAGES = 256;

    private Examples() {}

    /** The tensor of a file for one example only, its axis of extent 1 an axis of the node. */
    static Computed explicit(Call call, Computed x) {
        if (x.batch().isNone()) {
            return x;
        }
        if (x.batch().extent() > 1) {
            throw ImportFailure.mixing("works along the axis of the examples");
        }
        List<Integer> dims = x.dims().stream().map(Math::toIntExact).toList();
        return new Computed(call.reshaped("example", x.node(), new Shape(dims)), Batch.NONE);
    }

    /** {@code x} in a form where {@code axis} is an axis of the node. */
    static Computed along(Call call, Computed x, int axis) {
        return x.batch().axis() == axis ? explicit(call, x) : x;
    }

    static Computed along(Call call, Computed x, List<Integer> axes) {
        return axes.contains(x.batch().axis()) ? explicit(call, x) : x;
    }

    /** The same elements under other extents of the file; nothing is added where the node does not change. */
    static Computed reshape(Call call, Computed x, List<Long> to) {
        Batch batch = x.batch()
                .reshaped(x.dims(), to)
                .orElseThrow(() -> ImportFailure.mixing(
                        "reshapes " + Dims.text(x.dims(), x.batch().extent()) + " to "
                                + Dims.text(to, x.batch().extent()) + ", which tears examples apart"));
        Shape shape = batch.node(to);
        if (shape.equals(x.node().shape())) {
            return new Computed(x.node(), batch);
        }
        return new Computed(call.result(new Op.Reshape(shape), x.node()), batch);
    }

    /** Axis k of the result is axis {@code permutation[k]} of the tensor in the file. */
    static Computed transpose(Call call, Computed x, List<Integer> permutation) {
        Batch batch = x.batch().isNone()
                ? Batch.NONE
                : x.batch().moved(permutation.indexOf(x.batch().axis()));
        List<Integer> inner = new ArrayList<>();
        for (int axis : permutation) {
            if (!(x.batch().isOwnAxis() && axis == x.batch().axis())) {
                inner.add(x.batch().nodeAxis(axis));
            }
        }
        boolean moves = !inner.equals(IntStream.range(0, inner.size()).boxed().toList());
        Node node = moves ? call.result(new Op.Transpose(inner), x.node()) : x.node();
        return new Computed(node, batch);
    }

    /** Two axes of a node exchanged, as a step. */
    static Node swapped(Call call, Node x, int a, int b) {
        if (a == b) {
            return x;
        }
        List<Integer> permutation =
                new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
        Collections.swap(permutation, a, b);
        return call.step("transposed", new Op.Transpose(permutation), x);
    }

    /**
     * Applies an operator of {@code [channels, space...]} to a tensor {@code [images, channels, space...]}: the images
     * are the examples, or several images of one example, one after the other.
     */
    static Computed perImage(Call call, Computed x, BiFunction<Call, Node, Node> operator) {
        if (x.rank() < 2) {
            throw ImportFailure.of(
                    "reads [examples, channels, space...], but gets "
                            + Dims.text(x.dims(), x.batch().extent()),
                    "the file is not valid ONNX; export the model again");
        }
        if (x.batch().isOwnAxis() && x.batch().axis() == 0) {
            return new Computed(operator.apply(call, x.node()), x.batch());
        }
        Computed whole = x.batch().axis() > 0 ? explicit(call, x) : x;
        Shape shape = whole.node().shape();
        int images = shape.dim(0);
        if (images > MOST_IMAGES) {
            throw ImportFailure.of(
                    "reads " + images + " images of each example", "at most " + MOST_IMAGES + " are taken apart");
        }
        Call part = call.forPart("image");
        List<Node> results = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            Node cut = images == 1 ? whole.node() : Movement.cut(part, "image", whole.node(), 0, i, 1);
            results.add(operator.apply(part, part.reshaped("image", cut, shape.from(1))));
        }
        Shape image = Shape.of(1).append(results.get(0).shape());
        if (images == 1) {
            return new Computed(call.result(new Op.Reshape(image), results.get(0)), whole.batch());
        }
        Node[] parts =
                results.stream().map(r -> part.reshaped("image", r, image)).toArray(Node[]::new);
        return new Computed(call.result(new Op.Concat(0), parts), whole.batch());
    }
}
