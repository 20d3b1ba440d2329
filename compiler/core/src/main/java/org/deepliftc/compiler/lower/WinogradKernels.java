package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Packing;

/**
 * Convolutions of three taps along each axis by {@link WinogradForm}. Tiles of all rows form one sequence, which is worked
 * off in blocks that stay in cache: transform the inputs of a block, multiply (for each product of the form a matrix
 * product over channels, its rows the tiles), transform back. A tile that would reach over the end moves back until it
 * fits, and computes some outputs a second time.
 */
final class WinogradKernels {
    private final Operands operands;
    private final Node node;
    private final WinogradForm form;
    private final int block;
    private final View in;
    private final View out;
    private final int rank;
    private final int dilation;
    private final int channels;
    private final int filters;
    private final int pitch;
    private final int products;
    /** Elements from tile to tile of the transformed input. */
    private final int row;
    /** Elements from product to product of the transformed input, and of the output before its transform. */
    private final int inApart;

    private final int outApart;
    private final Sites sites;
    private final Buffer v;
    private final Buffer m;
    private final Buffer scratch;
    private final Buffer weights;

    WinogradKernels(Operands operands, Node node, Op.Convolution op, WinogradChoice choice, View in, View out) {
        this.operands = operands;
        this.node = node;
        this.form = choice.form();
        this.block = choice.block();
        this.in = in;
        this.out = out;
        this.rank = op.window().rank();
        this.dilation = op.window().dilation().get(0);
        this.channels = in.shape().dim(0);
        this.filters = out.shape().dim(0);
        this.pitch = (filters + Panels.WIDTH - 1) / Panels.WIDTH * Panels.WIDTH;
        this.products = power(form.products());
        this.sites = new Sites(form, out, rank, dilation);
        this.row = View.contiguous(Shape.of(channels)).size();
        this.inApart = apart(block * row);
        this.outApart = apart(block * pitch);
        this.v = scratch("winograd.in", products * inApart);
        this.m = scratch("winograd.out", products * outApart);
        this.scratch = scratch("winograd.half", power(form.products()) * Panels.WIDTH);
        this.weights = weights();
    }

    /** A tile touches every product: kept a power of two apart they would meet in one set of the first-level cache. */
    private static int apart(int size) {
        return size % View.CONFLICT == 0 ? size + 3 * View.LANES : size;
    }

    private int power(int base) {
        return rank == 1 ? base : base * base;
    }

    private Buffer scratch(String name, int size) {
        Buffer buffer = new Buffer(name, Kind.REAL, size, Buffer.Place.SCRATCH);
        operands.written(buffer);
        return buffer;
    }

    /**
     * The form for a convolution, none where the direct way is better or the only one.
     *
     * @param rows the rows that a call is expected to bring together
     */
    static Optional<WinogradChoice> choice(Node node, Op.Convolution op, View in, View out, int rows) {
        int rank = op.window().rank();
        boolean fits = rank <= 2
                && op.groups() == 1
                && node.input(1).isConstant()
                && op.window().size().stream().allMatch(s -> s == WinogradForm.TAPS)
                && op.window().stride().stream().allMatch(s -> s == 1)
                && (rank == 1 || op.window().dilation().stream().allMatch(d -> d == 1))
                && in.stride(0) == 1
                && out.stride(0) == 1
                && in.shape().dim(0) % Panels.WIDTH == 0
                && out.shape().dim(0) % View.LANES == 0
                && out.shape().dim(0) >= Panels.WIDTH;
        if (!fits) {
            return Optional.empty();
        }
        return WinogradChoice.of(in, out, op.window().dilation().get(0), rows);
    }

    void write(Code code) {
        Expr rows = operands.rowCount();
        Expr total = code.let("tiles", times(rows, sites.count()));
        Expr blocks = Code.divide(plus(total, block - 1), integer(block));
        code.loop("blockOfTiles", integer(0), blocks, (inner, b) -> {
            Expr first = inner.let("first", times(b, block));
            Expr count = inner.let("count", Code.min(integer(block), Code.subtract(total, first)));
            inner.rows("tile", count, (body, t) -> inputs(body, plus(first, t), t));
            inner.rows("xi", integer(products), (body, xi) -> products(body, xi, count));
            inner.rows("tile", count, (body, t) -> outputs(body, plus(first, t), t));
        });
    }

    /** One tile of the input, all channels. */
    private void inputs(Code code, Expr site, Expr t) {
        int n = form.products();
        Buffer x = operands.placed(node.input(0)).buffer();
        Expr start = code.let("from", operands.inRow(code, x, sites.row(site), sites.position(site, in)));
        int step = dilation * in.stride(rank);
        code.loop("c0", channels / Panels.WIDTH, (ofChannels, panel) -> {
            Expr channel = times(panel, Panels.WIDTH);
            if (rank == 1) {
                lanes(ofChannels, (lane, c) -> {
                    Expr from = plus(plus(start, channel), c);
                    List<Expr> d = elements(lane, x, from, step, n);
                    put(lane, form.ofInput(d, lane), v, plus(plus(times(t, row), channel), c), inApart);
                });
                return;
            }
            ofChannels.loop(
                    "column",
                    n,
                    (column, j) -> lanes(column, (lane, c) -> {
                        Expr from = plus(plus(plus(start, times(j, step)), channel), c);
                        List<Expr> d = elements(lane, x, from, in.stride(1), n);
                        put(lane, form.ofInput(d, lane), scratch, plus(times(j, Panels.WIDTH), c), n * Panels.WIDTH);
                    }));
            ofChannels.loop(
                    "line",
                    n,
                    (line, i) -> lanes(line, (lane, c) -> {
                        List<Expr> d = elements(lane, scratch, plus(times(i, n * Panels.WIDTH), c), Panels.WIDTH, n);
                        Expr to = plus(plus(times(i, n * inApart), times(t, row)), plus(channel, c));
                        put(lane, form.ofInput(d, lane), v, to, inApart);
                    }));
        });
    }

    private static void lanes(Code code, Code.Body body) {
        code.lanes("c", Panels.WIDTH, Panels.WIDTH, body);
    }

    private static List<Expr> elements(Code code, Buffer buffer, Expr from, int step, int count) {
        List<Expr> values = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            values.add(code.let("d", load(buffer, plus(from, k * step))));
        }
        return values;
    }

    private static void put(Code code, List<Expr> values, Buffer buffer, Expr to, int step) {
        for (int k = 0; k < values.size(); k++) {
            code.store(buffer, plus(to, k * step), values.get(k));
        }
    }

    /** One product of the form for all tiles of a block: tiles x channels times channels x filters. */
    private void products(Code code, Expr xi, Expr count) {
        code.rows(
                "panel",
                integer(pitch / Panels.WIDTH),
                (ofPanel, panel) -> ofPanel.rows(
                        "tile",
                        count,
                        (tile, t) -> tile.lanes("o", Panels.WIDTH, Panels.WIDTH, (lane, o) -> {
                            Expr.Var sum = lane.declare("sum", real(0));
                            Expr from = plus(times(xi, inApart), times(t, row));
                            Expr weight = times(plus(times(xi, pitch / Panels.WIDTH), panel), channels * Panels.WIDTH);
                            lane.loop(
                                    "c",
                                    channels,
                                    (body, c) -> body.accumulate(
                                            sum,
                                            load(v, plus(from, c)),
                                            load(weights, plus(plus(weight, times(c, Panels.WIDTH)), o))));
                            Expr to = plus(plus(times(xi, outApart), times(t, pitch)), times(panel, Panels.WIDTH));
                            lane.store(m, plus(to, o), sum);
                        })));
    }

    /** One tile of the output, all filters. */
    private void outputs(Code code, Expr site, Expr t) {
        int n = form.products();
        Buffer y = operands.placed(node).buffer();
        Optional<Buffer> bias = bias();
        Expr start = code.let("to", operands.inRow(code, y, sites.row(site), sites.position(site, out)));
        int step = dilation * out.stride(rank);
        code.loop("o0", filters / View.LANES, (ofFilters, group) -> {
            Expr filter = times(group, View.LANES);
            if (rank == 1) {
                filterLanes(ofFilters, (lane, o) -> {
                    Expr from = plus(plus(times(t, pitch), filter), o);
                    List<Expr> d = elements(lane, m, from, outApart, n);
                    finish(lane, d, bias, plus(filter, o), plus(plus(start, filter), o), y, step);
                });
                return;
            }
            ofFilters.loop(
                    "column",
                    n,
                    (column, j) -> filterLanes(column, (lane, o) -> {
                        Expr from = plus(plus(times(j, outApart), times(t, pitch)), plus(filter, o));
                        List<Expr> d = elements(lane, m, from, n * outApart, n);
                        put(lane, form.ofOutput(d, lane), scratch, plus(times(j, View.LANES), o), n * View.LANES);
                    }));
            ofFilters.loop(
                    "line",
                    form.outputs(),
                    (line, i) -> filterLanes(line, (lane, o) -> {
                        List<Expr> d = elements(lane, scratch, plus(times(i, n * View.LANES), o), View.LANES, n);
                        Expr to = plus(plus(plus(start, times(i, out.stride(1))), filter), o);
                        finish(lane, d, bias, plus(filter, o), to, y, step);
                    }));
        });
    }

    private static void filterLanes(Code code, Code.Body body) {
        code.lanes("o", View.LANES, View.LANES, body);
    }

    private void finish(Code code, List<Expr> d, Optional<Buffer> bias, Expr filter, Expr to, Buffer y, int step) {
        List<Expr> values = new ArrayList<>(form.ofOutput(d, code));
        if (bias.isPresent()) {
            Expr shift = code.let("bias", load(bias.get(), filter));
            values.replaceAll(value -> Code.add(value, shift));
        }
        put(code, values, y, to, step);
    }

    private Optional<Buffer> bias() {
        return node.inputs().size() < 3
                ? Optional.empty()
                : Optional.of(
                        operands.packed(node.input(2), new Packing(List.of(Packing.Axis.plain(filters, 1)), pitch)));
    }

    /** G g G^T for every filter and channel, in panels: made when the class is loaded. */
    private Buffer weights() {
        Node filter = node.input(1);
        return operands.derived(
                "winograd of " + filter.name(),
                List.of(form, filter.constant()),
                products * pitch * channels,
                (load, made) -> {
                    Buffer from = load.constant(filter);
                    int taps = power(WinogradForm.TAPS);
                    load.code().loops(List.of("o", "c"), new int[] {filters, channels}, inner -> at -> {
                        Expr start = times(plus(times(at.get(0), channels), at.get(1)), taps);
                        List<Expr> g = elements(inner, from, inner.let("at", start), 1, taps);
                        List<Expr> u = rank == 1 ? form.ofFilter(g, inner) : both(g, inner);
                        Expr panel = Code.divide(at.get(0), integer(Panels.WIDTH));
                        Expr lane = new Expr.Binary(Expr.Operator.REMAINDER, at.get(0), integer(Panels.WIDTH));
                        Expr to = inner.let(
                                "to", plus(times(plus(times(panel, channels), at.get(1)), Panels.WIDTH), lane));
                        put(inner, u, made, to, channels * pitch);
                    });
                });
    }

    private List<Expr> both(List<Expr> g, Code code) {
        int n = form.products();
        List<List<Expr>> columns = new ArrayList<>();
        for (int j = 0; j < WinogradForm.TAPS; j++) {
            columns.add(form.ofFilter(
                    List.of(g.get(j), g.get(WinogradForm.TAPS + j), g.get(2 * WinogradForm.TAPS + j)), code));
        }
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.addAll(form.ofFilter(
                    List.of(
                            columns.get(0).get(i),
                            columns.get(1).get(i),
                            columns.get(2).get(i)),
                    code));
        }
        return all;
    }

    /** The tiles of one row: how many there are, and where each begins. */
    record Sites(WinogradForm form, View out, int rank, int dilation) {
        private int along(int axis) {
            int extent = out.shape().dim(axis + 1);
            // Of a dilated axis the longest of the interleaved runs; shorter ones compute their end twice.
            return ((extent + dilation - 1) / dilation + form.outputs() - 1) / form.outputs();
        }

        int count() {
            return rank == 1 ? along(0) * dilation : along(0) * along(1);
        }

        Expr row(Expr site) {
            return Code.divide(site, integer(count()));
        }

        Expr position(Expr site, View view) {
            Expr own = new Expr.Binary(Expr.Operator.REMAINDER, site, integer(count()));
            if (rank == 1) {
                // Tiles of neighbouring runs lie together: their elements are neighbours in memory.
                Expr run =
                        dilation == 1 ? integer(0) : new Expr.Binary(Expr.Operator.REMAINDER, own, integer(dilation));
                Expr tile = dilation == 1 ? own : Code.divide(own, integer(dilation));
                int extent = out.shape().dim(1);
                Expr ofRun = dilation == 1
                        ? integer(extent)
                        : Code.divide(Code.subtract(integer(extent + dilation - 1), run), integer(dilation));
                Expr start = Code.min(times(tile, form.outputs()), plus(ofRun, -form.outputs()));
                return plus(integer(view.offset()), times(plus(times(start, dilation), run), view.stride(1)));
            }
            Expr line = Code.divide(own, integer(along(1)));
            Expr column = new Expr.Binary(Expr.Operator.REMAINDER, own, integer(along(1)));
            return plus(
                    plus(integer(view.offset()), times(start(line, 0), view.stride(1))),
                    times(start(column, 1), view.stride(2)));
        }

        private Expr start(Expr tile, int axis) {
            return Code.min(times(tile, form.outputs()), integer(out.shape().dim(axis + 1) - form.outputs()));
        }
    }
}
