package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphDiagramTest {
    private static GraphDiagram.Builder chain(int length) {
        GraphDiagram.Builder graph = GraphDiagram.builder();
        for (int i = 0; i < length; i++) {
            graph.node("n" + i, i == 0 ? NodeKind.INPUT : NodeKind.AFFINE, List.of("layer " + i, "16 x 16"));
            if (i > 0) {
                graph.edge("n" + (i - 1), "n" + i);
            }
        }
        return graph;
    }

    private static List<Rect> boxes(Picture picture) {
        return Scenes.shapes(picture, Rect.class)
                .filter(rect -> rect.radius() == 4)
                .toList();
    }

    @Test
    void aChainRunsStraightDown() throws Exception {
        Picture picture = chain(200).build();
        List<Rect> boxes = boxes(picture);
        assertThat(boxes).hasSize(200);
        double middle = boxes.get(0).x() + boxes.get(0).width() / 2;
        for (int i = 1; i < 200; i++) {
            assertThat(boxes.get(i).y())
                    .isGreaterThan(boxes.get(i - 1).y() + boxes.get(i - 1).height());
            assertThat(boxes.get(i).x() + boxes.get(i).width() / 2).isCloseTo(middle, within(0.01));
        }
        assertClear(picture);
        assertThat(Scenes.paint(picture).getHeight()).isEqualTo((int) picture.height());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomGraphsAreDrawnWithoutOverlap(long seed) {
        Random random = new Random(seed);
        int nodes = 5 + random.nextInt(60);
        GraphDiagram.Builder graph =
                GraphDiagram.builder().heading("random network " + seed).footnote("f");
        for (int i = 0; i < nodes; i++) {
            NodeKind kind = NodeKind.values()[random.nextInt(NodeKind.values().length)];
            graph.node("n" + i, kind, Collections.nCopies(1 + random.nextInt(4), "line of node " + i));
            for (int k = random.nextInt(4); k > 0 && i > 0; k--) {
                graph.edge("n" + random.nextInt(i), "n" + i);
            }
        }
        assertClear(graph.build());
    }

    /** No box touches another, no edge runs over a box it does not join, all lies on the page. */
    private static void assertClear(Picture picture) {
        Scenes.assertLegible(picture);
        List<Rectangle2D> boxes = new ArrayList<>();
        for (Rect rect : boxes(picture)) {
            Rectangle2D box = new Rectangle2D.Double(rect.x(), rect.y(), rect.width(), rect.height());
            assertThat(boxes).noneMatch(box::intersects);
            assertThat(new Rectangle2D.Double(0, 0, picture.width(), picture.height()).contains(box))
                    .isTrue();
            boxes.add(box);
        }
        Scenes.shapes(picture, Outline.class)
                .filter(outline -> outline.style().stroke().isPresent())
                .forEach(edge -> assertThat(boxes).noneMatch(box -> runsThrough(edge, box)));
    }

    private static boolean runsThrough(Outline edge, Rectangle2D box) {
        Path2D path = new Path2D.Double();
        for (Outline.Step step : edge.steps()) {
            if (step instanceof Outline.Move move) {
                path.moveTo(move.x(), move.y());
            } else if (step instanceof Outline.To to) {
                path.lineTo(to.x(), to.y());
            } else if (step instanceof Outline.Curve c) {
                path.curveTo(c.x1(), c.y1(), c.x2(), c.y2(), c.x(), c.y());
            }
        }
        Rectangle2D inside =
                new Rectangle2D.Double(box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
        double[] at = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator it = path.getPathIterator(null, 0.1); !it.isDone(); it.next()) {
            boolean isMove = it.currentSegment(at) == PathIterator.SEG_MOVETO;
            if (!isMove && inside.intersectsLine(x, y, at[0], at[1])) {
                return true;
            }
            x = at[0];
            y = at[1];
        }
        return false;
    }

    @Test
    void longEdgesRunStraight() {
        GraphDiagram.Builder graph = chain(12);
        graph.edge("n0", "n11");
        Picture picture = graph.build();
        Rect box = boxes(picture).get(0);
        double boxes = Math.round((box.x() + box.width() / 2) * 100) / 100.0;
        Outline skip = Scenes.shapes(picture, Outline.class)
                .filter(outline -> outline.steps().size() > 10)
                .findFirst()
                .orElseThrow();
        List<Double> lanes = skip.steps().stream()
                .filter(Outline.To.class::isInstance)
                .map(step -> Math.round(((Outline.To) step).x() * 100) / 100.0)
                .distinct()
                .filter(x -> x != boxes)
                .toList();
        assertThat(lanes).as("one lane all the way down").hasSize(1);
    }

    @Test
    void inputsStandAtTheTopAndParametersBesideTheirUse() {
        GraphDiagram.Builder graph = chain(5);
        graph.node("late", NodeKind.INPUT, List.of("late")).edge("late", "n4");
        graph.node("weight", NodeKind.PARAMETER, List.of("weight")).edge("weight", "n4");
        List<Rect> boxes = boxes(graph.build());
        double[] middle =
                boxes.stream().mapToDouble(box -> box.y() + box.height() / 2).toArray();
        assertThat(middle[5]).isEqualTo(middle[0]);
        assertThat(middle[6]).isEqualTo(middle[3]);
    }

    @Test
    void refusesWhatIsNoLayeredGraph() {
        GraphDiagram.Builder graph = chain(4);
        assertThatThrownBy(() -> graph.edge("n0", "n9")).hasMessageContaining("'n9', which is not declared");
        assertThatThrownBy(() -> graph.edge("n0", "n0")).hasMessageContaining("edge to itself");
        assertThatThrownBy(() -> graph.node("n0", NodeKind.OTHER, List.of())).hasMessageContaining("declared twice");
        assertThatThrownBy(() -> GraphDiagram.builder().build()).hasMessageContaining("at least one node");
        graph.edge("n3", "n1");
        assertThatThrownBy(graph::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of 3 nodes")
                .hasMessageContaining("'n2' -> 'n3' -> 'n1' and back");
    }

    @Test
    void refusesMoreBendsThanCanBeDrawn() {
        GraphDiagram.Builder graph = chain(1000);
        for (int i = 0; i < 400; i++) {
            graph.edge("n" + i, "n" + (999 - i / 2));
        }
        assertThatThrownBy(graph::build).hasMessageContaining("write .dot");
    }

    @Test
    void dotQuotesEveryName() {
        String dot = GraphDiagram.builder()
                .heading("a \"b\"")
                .node("x\"; evil", NodeKind.INPUT, List.of("x\"]; evil [", "back\\slash\n<b>&lt;"))
                .node("y", NodeKind.OUTPUT, List.of("y"))
                .edge("x\"; evil", "y")
                .dot();
        assertThat(dot).isEqualTo("""
                digraph {
                  label="a \\"b\\"" labelloc=t
                  node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=11]
                  n0 [label="x\\"]; evil [\\nback\\\\slash <b>&amp;lt;" fillcolor="#fff4d6" color="#c9971c" \
                fontcolor="#1a1a1a"]
                  n1 [label="y" fillcolor="#3c4043" color="#202124" fontcolor="#ffffff"]
                  n0 -> n1
                }
                """);
    }
}
