package org.deepliftc.pictures;

import java.util.List;
import java.util.stream.Collectors;

/** Writes graphs in the DOT language of Graphviz. */
final class Dot {
    private Dot() {}

    /** The whole file; nodes are numbered, so that no name of a model can be anything but a label. */
    static String write(String heading, List<GraphDiagram.Node> nodes, List<Layering.Link> links) {
        StringBuilder out = new StringBuilder("digraph {\n");
        if (!heading.isEmpty()) {
            out.append("  label=").append(quote(heading)).append(" labelloc=t\n");
        }
        out.append("  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica\" fontsize=11]\n");
        for (int i = 0; i < nodes.size(); i++) {
            GraphDiagram.Node node = nodes.get(i);
            String label = node.lines().stream().map(Dot::escape).collect(Collectors.joining("\\n", "\"", "\""));
            out.append("  n").append(i).append(" [label=").append(label);
            out.append(" fillcolor=").append(quote(node.kind().fill().hex()));
            out.append(" color=").append(quote(node.kind().stroke().hex()));
            out.append(" fontcolor=").append(quote(node.kind().ink().hex())).append("]\n");
        }
        for (Layering.Link link : links) {
            out.append("  n")
                    .append(link.from())
                    .append(" -> n")
                    .append(link.to())
                    .append('\n');
        }
        return out.append("}\n").toString();
    }

    /** A quoted string that Graphviz shows as it is, never as an escape sequence or markup. */
    static String quote(String raw) {
        return '"' + escape(raw) + '"';
    }

    private static String escape(String raw) {
        // Graphviz also replaces character entities in labels.
        return Text.clean(raw).replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
    }
}
