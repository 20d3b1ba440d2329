package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** What generated code tells its reader about a step: the node, its place in the model, its rule and equation. */
final class Comments {
    private Comments() {}

    static List<String> of(List<Node> nodes, Map<String, String> notes) {
        List<String> lines = new ArrayList<>();
        for (Node node : nodes) {
            String line = line(node, notes);
            if (!lines.contains(line)) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String line(Node node, Map<String, String> notes) {
        String place = node.span().isKnown()
                ? " (" + node.span().fileName() + ":" + node.span().line() + ")"
                : "";
        String note = notes.get(node.name());
        return node.name() + place + " " + node.shape() + ": " + (note == null ? describe(node.op()) : note);
    }

    private static String describe(Op op) {
        if (op instanceof Op.Elementwise) {
            return ((Op.Elementwise) op).activation().name();
        }
        if (op instanceof Op.DividedDifference) {
            return "divided difference of "
                    + ((Op.DividedDifference) op).activation().name();
        }
        if (op instanceof Op.Binary) {
            return ((Op.Binary) op).kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (op instanceof Op.Reduce) {
            Op.Reduce reduce = (Op.Reduce) op;
            return reduce.kind().name().toLowerCase(Locale.ROOT) + " over axes " + reduce.axes();
        }
        if (op instanceof Op.MeanOver mean) {
            return mean.axes().contains(Axis.STEP) ? "mean over the path" : "mean over references";
        }
        return words(op.getClass().getSimpleName());
    }

    /** {@code ArgMaxPool} as {@code arg max pool}. */
    private static String words(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
