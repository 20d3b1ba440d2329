package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network drawn in layers from its inputs at the top to its outputs at the bottom.
 *
 * <pre>{@code
 * GraphDiagram.Builder graph = GraphDiagram.builder();
 * graph.node("x", NodeKind.INPUT, List.of("x", "4 x 200"));
 * graph.node("c", NodeKind.AFFINE, List.of("conv1", "20 x 186"));
 * graph.edge("x", "c");
 * graph.build().write(Path.of("graph.svg"));
 * }</pre>
 */
public final class GraphDiagram {
    private static final int MOST_NODES = 20_000;
    private static final int MOST_LINES = 8;
    private static final double NAME_SIZE = 11;
    private static final double LINE_SIZE = 9.5;
    private static final double LINE_HEIGHT = 13;
    private static final double WIDEST_TEXT = 240;
    private static final double LEAST_BOX_WIDTH = 64;
    private static final double ARROW_LENGTH = 6;
    private static final Style EDGE = Style.stroke(new Colour(0x6B7075), 1.1);

    private GraphDiagram() {}

    public static Builder builder() {
        return new Builder();
    }

    /** A node; the first line is its name, written bold. */
    record Node(String id, NodeKind kind, List<String> lines) {}

    /** Collects nodes and edges; each call returns the same builder. */
    public static final class Builder {
        private String heading = "";
        private String footnote = "";
        private final Map<String, Integer> indices = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final Set<Layering.Link> links = new LinkedHashSet<>();

        private Builder() {}

        /** A title above the drawing. */
        public Builder heading(String text) {
            heading = text;
            return this;
        }

        /** A line below the drawing. */
        public Builder footnote(String text) {
            footnote = text;
            return this;
        }

        /**
         * Adds a node.
         *
         * @param id unique, not drawn
         * @param lines what is written in it, the name first; at most eight lines are drawn
         * @throws IllegalArgumentException if the id is taken or there are too many nodes
         */
        public Builder node(String id, NodeKind kind, List<String> lines) {
            if (nodes.size() == MOST_NODES) {
                throw new IllegalArgumentException("a diagram holds at most " + MOST_NODES + " nodes");
            }
            if (indices.putIfAbsent(id, nodes.size()) != null) {
                throw new IllegalArgumentException("node '" + Text.clean(id) + "' is declared twice");
            }
            List<String> shown = lines.isEmpty() ? List.of(id) : lines.subList(0, Math.min(MOST_LINES, lines.size()));
            nodes.add(new Node(id, kind, List.copyOf(shown)));
            return this;
        }

        /**
         * Adds an edge between nodes declared before; the same edge again is drawn once.
         *
         * @throws IllegalArgumentException if either node is unknown or both are the same
         */
        public Builder edge(String from, String to) {
            if (from.equals(to)) {
                throw new IllegalArgumentException("node '" + Text.clean(from) + "' has an edge to itself");
            }
            links.add(new Layering.Link(index(from), index(to)));
            return this;
        }

        /** @throws IllegalArgumentException if there is no node, a cycle, or too much to lay out */
        public Picture build() {
            if (nodes.isEmpty()) {
                throw new IllegalArgumentException("a diagram needs at least one node");
            }
            return draw(this, List.copyOf(links));
        }

        /** The same graph in the language of Graphviz, cycles allowed. */
        public String dot() {
            return Dot.write(heading, nodes, List.copyOf(links));
        }

        private int index(String id) {
            Integer index = indices.get(id);
            if (index == null) {
                throw new IllegalArgumentException("an edge names node '" + Text.clean(id)
                        + "', which is not declared; declare nodes before their edges");
            }
            return index;
        }
    }

    private static Picture draw(Builder graph, List<Layering.Link> links) {
        List<Node> nodes = graph.nodes;
        double[] widths = nodes.stream().mapToDouble(GraphDiagram::boxWidth).toArray();
        double[] heights = nodes.stream().mapToDouble(GraphDiagram::boxHeight).toArray();
        LayeredLayout layout = new LayeredLayout(widths, heights, links, layers(nodes, links));
        Set<NodeKind> kinds =
                nodes.stream().map(Node::kind).collect(Collectors.toCollection(() -> EnumSet.noneOf(NodeKind.class)));
        double pageWidth = Math.max(layout.width() + 2 * Page.MARGIN, 260);
        Page page = new Page(Math.ceil(Math.max(pageWidth, headingWidth(graph.heading))));
        page.heading(graph.heading);
        double left = (page.width() - layout.width()) / 2;
        for (int i = 0; i < links.size(); i++) {
            drawEdge(page, layout.route(i), left, page.y());
        }
        for (int i = 0; i < nodes.size(); i++) {
            double x = left + layout.centreX(i) - widths[i] / 2;
            drawNode(page, nodes.get(i), x, page.y() + layout.top(i), widths[i], heights[i]);
        }
        page.advance(layout.height() + 18);
        drawLegend(page, kinds);
        return page.finish(graph.footnote);
    }

    private static int[] layers(List<Node> nodes, List<Layering.Link> links) {
        boolean[] pinned = new boolean[nodes.size()];
        for (int i = 0; i < pinned.length; i++) {
            pinned[i] = nodes.get(i).kind == NodeKind.INPUT;
        }
        return Layering.layers(nodes.size(), links, pinned).orElseThrow(() -> {
            List<Integer> cycle = Layering.cycle(nodes.size(), links);
            String path = cycle.stream()
                    .limit(6)
                    .map(i -> "'" + Text.clean(nodes.get(i).id) + "'")
                    .collect(Collectors.joining(" -> "));
            return new IllegalArgumentException("a layered diagram cannot hold a cycle, but there is one of "
                    + cycle.size() + " nodes: " + path + (cycle.size() > 6 ? " -> ..." : " and back"));
        });
    }

    private static double headingWidth(String heading) {
        return Math.min(480, TextWidth.of(heading, 15, Text.Weight.BOLD) + 2 * Page.MARGIN + 1);
    }

    private static double boxWidth(Node node) {
        double widest = TextWidth.of(node.lines.get(0), NAME_SIZE, Text.Weight.BOLD);
        for (String line : node.lines.subList(1, node.lines.size())) {
            widest = Math.max(widest, TextWidth.of(line, LINE_SIZE));
        }
        return Math.max(LEAST_BOX_WIDTH, Math.min(WIDEST_TEXT, widest) + 18);
    }

    private static double boxHeight(Node node) {
        return node.lines.size() * LINE_HEIGHT + 10;
    }

    private static void drawNode(Page page, Node node, double x, double y, double width, double height) {
        Style style = Style.fill(node.kind.fill()).outlined(node.kind.stroke(), 1);
        page.add(new Rect(x, y, width, height, 4, style));
        double middle = x + width / 2;
        for (int i = 0; i < node.lines.size(); i++) {
            double baseline = y + 5 + i * LINE_HEIGHT + 9.8;
            double size = i == 0 ? NAME_SIZE : LINE_SIZE;
            Text.Weight weight = i == 0 ? Text.Weight.BOLD : Text.Weight.REGULAR;
            String line = TextWidth.fit(node.lines.get(i), width - 14, size, weight);
            page.add(new Text(line, middle, baseline, size, Text.Anchor.MIDDLE, weight, 0, node.kind.ink()));
        }
    }

    private static void drawEdge(Page page, List<LayeredLayout.Point> route, double left, double top) {
        LayeredLayout.Point end = route.get(route.size() - 1);
        double tipX = left + end.x();
        double tipY = top + end.y();
        Outline.Pen pen =
                Outline.pen().move(left + route.get(0).x(), top + route.get(0).y());
        for (int i = 1; i < route.size(); i++) {
            LayeredLayout.Point from = route.get(i - 1);
            LayeredLayout.Point to = route.get(i);
            double x = left + to.x();
            // The arrowhead covers the last stretch.
            double y = Math.min(top + to.y(), tipY - ARROW_LENGTH + 0.5);
            if (Math.abs(from.x() - to.x()) < 0.01) {
                pen.to(x, y);
            } else {
                double bend = (y - top - from.y()) * 0.5;
                pen.curve(left + from.x(), top + from.y() + bend, x, y - bend, x, y);
            }
        }
        page.add(pen.draw(EDGE));
        page.add(Outline.pen()
                .move(tipX, tipY)
                .to(tipX - 3.2, tipY - ARROW_LENGTH)
                .to(tipX + 3.2, tipY - ARROW_LENGTH)
                .close()
                .draw(Style.fill(EDGE.stroke().orElseThrow())));
    }

    /** A swatch and a word for each kind, in as many lines as the width of the page asks for. */
    private static void drawLegend(Page page, Set<NodeKind> kinds) {
        double x = Page.MARGIN;
        double y = page.y();
        for (NodeKind kind : kinds) {
            double width = 15 + TextWidth.of(kind.label(), LINE_SIZE) + 14;
            if (x > Page.MARGIN && x + width > page.width() - Page.MARGIN) {
                x = Page.MARGIN;
                y += 16;
            }
            page.add(new Rect(x, y, 10, 10, 2, Style.fill(kind.fill()).outlined(kind.stroke(), 1)));
            page.add(new Text(kind.label(), x + 15, y + 8.6, LINE_SIZE, Text.Anchor.START, Colour.GREY));
            x += width;
        }
        page.advance(y - page.y() + 18);
    }
}
