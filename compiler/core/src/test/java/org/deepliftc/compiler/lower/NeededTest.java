package org.deepliftc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

/** Positions behind the last that a pool looks at are not computed. */
final class NeededTest {
    private static final Window POOL = Window.of(List.of(4), List.of(4));

    private final GraphBuilder builder = new GraphBuilder();
    private final Node x = add(new Op.Input(Op.Role.ACTUAL, 0, Shape.of(3, 23), ElementType.REAL));
    private final Node layer = add(
            new Op.Convolution(Window.of(List.of(2), List.of(1)), 1),
            x,
            builder.constant(ConstantData.real(Shape.of(5, 3, 2), new double[30]), "weights"));
    private final Node relu = add(new Op.Elementwise(Activation.of(Activation.Kind.RELU)), layer);

    private Node add(Op op, Node... inputs) {
        return builder.add(op, "node", inputs);
    }

    private static int[] needed(Node node, Set<Node> inlines, Node... results) {
        Map<String, Node> outputs = new java.util.LinkedHashMap<>();
        for (Node result : results) {
            outputs.put("result " + outputs.size(), result);
        }
        return new Needed(Graph.of("graph", outputs), inlines).of(node);
    }

    @Test
    void aPoolLooksAsFarAsItsLastWindowReaches() {
        assertThat(needed(relu, Set.of(), add(new Op.MaxPool(POOL), relu))).containsExactly(20);
        assertThat(needed(relu, Set.of(), add(new Op.ArgMaxPool(POOL), relu))).containsExactly(20);
    }

    @Test
    void paddingInFrontShiftsTheWindows() {
        Window padded = new Window(List.of(4), List.of(4), List.of(1), List.of(2), List.of(0));
        assertThat(needed(relu, Set.of(), add(new Op.MaxPool(padded), relu))).containsExactly(22);
        Window both = new Window(List.of(4), List.of(4), List.of(1), List.of(1), List.of(1));
        assertThat(needed(relu, Set.of(), add(new Op.MaxPool(both), relu)))
                .as("never more than there are")
                .containsExactly(22);
    }

    @Test
    void whatIsComputedWhereItIsReadHandsTheQuestionOn() {
        Node pool = add(new Op.MaxPool(POOL), relu);
        assertThat(needed(layer, Set.of(relu), pool)).containsExactly(20);
        assertThat(needed(layer, Set.of(), pool))
                .as("stored, it is stored whole")
                .containsExactly(22);
    }

    @Test
    void aWinnerIsWhereAWindowReaches() {
        Node ofActual = add(new Op.ArgMaxPool(POOL), relu);
        Node known = builder.constant(ConstantData.index(Shape.of(5, 5), new double[25]), "winners");
        Node chosen = add(new Op.Select(), add(new Op.MaxPool(POOL), relu), ofActual, known);
        Node there = add(new Op.GatherPositions(), layer, chosen);
        assertThat(needed(layer, Set.of(relu), there)).containsExactly(20);
    }

    @Test
    void knownWinnersSayThemselvesHowFar() {
        double[] positions = new double[25];
        positions[7] = 11;
        positions[24] = 5;
        Node known = builder.constant(ConstantData.index(Shape.of(5, 5), positions), "winners");
        assertThat(needed(layer, Set.of(), add(new Op.GatherPositions(), layer, known)))
                .containsExactly(12);
    }

    @Test
    void anyOtherReaderAndACallerNeedAll() {
        Node pool = add(new Op.MaxPool(POOL), relu);
        assertThat(needed(relu, Set.of(), pool, add(new Op.Softmax(0), relu))).containsExactly(22);
        assertThat(needed(relu, Set.of(), pool, relu)).containsExactly(22);
    }

    @Test
    void alongTwoAxes() {
        Node image = add(new Op.Input(Op.Role.ACTUAL, 1, Shape.of(2, 9, 11), ElementType.REAL));
        Node twice = add(new Op.Binary(Op.BinaryKind.ADD), image, image);
        Window window = new Window(List.of(2, 3), List.of(2, 3), List.of(1, 1), List.of(0, 0), List.of(0, 0));
        assertThat(needed(twice, Set.of(), add(new Op.MaxPool(window), twice))).containsExactly(8, 9);
    }
}
