package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;

/**
 * The convolution of a one-hot sequence. Each position becomes a symbol, and {@value #LETTERS} neighbouring symbols a
 * word; the outputs of a window are sums of rows of tables, one row for each of its words, made from the filters when the class is
 * loaded. No product is left. A further symbol stands for a position without a 1, as borders and unknown bases are.
 *
 * <p>A row of the batch that is not of ones and zeros, at most one 1 at a position, takes the dense way: which way a row
 * takes depends on that row alone.
 */
final class OneHotKernels {
    /** Letters of a word: tables of longer words outgrow the caches sooner than they save additions. */
    static final int LETTERS = 3;

    /** Products from which tables pay. */
    private static final long WORTH = 4_096;

    private static final int MOST_SYMBOLS = 6;

    private final Operands operands;

    OneHotKernels(Operands operands) {
        this.operands = operands;
    }

    /** The part of a sequence that a convolution reads, and the borders it reads around that. */
    private record Sequence(Node leaf, int from, int length, int before, int after) {
        int positions() {
            return before + length + after;
        }

        int symbols() {
            return leaf.shape().dim(0) + 1;
        }
    }

    /** True where the convolution reads a declared one-hot sequence and tables pay. */
    boolean applies(Node node, Op.Convolution op) {
        Optional<Sequence> sequence = sequence(node.input(0));
        boolean constants = node.inputs().stream().skip(1).allMatch(Node::isConstant);
        return sequence.isPresent()
                && constants
                && op.groups() == 1
                && op.window().rank() == 1
                && op.window().dilation().get(0) == 1
                && (long) node.shape().size() * node.input(1).shape().from(1).size() >= WORTH;
    }

    private Optional<Sequence> sequence(Node x) {
        Node inside = x;
        int before = 0;
        int after = 0;
        if (x.op() instanceof Op.Embed embed) {
            inside = x.input(0);
            if (embed.value() != 0 || !keepsChannels(embed.starts(), embed.steps(), inside.shape(), x.shape())) {
                return Optional.empty();
            }
            before = embed.starts().get(1);
            after = x.shape().dim(1) - before - inside.shape().dim(1);
        }
        Node leaf = inside;
        int from = 0;
        if (inside.op() instanceof Op.Slice slice) {
            leaf = inside.input(0);
            if (!keepsChannels(slice.starts(), slice.steps(), inside.shape(), leaf.shape())) {
                return Optional.empty();
            }
            from = slice.starts().get(1);
        }
        boolean known = leaf.op() instanceof Op.Input
                && operands.isOneHot(leaf)
                && leaf.shape().rank() == 2;
        return known && leaf.shape().dim(0) < MOST_SYMBOLS
                ? Optional.of(new Sequence(leaf, from, inside.shape().dim(1), before, after))
                : Optional.empty();
    }

    /** True for neighbouring positions of all channels. */
    private static boolean keepsChannels(List<Integer> starts, List<Integer> steps, Shape inner, Shape outer) {
        return outer.rank() == 2
                && starts.get(0) == 0
                && inner.dim(0) == outer.dim(0)
                && steps.stream().allMatch(s -> s == 1);
    }

    /**
     * Writes the convolution.
     *
     * @param words where {@link #words} put the words of the sequence
     * @param dense writes it for one row that is not one-hot
     */
    void convolution(Node node, Op.Convolution op, Words words, Operands.Placed out, Code code, Consumer<Code> dense) {
        int filters = node.shape().dim(0);
        int width = node.input(1).shape().dim(2);
        int pitch = View.padded(filters);
        int symbols = words.symbols;
        int rows = symbols * symbols * symbols;
        Buffer tables = operands.derived(
                "table of " + node.input(1).name(),
                List.of(
                        node.input(1).constant(),
                        node.inputs().subList(2, node.inputs().size()).stream()
                                .map(Node::constant)
                                .toList()),
                groups(width) * rows * pitch,
                (load, table) -> tables(node, symbols, width, pitch, table, load));
        operands.eachRow(code, row -> {
            Expr odd = row.let("odd", operands.element(words.odd, integer(0)));
            row.when(
                    Code.compare(odd, Expr.Relation.EQUAL, real(0)),
                    regular -> regular.rows("p", integer(operands.needed(node)[0]), (position, p) -> {
                        List<Expr> starts = new ArrayList<>();
                        for (int j = 0; j < groups(width); j++) {
                            Expr at = plus(times(p, op.window().stride().get(0)), j * LETTERS);
                            Expr word = new Expr.ToInt(operands.element(words.buffer, at));
                            Expr first = plus(times(word, pitch), j * rows * pitch);
                            starts.add(position.let("word", first));
                        }
                        Expr to =
                                plus(times(p, out.view().stride(1)), out.view().offset());
                        position.lanes("filter", filters, out.view().room(filters), (lane, f) -> {
                            Expr sum = load(tables, plus(starts.get(0), f));
                            for (Expr start : starts.subList(1, starts.size())) {
                                sum = Code.add(sum, load(tables, plus(start, f)));
                            }
                            operands.store(lane, out.buffer(), plus(to, f), sum);
                        });
                    }));
            row.when(Code.compare(odd, Expr.Relation.NOT_EQUAL, real(0)), dense);
        });
    }

    private static int groups(int width) {
        return (width + LETTERS - 1) / LETTERS;
    }

    /** For each group of taps and each word: what the word adds to every filter's output; the first has the bias. */
    private static void tables(Node node, int symbols, int width, int pitch, Buffer table, Tables load) {
        Buffer weights = load.constant(node.input(1));
        Optional<Buffer> bias = node.inputs().size() > 2 ? Optional.of(load.constant(node.input(2))) : Optional.empty();
        int filters = node.shape().dim(0);
        Code code = load.code();
        code.loops(
                List.of("group", "first", "second", "third"),
                new int[] {groups(width), symbols, symbols, symbols},
                inner -> at -> inner.loop("f", filters, (body, f) -> {
                    Expr isFirst = Code.compare(at.get(0), Expr.Relation.EQUAL, integer(0));
                    Expr start = bias.<Expr>map(b -> Code.choose(isFirst, load(b, f), real(0)))
                            .orElse(real(0));
                    Expr.Var sum = body.declare("sum", start);
                    for (int t = 0; t < LETTERS; t++) {
                        Expr symbol = at.get(t + 1);
                        Expr tap = body.let("tap", plus(times(at.get(0), LETTERS), t));
                        Expr inside = new Expr.And(
                                Code.compare(symbol, Expr.Relation.LESS, integer(symbols - 1)),
                                Code.compare(tap, Expr.Relation.LESS, integer(width)));
                        Expr weight = plus(plus(times(f, (symbols - 1) * width), times(symbol, width)), tap);
                        body.when(inside, then -> then.assign(sum, Code.add(sum, load(weights, weight))));
                    }
                    Expr word = at.get(0);
                    for (int t = 0; t < LETTERS; t++) {
                        word = plus(times(word, symbols), at.get(t + 1));
                    }
                    body.store(table, plus(times(word, pitch), f), sum);
                }));
    }

    /** What making a table needs. */
    record Tables(Code code, Operands operands) {
        Buffer constant(Node node) {
            return operands.placed(node).buffer();
        }
    }

    /** The words of a sequence, one at each position, and whether its row is not one-hot. */
    record Words(Buffer buffer, Buffer odd, int symbols) {}

    /** The key by which convolutions of one sequence share its words. */
    Object wordsKey(Node node) {
        return sequence(node.input(0)).orElseThrow();
    }

    /** Makes the buffers of the words that a convolution reads. */
    Words wordsOf(Node node) {
        Sequence sequence = sequence(node.input(0)).orElseThrow();
        String name = sequence.leaf.name();
        // A last word may look past the end by all but one of its letters.
        int words = sequence.positions() + LETTERS;
        Buffer buffer = new Buffer(name + ".words", Kind.REAL, View.padded(words), Buffer.Place.WORKSPACE);
        Buffer odd = new Buffer(name + ".odd", Kind.REAL, View.LANES, Buffer.Place.WORKSPACE);
        operands.written(buffer);
        operands.written(odd);
        return new Words(buffer, odd, sequence.symbols());
    }

    /** Writes the symbols, the words made of them, and the mark of rows that are not one-hot. */
    void words(Node node, Words words, Code code) {
        Sequence sequence = sequence(node.input(0)).orElseThrow();
        int length = sequence.length;
        int none = sequence.symbols() - 1;
        int whole = length / View.LANES * View.LANES;
        String name = sequence.leaf.name();
        Buffer symbols = new Buffer(
                name + ".symbols", Kind.REAL, View.padded(words.buffer.size() + LETTERS), Buffer.Place.WORKSPACE);
        Buffer odds = new Buffer(name + ".odds", Kind.REAL, 2 * View.LANES, Buffer.Place.WORKSPACE);
        operands.written(symbols);
        operands.written(odds);
        operands.eachRow(code, rows -> {
            rows.lanes("i", symbols.size(), symbols.size(), (lane, i) -> operands.store(lane, symbols, i, real(none)));
            rows.lanes("lane", View.LANES, View.LANES, (lanes, lane) -> {
                Expr.Var odd = lanes.declare("odd", real(0));
                lanes.loop("k", whole / View.LANES, (body, k) -> {
                    Expr p = plus(times(k, View.LANES), lane);
                    symbol(body, sequence, p, symbols, odd);
                });
                operands.store(lanes, odds, lane, odd);
            });
            Expr.Var rest = rows.declare("rest", real(0));
            for (int p = whole; p < length; p++) {
                symbol(rows, sequence, integer(p), symbols, rest);
            }
            operands.store(rows, odds, integer(View.LANES), rest);
            Expr any = operands.element(odds, integer(0));
            for (int i = 1; i <= View.LANES; i++) {
                any = Code.max(any, operands.element(odds, integer(i)));
            }
            operands.store(rows, words.odd, integer(0), any);
            int count = words.buffer.size();
            rows.lanes("p", count, count, (lane, p) -> {
                Expr word = operands.element(symbols, p);
                for (int t = 1; t < LETTERS; t++) {
                    word = Code.add(
                            Code.multiply(word, real(sequence.symbols())), operands.element(symbols, plus(p, t)));
                }
                operands.store(lane, words.buffer, p, word);
            });
        });
    }

    /** The number of the channel that is 1, the number of channels where none is. */
    private void symbol(Code code, Sequence sequence, Expr position, Buffer symbols, Expr.Var odd) {
        int channels = sequence.leaf.shape().dim(0);
        int length = sequence.leaf.shape().dim(1);
        Buffer x = operands.placed(sequence.leaf).buffer();
        Expr symbol = real(channels);
        Expr sum = real(0);
        Expr deviation = real(0);
        for (int c = 0; c < channels; c++) {
            Expr value = code.let("x", operands.element(x, plus(position, c * length + sequence.from)));
            symbol = Code.subtract(symbol, Code.multiply(real(channels - c), value));
            sum = c == 0 ? value : Code.add(sum, value);
            Expr off = Code.call(Expr.Function.ABS, Code.subtract(Code.multiply(value, value), value));
            deviation = c == 0 ? off : Code.add(deviation, off);
        }
        Expr regular = new Expr.And(
                Code.compare(deviation, Expr.Relation.EQUAL, real(0)),
                Code.compare(sum, Expr.Relation.AT_MOST, real(1)));
        code.assign(odd, Code.max(odd, Code.choose(regular, real(0), real(1))));
        Expr safe = Code.choose(regular, symbol, real(channels));
        operands.store(code, symbols, plus(position, sequence.before), safe);
    }
}
