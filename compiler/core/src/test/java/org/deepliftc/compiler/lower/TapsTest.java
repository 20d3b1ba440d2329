package org.deepliftc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

/** Where the taps of small windows lie, in an image whose channels lie last inside a border and in flat positions. */
final class TapsTest {
    private static final Window WINDOW = Window.of(List.of(2, 3), List.of(2, 4));

    private static Node winners(Window window, int height, int width) {
        GraphBuilder builder = new GraphBuilder();
        Op.Input image = new Op.Input(Op.Role.ACTUAL, 0, Shape.of(16, height, width), ElementType.REAL);
        return builder.add(new Op.ArgMaxPool(window), "winners", builder.add(image, "image"));
    }

    @Test
    void walksWindowsAndTheirTaps() {
        Taps taps = Taps.of(winners(WINDOW, 6, 11)).orElseThrow();
        View bordered = View.channelsLast(Shape.of(16, 8, 13), 16).part(List.of(0, 1, 1), Shape.of(16, 6, 11));
        assertThat(taps.strides(bordered)).containsExactly(1, 2 * 13 * 16, 4 * 16);
        assertThat(taps.offsets(bordered)).containsExactly(0, 16, 32, 13 * 16, 13 * 16 + 16, 13 * 16 + 32);
        assertThat(taps.flatStrides()).containsExactly(0, 2 * 11, 4);
        assertThat(taps.flatOffsets()).containsExactly(0, 1, 2, 11, 12, 13);
    }

    @Test
    void knowsWhetherWindowsCoverEverything() {
        Window touching = Window.of(List.of(2, 2), List.of(2, 2));
        assertThat(Taps.of(winners(touching, 6, 8)).orElseThrow().cover()).isTrue();
        assertThat(Taps.of(winners(touching, 6, 9)).orElseThrow().cover()).isFalse();
        assertThat(Taps.of(winners(WINDOW, 6, 12)).orElseThrow().cover()).isFalse();
    }

    @Test
    void leavesLargePaddedAndOverlappingWindows() {
        Window padded = new Window(List.of(2, 2), List.of(2, 2), List.of(1, 1), List.of(1, 0), List.of(0, 0));
        assertThat(Taps.of(winners(Window.of(List.of(4, 4), List.of(4, 4)), 8, 8)))
                .isEmpty();
        assertThat(Taps.of(winners(Window.of(List.of(3, 3), List.of(2, 2)), 8, 8)))
                .isEmpty();
        assertThat(Taps.of(winners(padded, 7, 8))).isEmpty();
    }
}
