package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/**
 * The outputs of a matrix product in panels of {@value #WIDTH} neighbours. The weights of a panel lie together,
 * {@code [product][lane]}, so that a kernel reads one stream; a panel stays in cache while rows pass by it.
 */
final class Panels {
    /** Two vectors of the widest machine; four or eight of narrower ones. */
    static final int WIDTH = 32;

    private final Shape positions;
    private final int[] positionStrides;
    private final int channels;

    private Panels(Shape positions, int[] positionStrides, int channels) {
        this.positions = positions;
        this.positionStrides = positionStrides;
        this.channels = channels;
    }

    /** Panels of a row of outputs. */
    static Panels of(int outputs) {
        return new Panels(Shape.SCALAR, new int[0], outputs);
    }

    /** Panels of outputs that lie channels last: each position has panels of its own. */
    static Panels ofImage(View view) {
        if (view.stride(0) != 1) {
            throw new IllegalStateException("outputs of shape " + view.shape() + " do not lie channels last");
        }
        int[] strides =
                view.strides().stream().skip(1).mapToInt(Integer::intValue).toArray();
        return new Panels(view.shape().from(1), strides, view.shape().dim(0));
    }

    private int perPosition() {
        return (channels + WIDTH - 1) / WIDTH;
    }

    int count() {
        return positions.size() * perPosition();
    }

    int paddedLanes() {
        return count() * WIDTH;
    }

    /** How the axis of outputs is packed, for weights of {@code products} each. */
    List<Packing.Axis> axes(int products) {
        int panel = products * WIDTH;
        List<Packing.Axis> axes = new ArrayList<>();
        axes.add(new Packing.Axis(channels, Math.min(WIDTH, channels), panel, 1));
        int stride = panel * perPosition();
        for (int i = positions.rank() - 1; i >= 0; i--) {
            axes.add(1, Packing.Axis.plain(positions.dim(i), stride));
            stride *= positions.dim(i);
        }
        return axes;
    }

    /** One panel under construction. */
    record Panel(Expr number, Expr start, String name, int channels, int room) {
        void lanes(Code code, Consumer<Lane> body) {
            code.lanes(name, channels, room, (inner, lane) -> body.accept(new Lane(inner, this, lane)));
        }
    }

    /** One output of a panel. */
    record Lane(Code code, Panel panel, Expr index) {
        /** Where the weight of a product lies. */
        Expr weight(Expr product, int products) {
            return plus(plus(times(panel.number, products * WIDTH), times(product, WIDTH)), index);
        }

        /** Where the output lies in its row. */
        Expr output() {
            return plus(panel.start, index);
        }

        /** The bias of the output, 0 where there is none. */
        Expr bias(Optional<Buffer> bias, Expr panelsBefore) {
            Expr at = plus(times(plus(panelsBefore, panel.number), WIDTH), index);
            return bias.map(b -> Code.load(b, at)).orElse(Code.real(0));
        }
    }

    /** Writes a loop over full panels and what is left of the last. */
    void each(Code code, View out, PanelBody body) {
        int[] extents = positions.toArray();
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            names.add("p" + (extents.length == 1 ? "" : axis));
        }
        code.loops(names, extents, inner -> at -> {
            Expr position = integer(0);
            Expr start = integer(out.offset());
            for (int axis = 0; axis < extents.length; axis++) {
                position = plus(times(position, extents[axis]), at.get(axis));
                start = plus(start, times(at.get(axis), positionStrides[axis]));
            }
            panels(inner, times(position, perPosition()), start, out, body);
        });
    }

    private void panels(Code code, Expr firstPanel, Expr start, View out, PanelBody body) {
        int full = channels / WIDTH;
        int rest = channels % WIDTH;
        int room = out.room(channels);
        if (full > 0) {
            code.rows(
                    "panel",
                    integer(full),
                    (inner, panel) -> body.write(
                            inner,
                            new Panel(plus(firstPanel, panel), plus(start, times(panel, WIDTH)), "o", WIDTH, WIDTH)));
        }
        if (rest > 0) {
            int done = full * WIDTH;
            body.write(code, new Panel(plus(firstPanel, full), plus(start, done), "o", rest, room - done));
        }
    }

    /** What stands inside the loop over panels. */
    @FunctionalInterface
    interface PanelBody {
        void write(Code code, Panel panel);
    }
}
