package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

/** Maxima are read off at winners that are searched for anyway. */
final class ReuseWinnersTest {
    private static final Window WINDOW = Window.of(List.of(4), List.of(4));

    private final Sketch sketch = new Sketch();
    private final Node x = sketch.relu(sketch.leaf(3, 12));

    private Node scattered(Window window) {
        Node winners = sketch.add(new Op.ArgMaxPool(window), x);
        return sketch.add(
                new Op.ScatterPositions(Shape.of(12)),
                sketch.leaf(winners.shape().toArray()),
                winners);
    }

    @Test
    void ofTheSameWindowsOnTheSameValueWhicheverComesFirst() {
        Node before = sketch.add(new Op.MaxPool(WINDOW), x);
        Node winners = scattered(WINDOW);
        Node behind = sketch.add(new Op.MaxPool(WINDOW), x);
        Graph after = sketch.result(before).result(winners).result(behind).after(new ReuseWinners());
        String maxima = "gatherPositions(relu(x0), argMaxPool(relu(x0)))";
        assertThat(Sketch.form(after))
                .isEqualTo(maxima + "\nscatterPositions[3, 12](x1, argMaxPool(relu(x0)))\n" + maxima);
        assertThat(Sketch.count(after, Op.ArgMaxPool.class)).isEqualTo(1);
        assertThat(Sketch.count(after, Op.MaxPool.class)).isZero();
    }

    @Test
    void notOfOtherWindowsNorOfOtherValues() {
        Node narrow = sketch.add(new Op.MaxPool(Window.of(List.of(3), List.of(3))), x);
        Node other = sketch.add(new Op.MaxPool(WINDOW), sketch.leaf(3, 12));
        Graph after =
                sketch.result(narrow).result(other).result(scattered(WINDOW)).after(new ReuseWinners());
        assertThat(Sketch.count(after, Op.MaxPool.class)).isEqualTo(2);
    }

    @Test
    void aPoolAloneStaysAPool() {
        Graph before = sketch.result(sketch.add(new Op.MaxPool(WINDOW), x)).graph();
        assertThat(new ReuseWinners().run(before)).isSameAs(before);
    }
}
