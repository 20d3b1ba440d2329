package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.Value.Known;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Operators that give the same elements another shape or order, or repeat them. */
final class ShapeOperators {
    private ShapeOperators() {}

    static void list(Operators table) {
        table.add("Identity", call -> call.value(0));
        table.several("Dropout", "in inference", ShapeOperators::dropout);
        table.add(
                "Cast", "between real numbers, and of the numbers of rows", call -> cast(call, call.integer("to", 1)));
        table.add("CastLike", "between real numbers", ShapeOperators::castLike);
        table.add("Reshape", ShapeOperators::reshape);
        table.add("Flatten", ShapeOperators::flatten);
        table.add("Squeeze", ShapeOperators::squeeze);
        table.add("Unsqueeze", ShapeOperators::unsqueeze);
        table.add("Transpose", ShapeOperators::transpose);
        table.add("Expand", ShapeOperators::expand);
        table.add("Tile", ShapeOperators::tile);
        table.add("DepthToSpace", call -> Examples.perImage(call, call.x(0), ShapeOperators::depthToSpace));
        table.add("SpaceToDepth", call -> Examples.perImage(call, call.x(0), ShapeOperators::spaceToDepth));
        table.add("Shape", ShapeOperators::shape);
        table.add(
                "Size",
                call -> known(
                        call,
                        Tensor.scalar(ElementKind.INT64, product(call.value(0).dims()))));
    }

    static Known known(Call call, Tensor tensor) {
        return new Known(tensor, call.node().outputs().get(0));
    }

    /** The mask, which nothing reads in inference, is all true. */
    private static List<Value> dropout(Call call) {
        if (call.outputs() < 2) {
            return List.of(call.value(0));
        }
        return List.of(call.value(0), new Known(Tensor.scalar(ElementKind.BOOL, 1), "mask"));
    }

    private static Value cast(Call call, long to) {
        Optional<ElementKind> kind = ElementKind.of(to);
        if (kind.isEmpty() || !kind.get().isReal()) {
            throw call.unsupported(
                    "rounds computed numbers to "
                            + kind.map(ElementKind::spelling).orElse("type " + to),
                    "a step has no slope to explain by");
        }
        return call.value(0);
    }

    private static Value castLike(Call call) {
        boolean isReal = !call.isKnown(1) || call.known(1, "type").kind().isReal();
        return cast(call, isReal ? 1 : 7);
    }

    private static Value reshape(Call call) {
        Computed x = call.x(0);
        List<Long> written = call.integers(1, "shape", "shape")
                .orElseThrow(() -> call.unsupported("has no shape", "export the model again"));
        List<Long> from = x.dims();
        List<Long> to = new ArrayList<>(written);
        int free = -1;
        long rest = 1;
        for (int axis = 0; axis < to.size(); axis++) {
            if (to.get(axis) == 0 && !call.flag("allowzero", false) && axis < from.size()) {
                to.set(axis, from.get(axis));
            }
            free = to.get(axis) == -1 ? axis : free;
            rest *= to.get(axis) == -1 ? 1 : to.get(axis);
        }
        long size = product(from);
        if (free >= 0 && rest > 0 && size % rest == 0) {
            to.set(free, size / rest);
        }
        if (product(to) != size || to.stream().anyMatch(dim -> dim < 1)) {
            throw call.unsupported(
                    "reshapes " + Dims.text(from, x.batch().extent()) + " to "
                            + Dims.text(written, x.batch().extent()),
                    "their numbers of elements differ; check --shape and --batch-axis");
        }
        return Examples.reshape(call, x, to);
    }

    static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    static long product(List<Long> dims) {
        long product = 1;
        for (long dim : dims) {
            product *= dim;
        }
        return product;
    }

    private static Value flatten(Call call) {
        Computed x = call.x(0);
        long written = call.integer("axis", 1);
        int axis = written == x.rank() ? x.rank() : call.axis(written, x.rank());
        List<Long> dims = x.dims();
        return Examples.reshape(
                call, x, List.of(product(dims.subList(0, axis)), product(dims.subList(axis, dims.size()))));
    }

    private static Value squeeze(Call call) {
        Computed x = call.x(0);
        List<Long> dims = x.dims();
        Optional<List<Long>> written = call.integers(1, "axes", "list of axes");
        List<Integer> axes = new ArrayList<>();
        if (written.isPresent()) {
            axes.addAll(call.axes(written.get(), dims.size()));
        } else {
            for (int axis = 0; axis < dims.size(); axis++) {
                if (dims.get(axis) == 1) {
                    axes.add(axis);
                }
            }
        }
        List<Long> to = new ArrayList<>();
        int before = 0;
        for (int axis = 0; axis < dims.size(); axis++) {
            if (!axes.contains(axis)) {
                to.add(dims.get(axis));
            } else if (dims.get(axis) != 1) {
                throw call.unsupported(
                        "takes away axis " + axis + " of "
                                + Dims.text(dims, x.batch().extent()),
                        "it is not of extent 1");
            } else if (axis < x.batch().axis()) {
                before++;
            }
        }
        boolean takesBatch = axes.contains(x.batch().axis());
        Computed whole = takesBatch ? Examples.explicit(call.forPart("example"), x) : x;
        Batch batch = whole.batch().moved(whole.batch().axis() - before);
        return new Computed(renamed(call, whole.node(), batch.node(to)), batch);
    }

    private static Value unsqueeze(Call call) {
        Computed x = call.x(0);
        List<Long> written = call.integers(1, "axes", "list of axes")
                .orElseThrow(() -> call.unsupported("names no axes", "export the model again"));
        return unsqueezed(call, x, call.axes(written, x.rank() + written.size()));
    }

    /** A tensor with axes of extent 1 at these places. */
    static Computed unsqueezed(Call call, Computed x, List<Integer> axes) {
        int rank = x.rank() + axes.size();
        List<Long> to = new ArrayList<>();
        List<Long> from = x.dims();
        int batchAxis = -1;
        for (int axis = 0, next = 0; axis < rank; axis++) {
            if (axes.contains(axis)) {
                to.add(1L);
            } else {
                batchAxis = next == x.batch().axis() ? axis : batchAxis;
                to.add(from.get(next++));
            }
        }
        Batch batch = x.batch().moved(batchAxis);
        return new Computed(renamed(call, x.node(), batch.node(to)), batch);
    }

    private static Node renamed(Call call, Node x, Shape shape) {
        return x.shape().equals(shape) ? x : call.result(new Op.Reshape(shape), x);
    }

    private static Value transpose(Call call) {
        Computed x = call.x(0);
        List<Integer> permutation = new ArrayList<>();
        call.integers("perm")
                .ifPresentOrElse(written -> written.forEach(axis -> permutation.add(call.axis(axis, x.rank()))), () -> {
                    for (int axis = x.rank() - 1; axis >= 0; axis--) {
                        permutation.add(axis);
                    }
                });
        if (permutation.stream().distinct().count() != x.rank() || permutation.size() != x.rank()) {
            throw call.unsupported("has the perm " + permutation, "the file is not valid ONNX; export it again");
        }
        return Examples.transpose(call, x, permutation);
    }

    private static Value expand(Call call) {
        Computed x = call.x(0);
        List<Long> wanted = call.known(1, "shape").toIntegers();
        List<Long> from = x.dims();
        int rank = Math.max(from.size(), wanted.size());
        List<Long> to = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int own = axis - (rank - from.size());
            int other = axis - (rank - wanted.size());
            to.add(Math.max(own < 0 ? 1 : from.get(own), other < 0 ? 1 : wanted.get(other)));
        }
        Batch batch = x.batch().isNone() ? ConstantOperators.examples(to) : x.batch();
        Batch moved = x.batch().isNone() ? batch : batch.moved(batch.axis() + rank - from.size());
        if (!x.batch().isNone() && !to.get(moved.axis()).equals(from.get(batch.axis()))) {
            throw ImportFailure.mixing("repeats examples");
        }
        Node node = x.node();
        if (x.batch().isNone() && moved.isOwnAxis()) {
            int own = moved.axis() - (rank - from.size());
            node = own < 0 ? node : call.reshaped("one", node, without(node.shape(), own));
        }
        return new Computed(broadcast(call, node, moved.node(to)), moved);
    }

    private static Shape without(Shape shape, int axis) {
        return shape.upTo(axis).append(shape.from(axis + 1));
    }

    private static Node broadcast(Call call, Node x, Shape shape) {
        if (x.shape().size() == shape.size()) {
            return renamed(call, x, shape);
        }
        return call.result(new Op.Broadcast(shape), x);
    }

    /** Each repeated axis gets one of repetitions in front, is broadcast along it, and joined with it again. */
    private static Value tile(Call call) {
        Computed x = call.x(0);
        List<Long> repeats = call.known(1, "number of repetitions").toIntegers();
        List<Integer> repeated = new ArrayList<>();
        for (int axis = 0; axis < repeats.size(); axis++) {
            if (repeats.get(axis) != 1) {
                repeated.add(axis);
            }
        }
        Computed along = Examples.along(call.forPart("example"), x, repeated);
        if (repeated.isEmpty()) {
            return x;
        }
        Shape shape = along.node().shape();
        List<Integer> split = new ArrayList<>(shape.dims());
        List<Integer> wide = new ArrayList<>(shape.dims());
        List<Integer> joined = new ArrayList<>(shape.dims());
        for (int i = repeated.size() - 1; i >= 0; i--) {
            int axis = along.batch().nodeAxis(repeated.get(i));
            int times = Math.toIntExact(repeats.get(repeated.get(i)));
            split.add(axis, 1);
            wide.add(axis, times);
            joined.set(axis, joined.get(axis) * times);
        }
        Node apart = call.reshaped("apart", along.node(), new Shape(split));
        Node repeats1 = call.step("repeated", new Op.Broadcast(new Shape(wide)), apart);
        return new Computed(call.result(new Op.Reshape(new Shape(joined)), repeats1), along.batch());
    }

    private static Node depthToSpace(Call call, Node x) {
        int block = Math.toIntExact(call.integer("blocksize", 1));
        Shape shape = x.shape();
        int channels = shape.dim(0) / (block * block);
        boolean crd = call.text("mode", "DCR").equals("CRD");
        Shape split = crd
                ? Shape.of(channels, block, block, shape.dim(1), shape.dim(2))
                : Shape.of(block, block, channels, shape.dim(1), shape.dim(2));
        List<Integer> order = crd ? List.of(0, 3, 1, 4, 2) : List.of(2, 3, 0, 4, 1);
        Node moved = call.step("moved", new Op.Transpose(order), call.step("blocks", new Op.Reshape(split), x));
        return call.result(new Op.Reshape(Shape.of(channels, shape.dim(1) * block, shape.dim(2) * block)), moved);
    }

    private static Node spaceToDepth(Call call, Node x) {
        int block = Math.toIntExact(call.integer("blocksize", 1));
        Shape shape = x.shape();
        int height = shape.dim(1) / block;
        int width = shape.dim(2) / block;
        Node split = call.step("blocks", new Op.Reshape(Shape.of(shape.dim(0), height, block, width, block)), x);
        Node moved = call.step("moved", new Op.Transpose(List.of(2, 4, 0, 1, 3)), split);
        return call.result(new Op.Reshape(Shape.of(shape.dim(0) * block * block, height, width)), moved);
    }

    private static Value shape(Call call) {
        List<Long> dims = call.value(0).dims();
        int rank = dims.size();
        int start = bound(call.integer("start", 0), rank);
        int end = bound(call.integer("end", rank), rank);
        return known(call, Tensor.integers(dims.subList(Math.min(start, end), end)));
    }

    private static int bound(long written, int rank) {
        return (int) Math.max(0, Math.min(rank, written < 0 ? written + rank : written));
    }
}
