package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * The part of a convolution inside a border becomes a convolution of a smaller border: what a padded convolution hands back
 * to its padding is never computed. On a small image that padding is more than half of the work. Relies on
 * {@link DirectTransposes}; left alone where the part would need less than the whole of what lies inside the border.
 */
final class NarrowConvolutions extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (node.op() instanceof Op.Slice slice
                && inputs.get(0).op() instanceof Op.Convolution convolution
                && inputs.get(0).input(0).op() instanceof Op.Embed embed) {
            Optional<Op.Embed> narrow = narrowed(slice, convolution.window(), embed, inputs.get(0));
            if (narrow.isPresent()) {
                Node wide = inputs.get(0);
                Node border = wide.input(0);
                List<Node> operands = new ArrayList<>(wide.inputs());
                operands.set(0, turn.builder().add(narrow.get(), border.name(), border.input(0)));
                return turn.like(node, convolution, operands.toArray(Node[]::new));
            }
        }
        return keep(node, inputs, turn);
    }

    /** The border that the windows of the part reach into. */
    private static Optional<Op.Embed> narrowed(Op.Slice slice, Window window, Op.Embed embed, Node wide) {
        boolean plain = embed.value() == 0
                && isUnit(embed.steps())
                && isUnit(slice.steps())
                && isUnit(window.stride())
                && !window.isPadded()
                && slice.starts().get(0) == 0
                && slice.shape().dim(0) == wide.shape().dim(0);
        if (!plain) {
            return Optional.empty();
        }
        Shape inside = wide.input(0).input(0).shape();
        List<Integer> starts = new ArrayList<>(List.of(embed.starts().get(0)));
        Shape shape = embed.shape();
        for (int axis = 1; axis < shape.rank(); axis++) {
            int start = embed.starts().get(axis) - slice.starts().get(axis);
            int extent = slice.shape().dim(axis) + window.reach(axis - 1) - 1;
            if (start < 0 || start + inside.dim(axis) > extent) {
                return Optional.empty();
            }
            starts.add(start);
            shape = shape.with(axis, extent);
        }
        return Optional.of(new Op.Embed(starts, Collections.nCopies(shape.rank(), 1), shape, 0));
    }

    private static boolean isUnit(List<Integer> steps) {
        return steps.stream().allMatch(s -> s == 1);
    }
}
