package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Functions that move or reduce: flatten, reshape, transpose, concat, pad, sum, mean, softmax and its logarithm, extent. */
final class ShapeLayers {
    private ShapeLayers() {}

    static Value flatten(Site site) {
        Node x = site.tensor("x");
        return site.result(new Op.Reshape(Shape.of(x.shape().size())), x);
    }

    static Value reshape(Site site) {
        Node x = site.tensor("x");
        List<Integer> dims = new ArrayList<>(site.arguments().wholes("shape", -1));
        long known = 1;
        int free = -1;
        for (int axis = 0; axis < dims.size(); axis++) {
            if (dims.get(axis) == 0 || dims.get(axis) == -1 && free >= 0) {
                throw Failure.of(
                        Problem.SHAPE003,
                        site.arguments().span("shape"),
                        "reshape: every extent is at least 1; one of them may be -1, to be worked out");
            }
            free = dims.get(axis) == -1 ? axis : free;
            known = Math.min(Integer.MAX_VALUE, known * Math.abs(dims.get(axis)));
        }
        if (free >= 0) {
            if (x.shape().size() % known != 0) {
                throw site.shapeFailure(
                        x.shape() + " has " + x.shape().size() + " elements, which do not divide by " + known, x);
            }
            dims.set(free, (int) (x.shape().size() / known));
        }
        return site.result(new Op.Reshape(site.shape(dims)), x);
    }

    static Value transpose(Site site) {
        Node x = site.tensor("x");
        List<Integer> axes = new ArrayList<>();
        if (site.arguments().has("axes")) {
            axes.addAll(site.arguments().axes("axes", x.shape().rank()));
        } else {
            for (int axis = x.shape().rank() - 1; axis >= 0; axis--) {
                axes.add(axis);
            }
        }
        return site.result(new Op.Transpose(axes), x);
    }

    /** broadcast(x, shape): x repeated along axes of extent 1 and new ones in front. */
    static Value broadcast(Site site) {
        Node x = site.tensor("x");
        Shape shape = site.shape(site.arguments().wholes("shape", 1));
        return site.result(new Op.Broadcast(shape), x);
    }

    static Value concat(Site site) {
        Node[] parts = several(site);
        if (parts[0].shape().rank() == 0) {
            throw site.shapeFailure("scalars have no axis to join along", parts);
        }
        return site.result(
                new Op.Concat(site.arguments().axis("axis", parts[0].shape().rank(), 0)), parts);
    }

    private static Node[] several(Site site) {
        List<Arguments.Given> given = site.arguments().rest();
        if (given.isEmpty()) {
            throw Failure.of(
                    Problem.CALL002,
                    site.span(),
                    site.function() + ": there is nothing to combine",
                    "name two or more");
        }
        return given.stream().map(g -> site.tensor(g, "x")).toArray(Node[]::new);
    }

    /** maximum(a, b, ...) and minimum(a, b, ...), broadcasting. */
    /** The largest or smallest of several values, or of the elements of one along axes. */
    static Value extreme(Site site, Op.BinaryKind kind) {
        Node[] parts = several(site);
        boolean alongAxes = site.arguments().has("axis") || site.arguments().has("keepdims");
        if (parts.length == 1 && alongAxes) {
            return kind == Op.BinaryKind.MAXIMUM ? reduce(site, Op.ReduceKind.MAX, parts[0]) : smallest(site, parts[0]);
        }
        if (parts.length < 2) {
            throw Failure.of(
                    Problem.CALL002,
                    site.span(),
                    site.function() + " compares two or more values",
                    "the " + (kind == Op.BinaryKind.MAXIMUM ? "largest" : "smallest") + " element of one value is "
                            + site.function() + "(x, axis = ...)");
        }
        if (alongAxes) {
            throw Failure.of(
                    Problem.CALL001,
                    site.span(),
                    site.function() + " compares several values or the elements of one along axes, not both");
        }
        return site.result(new Op.Binary(kind), parts);
    }

    /** min x = -max(-x). */
    private static Value smallest(Site site, Node x) {
        Node minusOne = site.constant(ConstantData.scalar(-1), "constant", site.span());
        Op negate = new Op.Binary(Op.BinaryKind.MULTIPLY);
        Node largest =
                site.step("largest", reduction(site, Op.ReduceKind.MAX, x), site.step("negated", negate, x, minusOne));
        return site.result(negate, largest, minusOne);
    }

    static Value pad(Site site) {
        Node x = site.tensor("x");
        List<Integer> before = amounts(site, "before", x);
        List<Integer> after = amounts(site, "after", x);
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            long extent = (long) x.shape().dim(axis) + before.get(axis) + after.get(axis);
            dims.add((int) Math.min(Integer.MAX_VALUE, extent));
        }
        List<Integer> steps = Collections.nCopies(dims.size(), 1);
        return site.result(
                new Op.Embed(before, steps, site.shape(dims), site.arguments().real("value", 0)), x);
    }

    private static List<Integer> amounts(Site site, String parameter, Node x) {
        int rank = x.shape().rank();
        if (!site.arguments().has(parameter)) {
            return Collections.nCopies(rank, 0);
        }
        List<Integer> amounts = site.arguments().wholes(parameter, 0);
        if (amounts.size() != rank) {
            throw site.arguments()
                    .outOfRange(
                            parameter,
                            "'" + parameter + "' has " + amounts.size() + " entries, but the input " + x.shape()
                                    + " has " + rank + " axes");
        }
        return amounts;
    }

    /** sum(x, axis) and mean(x, axis); over all axes where none is named. */
    static Value reduce(Site site, Op.ReduceKind kind) {
        return reduce(site, kind, site.tensor("x"));
    }

    private static Value reduce(Site site, Op.ReduceKind kind, Node x) {
        return site.result(reduction(site, kind, x), x);
    }

    private static Op reduction(Site site, Op.ReduceKind kind, Node x) {
        List<Integer> axes = new ArrayList<>();
        if (site.arguments().has("axis")) {
            axes.addAll(site.arguments().axes("axis", x.shape().rank()));
        } else {
            for (int axis = 0; axis < x.shape().rank(); axis++) {
                axes.add(axis);
            }
        }
        Collections.sort(axes);
        if (axes.stream().distinct().count() < axes.size()) {
            throw site.arguments().outOfRange("axis", "an axis is named twice");
        }
        return new Op.Reduce(kind, axes, site.arguments().flag("keepdims", false));
    }

    static Value softmax(Site site, IntFunction<Op> operator) {
        Node x = site.tensor("x");
        if (x.shape().rank() == 0) {
            throw site.shapeFailure("a scalar has no axis to normalise along", x);
        }
        return site.result(
                operator.apply(site.arguments().axis("axis", x.shape().rank(), -1)), x);
    }

    /** extent(x, axis): a number for arguments such as filters. */
    static Value extent(Site site) {
        Node x = site.tensor("x");
        site.arguments().required("axis");
        return new Value.Whole(
                x.shape().dim(site.arguments().axis("axis", x.shape().rank(), 0)));
    }
}
