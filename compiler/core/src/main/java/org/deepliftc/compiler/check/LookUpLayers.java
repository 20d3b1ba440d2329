package org.deepliftc.compiler.check;

import java.util.List;
import java.util.stream.Stream;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Tables by number, and choices by condition. */
final class LookUpLayers {
    private LookUpLayers() {}

    /** embedding(x, weights): the row of the table for each number in x. */
    static Value embedding(Site site) {
        Node x = site.tensor("x");
        Parameters parameters = new Parameters(site);
        Parameters.Weight table = parameters.require("weight", "weight", Parameters.MAIN);
        if (table.shape().rank() != 2) {
            throw parameters.mismatch(table, Shape.of(table.shape().size(), 1), List.of("a table of rows"));
        }
        int entries = site.arguments().whole("entries", 1, table.shape().dim(0));
        int features = site.arguments().whole("features", 1, table.shape().dim(1));
        Shape needed = site.shape(List.of(entries, features));
        if (!table.shape().equals(needed)) {
            throw parameters.mismatch(table, needed, List.of("entries = " + entries + " with features = " + features));
        }
        return site.result(new Op.LookUp(), x, table.node());
    }

    /** where(condition, a, b): a where the condition is not 0, else b; all three broadcast. */
    static Value where(Site site) {
        List<Node> given = Stream.of("condition", "a", "b").map(site::tensor).toList();
        Shape shape = Shape.SCALAR;
        try {
            for (Node node : given) {
                shape = Shape.broadcast(shape, node.shape());
            }
        } catch (IllegalArgumentException e) {
            throw site.shapeFailure(e.getMessage(), given.toArray(Node[]::new));
        }
        Shape common = shape;
        Node[] alike = given.stream()
                .map(node ->
                        node.shape().equals(common) ? node : site.step("broadcast", new Op.Broadcast(common), node))
                .toArray(Node[]::new);
        return site.result(new Op.Select(), alike);
    }

    /** at_least(a, b): 1 where a is at least b, else 0. */
    static Value atLeast(Site site) {
        return site.result(new Op.Binary(Op.BinaryKind.AT_LEAST), site.tensor("a"), site.tensor("b"));
    }
}
