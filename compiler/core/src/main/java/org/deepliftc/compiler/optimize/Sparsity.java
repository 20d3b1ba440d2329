package org.deepliftc.compiler.optimize;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Which values are mostly zeros by structure: what a max pool hands back has at most one position per window, and
 * products with it, moves of it, have no more.
 */
public final class Sparsity {
    private static final int DEEPEST = 64;

    /** Positions for each that may differ from 0, from which scattering beats sums in registers. */
    private static final int FEW = 16;

    private Sparsity() {}

    /** True where at most one element in every few can differ from 0, whatever the input. */
    public static boolean isSparse(Node node) {
        return isSparse(node, 0);
    }

    private static boolean isSparse(Node node, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (node.op() instanceof Op.ScatterPositions) {
            return node.shape().size() >= FEW * node.input(0).shape().size();
        }
        if (node.op() instanceof Op.Binary && ((Op.Binary) node.op()).kind() == Op.BinaryKind.MULTIPLY) {
            return factorIsSparse(node, 0, depth) || factorIsSparse(node, 1, depth);
        }
        if (node.op() instanceof Op.Reshape || node.op() instanceof Op.Transpose) {
            return isSparse(node.input(0), depth + 1);
        }
        return node.op() instanceof Op.Embed
                && ((Op.Embed) node.op()).value() == 0
                && isSparse(node.input(0), depth + 1);
    }

    private static boolean factorIsSparse(Node product, int factor, int depth) {
        Node input = product.input(factor);
        return input.shape().equals(product.shape()) && isSparse(input, depth + 1);
    }
}
