package org.deepliftc.compiler.importer.onnx;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** The sum of magnitudes (p = 1), or the root of the sum of squares (p = 2). */
record Norm(boolean isSquare) {
    static final Op ROOT = new Op.Elementwise(Activation.of(Kind.SQRT));

    static Norm of(Call call, long p) {
        if (p != 1 && p != 2) {
            throw call.unsupported("has p = " + p, "1 and 2 are translated");
        }
        return new Norm(p == 2);
    }

    /** What is summed. */
    Node terms(Call call, Node x) {
        Kind kind = isSquare ? Kind.SQUARE : Kind.ABS;
        return call.step("terms", new Op.Elementwise(Activation.of(kind)), x);
    }

    /** The norm from the mean of its terms and their number. */
    Node root(Call call, Node mean, Node count) {
        Op multiply = new Op.Binary(Op.BinaryKind.MULTIPLY);
        return isSquare
                ? call.result(ROOT, call.step("sum", multiply, mean, count))
                : call.result(multiply, mean, count);
    }
}
