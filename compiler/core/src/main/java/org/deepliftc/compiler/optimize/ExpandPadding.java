package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * A padded convolution reads an input that carries its border, so that its loops have no special cases; the transposed
 * one writes to such a tensor, of which the inside is taken.
 */
final class ExpandPadding extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (node.op() instanceof Op.Convolution) {
            Op.Convolution op = (Op.Convolution) node.op();
            if (op.window().isPadded()) {
                List<Node> bordered = new ArrayList<>(inputs);
                bordered.set(0, bordered(inputs.get(0), op.window(), turn));
                Op.Convolution inner = new Op.Convolution(op.window().withoutPadding(), op.groups());
                return turn.builder().addLike(node, inner, bordered);
            }
        }
        if (node.op() instanceof Op.ConvolutionTransposed) {
            Op.ConvolutionTransposed op = (Op.ConvolutionTransposed) node.op();
            if (op.window().isPadded()) {
                Op.ConvolutionTransposed outer = new Op.ConvolutionTransposed(
                        op.window().withoutPadding(), op.groups(), borderedSpace(op.space(), op.window()));
                Node whole = turn.builder().add(outer, inputs, node.name() + ".bordered", node.span());
                Op.Slice inside =
                        new Op.Slice(starts(op.window()), ones(node.shape().rank()), node.shape());
                return turn.like(node, inside, whole);
            }
        }
        return keep(node, inputs, turn);
    }

    private static Node bordered(Node x, Window window, Turn turn) {
        Shape shape = Shape.of(x.shape().dim(0)).append(borderedSpace(x.shape().from(1), window));
        return turn.builder()
                .add(new Op.Embed(starts(window), ones(shape.rank()), shape, 0), x.name() + ".bordered", x);
    }

    private static Shape borderedSpace(Shape space, Window window) {
        Shape bordered = space;
        for (int axis = 0; axis < space.rank(); axis++) {
            bordered = bordered.with(
                    axis,
                    space.dim(axis)
                            + window.padBefore().get(axis)
                            + window.padAfter().get(axis));
        }
        return bordered;
    }

    private static List<Integer> starts(Window window) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        starts.addAll(window.padBefore());
        return starts;
    }

    private static List<Integer> ones(int rank) {
        return Collections.nCopies(rank, 1);
    }
}
