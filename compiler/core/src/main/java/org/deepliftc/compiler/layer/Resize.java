package org.deepliftc.compiler.layer;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Changes of the space of [channels, space...]; all linear. */
public final class Resize {
    private final Nodes nodes;

    public Resize(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Each element repeated {@code scales} times along each spatial axis. */
    public Node nearest(Node x, List<Integer> scales) {
        Shape apart = x.shape().upTo(1);
        Shape repeated = apart;
        Shape result = apart;
        for (int axis = 0; axis < scales.size(); axis++) {
            int extent = x.shape().dim(axis + 1);
            apart = apart.append(Shape.of(extent, 1));
            repeated = repeated.append(Shape.of(extent, scales.get(axis)));
            result = result.append(Shape.of(extent * scales.get(axis)));
        }
        Node split = nodes.add("apart", new Op.Reshape(apart), x);
        return nodes.add("", new Op.Reshape(result), nodes.add("repeated", new Op.Broadcast(repeated), split));
    }

    /** A matrix [to, from] for each spatial axis, applied one after the other. */
    public Node byMatrices(Node x, List<ConstantData> matrices) {
        Node value = x;
        for (int axis = 0; axis < matrices.size(); axis++) {
            value = along(value, axis + 1, matrices.get(axis), axis == matrices.size() - 1);
        }
        return value;
    }

    private Node along(Node x, int axis, ConstantData matrix, boolean last) {
        int rank = x.shape().rank();
        Node weights = nodes.constant("matrix", matrix);
        Op dense = new Op.Dense(Op.Direction.FORWARD);
        if (axis == rank - 1) {
            return nodes.add(last ? "" : "along" + axis, dense, x, weights);
        }
        List<Integer> swap = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            swap.add(k == axis ? rank - 1 : k == rank - 1 ? axis : k);
        }
        Node turned = nodes.add("turned" + axis, new Op.Transpose(swap), x);
        Node product = nodes.add("along" + axis, dense, turned, weights);
        return nodes.add(last ? "" : "back" + axis, new Op.Transpose(swap), product);
    }

    /**
     * Linear interpolation from {@code from} to {@code to} positions.
     *
     * @param corners whether the first and last positions stay where they are; else pixels keep their areas
     */
    public static ConstantData linear(int from, int to, boolean corners) {
        double[] matrix = new double[to * from];
        for (int i = 0; i < to; i++) {
            double at = corners ? to == 1 ? 0 : i * (from - 1.0) / (to - 1) : Math.max(0, (i + 0.5) * from / to - 0.5);
            int low = Math.min((int) at, from - 1);
            int high = Math.min(low + 1, from - 1);
            double share = at - low;
            matrix[i * from + low] += 1 - share;
            matrix[i * from + high] += share;
        }
        return ConstantData.real(Shape.of(to, from), matrix);
    }

    /** The mean of the positions from floor(i from / to) to ceil((i + 1) from / to), as adaptive pools have it. */
    public static ConstantData means(int from, int to) {
        double[] matrix = new double[to * from];
        for (int i = 0; i < to; i++) {
            int first = (int) ((long) i * from / to);
            int end = (int) (((i + 1L) * from + to - 1) / to);
            for (int k = first; k < end; k++) {
                matrix[i * from + k] = 1.0 / (end - first);
            }
        }
        return ConstantData.real(Shape.of(to, from), matrix);
    }

    /** [C r r, H, W] to [C, H r, W r], for any number of spatial axes. */
    public Node shuffle(Node x, int factor) {
        int space = x.shape().rank() - 1;
        int channels = x.shape().dim(0);
        List<Integer> order = new ArrayList<>(List.of(0));
        Shape apart = Shape.SCALAR;
        Shape result = Shape.SCALAR;
        for (int axis = 0; axis < space; axis++) {
            channels /= factor;
            apart = apart.append(Shape.of(factor));
            order.add(1 + space + axis);
            order.add(1 + axis);
            result = result.append(Shape.of(x.shape().dim(axis + 1) * factor));
        }
        Shape split = Shape.of(channels).append(apart).append(x.shape().from(1));
        Node turned = nodes.add("turned", new Op.Transpose(order), nodes.add("apart", new Op.Reshape(split), x));
        return nodes.add("", new Op.Reshape(Shape.of(channels).append(result)), turned);
    }
}
