package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Packing;
import org.deepliftc.compiler.loop.Phase;

/** Where the values of nodes lie while the steps of one graph are written, and which row of the tile is meant. */
final class Operands {

    /** A value's buffer and layout. */
    record Placed(Buffer buffer, View view) {}

    private final Constants constants;
    private final int tile;
    private final boolean referencesGiven;
    private final Predicate<Node> oneHot;
    private final Optional<Integer> winograd;
    private final boolean inFloat;
    private final Map<Node, Placed> places = new HashMap<>();
    private final Map<Node, OneHotKernels.Words> words = new HashMap<>();
    private final Set<Node> inlined = new HashSet<>();
    private final Map<Buffer, Phase> writers = new HashMap<>();
    private final Map<Buffer, Expr.Var> steps = new LinkedHashMap<>();
    private Needed needed;
    private Phase phase = Phase.EXAMPLE;
    private Expr.Var rows = new Expr.Var("rows", Kind.INT);
    private Expr row = Code.integer(0);
    private boolean ranOverRows;
    /** Buffers of sequences while a step of a recurrence is written: where the current element of a row begins. */
    private Map<Buffer, Expr> elements = Map.of();

    private boolean inRecurrence;

    Operands(
            Constants constants,
            int tile,
            boolean referencesGiven,
            Predicate<Node> oneHot,
            Optional<Integer> winograd,
            boolean inFloat) {
        this.winograd = winograd;
        this.inFloat = inFloat;
        this.oneHot = oneHot;
        this.constants = constants;
        this.tile = tile;
        this.referencesGiven = referencesGiven;
    }

    Placed place(Node node, Buffer buffer, View view) {
        Placed placed = new Placed(buffer, view);
        places.put(node, placed);
        return placed;
    }

    /** True where reals are floats; exponentials and the like are then written out. */
    boolean inFloat() {
        return inFloat;
    }

    /** An empty block of code. */
    Code newCode() {
        return new Code(inFloat);
    }

    /** The rows expected together, where convolutions may be computed by Winograd's forms. */
    Optional<Integer> winograd() {
        return winograd;
    }

    /** True for an input, or its reference, that the model declares one-hot along its first axis. */
    boolean isOneHot(Node leaf) {
        return oneHot.test(leaf);
    }

    /** Says where the words of the sequence lie that a convolution reads. */
    void words(Node convolution, OneHotKernels.Words at) {
        words.put(convolution, at);
    }

    Optional<OneHotKernels.Words> words(Node convolution) {
        return Optional.ofNullable(words.get(convolution));
    }

    /** A buffer made from constants when the class is loaded; one for each key. */
    Buffer derived(String name, Object key, int size, BiConsumer<OneHotKernels.Tables, Buffer> make) {
        return constants.derived(key, () -> {
            Buffer buffer = new Buffer(name, Kind.REAL, size, Buffer.Place.DERIVED);
            Code code = newCode();
            make.accept(new OneHotKernels.Tables(code, this), buffer);
            return new Constants.Derived(buffer, name, code.statements());
        });
    }

    /** Says how to find out which positions of a value are read. */
    void needs(Needed of) {
        needed = of;
    }

    /** How far along each spatial axis a node is read. */
    int[] needed(Node node) {
        return needed.of(node);
    }

    /** Says that a node is computed wherever it is read and has no place of its own. */
    void inline(Node node) {
        inlined.add(node);
    }

    boolean isInlined(Node node) {
        return inlined.contains(node);
    }

    /** The element of a node at coordinates of a grid it broadcasts to; computed there where the node is inlined. */
    Expr value(Node node, List<Expr> coordinates, View beside, Code code) {
        Optional<Expr> literal = literal(node);
        if (literal.isPresent()) {
            return literal.get();
        }
        if (node.isConstant()) {
            Placed placed = constant(node, ElementwiseGroup.layout(node.shape(), beside));
            return element(placed.buffer(), placed.view().at(coordinates));
        }
        if (!isInlined(node)) {
            Placed placed = placed(node);
            return element(placed.buffer(), placed.view().at(coordinates));
        }
        List<Expr> inputs = new ArrayList<>();
        for (Node input : node.inputs()) {
            inputs.add(code.let(input.name(), value(input, coordinates, beside, code)));
        }
        return ElementwiseGroup.value(node.op(), inputs, code);
    }

    boolean isPlaced(Node node) {
        return places.containsKey(node);
    }

    /** Where a node lies; a constant as in the file. */
    Placed placed(Node node) {
        if (node.isConstant()) {
            return constant(node, View.exact(node.shape()));
        }
        Placed placed = places.get(node);
        if (placed == null) {
            throw new IllegalStateException(node + " is read before it has a place");
        }
        return placed;
    }

    View view(Node node) {
        return placed(node).view();
    }

    /**
     * Writes the steps of one position of a recurrence, which are parts of the step begun before.
     *
     * @param begins where the current element begins in a row of each buffer of a sequence
     */
    void inRecurrence(Map<Buffer, Expr> begins, Runnable body) {
        if (inRecurrence) {
            throw new IllegalStateException("a recurrence within a recurrence");
        }
        Needed around = needed;
        elements = Map.copyOf(begins);
        inRecurrence = true;
        body.run();
        inRecurrence = false;
        elements = Map.of();
        needed = around;
    }

    /** Begins a step of a phase. */
    void begin(Phase of) {
        if (inRecurrence) {
            return;
        }
        phase = of;
        rows = new Expr.Var("rows", Kind.INT);
        row = Code.integer(0);
        ranOverRows = false;
        steps.clear();
    }

    /** The local for the number of rows, where the step since {@link #begin} uses it. */
    Optional<Expr.Var> rowsUsed() {
        return ranOverRows ? Optional.of(rows) : Optional.empty();
    }

    Map<Buffer, Expr.Var> stepsUsed() {
        return new LinkedHashMap<>(steps);
    }

    /** Writes what happens for every row of the tile. */
    void eachRow(Code code, Consumer<Code> body) {
        if (tile == 1) {
            body.accept(code);
            return;
        }
        ranOverRows = true;
        code.rows("row", rows, (inner, index) -> inRow(index, inner, body));
    }

    /** As {@link #eachRow}, one row after the other. */
    void eachRowInOrder(Code code, Consumer<Code> body) {
        if (tile == 1) {
            body.accept(code);
            return;
        }
        ranOverRows = true;
        code.loop("row", Code.integer(0), rows, (inner, index) -> inRow(index, inner, body));
    }

    private void inRow(Expr index, Code inner, Consumer<Code> body) {
        Expr around = row;
        row = index;
        body.accept(inner);
        row = around;
    }

    /** How many rows the tile has: a number for a tile of one. */
    Expr rowCount() {
        if (tile == 1) {
            return Code.integer(1);
        }
        ranOverRows = true;
        return rows;
    }

    /** A position in a given row of a buffer. */
    Expr inRow(Code code, Buffer buffer, Expr ofRow, Expr position) {
        Expr around = row;
        row = tile == 1 ? Code.integer(0) : code.let("row", ofRow);
        Expr at = Code.plus(base(buffer), position);
        row = around;
        return at;
    }

    /** Notes who writes a buffer: later phases may walk its rows otherwise than the phase that made them. */
    void written(Buffer buffer) {
        writers.putIfAbsent(buffer, phase);
    }

    /** Where the current row of a buffer begins, or its current element. */
    private Expr base(Buffer buffer) {
        Expr element = elements.get(buffer);
        return element == null ? row(buffer) : Code.plus(row(buffer), element);
    }

    private Expr row(Buffer buffer) {
        if (tile == 1 || !buffer.hasRows() || row instanceof Expr.Int) {
            return Code.integer(0);
        }
        if (!walksOtherwise(buffer)) {
            return Code.times(row, buffer.size());
        }
        Expr.Var step = steps.computeIfAbsent(buffer, b -> new Expr.Var(b.name() + "Step", Kind.INT));
        return new Expr.Binary(Expr.Operator.MULTIPLY, row, step);
    }

    private boolean walksOtherwise(Buffer buffer) {
        if (!referencesGiven) {
            return false;
        }
        boolean pair = phase == Phase.PAIR || phase == Phase.PAIR_TARGET;
        return switch (buffer.place()) {
            case INPUT, ACCUMULATOR -> pair;
            case REFERENCE_INPUT -> pair || phase == Phase.REFERENCE;
            case STATE -> pair;
            case WORKSPACE -> pair && writers.get(buffer) == Phase.EXAMPLE;
            case CONSTANT, DERIVED, SCRATCH, RESULT, TARGET, STEP -> false;
        };
    }

    /** The element of a node at a position of its row. */
    Expr element(Buffer buffer, Expr position) {
        return Code.load(buffer, Code.plus(base(buffer), position));
    }

    void store(Code code, Buffer buffer, Expr position, Expr value) {
        code.store(buffer, Code.plus(base(buffer), position), value);
    }

    /** The element of a computed node, or of a small constant, at its own coordinates. */
    Expr load(Node node, List<Expr> coordinates) {
        Optional<Expr> literal = literal(node);
        if (literal.isPresent()) {
            return literal.get();
        }
        Placed placed = placed(node);
        return element(placed.buffer(), placed.view().at(coordinates));
    }

    /** The one number that a node is known to be. */
    static Optional<Expr> literal(Node node) {
        if (!node.isConstant() || node.constant().size() != 1) {
            return Optional.empty();
        }
        double value = node.constant().at(0);
        return Optional.of(isNumber(node) ? Code.integer((int) value) : Code.real(value));
    }

    /** True for the nodes whose values are ints in memory; positions within a plane are whole reals. */
    static boolean isNumber(Node node) {
        return node.type() == ElementType.INDEX
                && node.shape().size() == 1
                && node.shape().rank() < 2;
    }

    static Kind kind(Node node) {
        return isNumber(node) ? Kind.INT : Kind.REAL;
    }

    /** A constant laid out as a view says. */
    Placed constant(Node node, View view) {
        Optional<Packing> packing = view.isExactlyRowMajor() ? Optional.empty() : Optional.of(view.packing());
        return new Placed(constants.buffer(node, kind(node), packing), view);
    }

    /** A constant whose elements are moved to where a kernel reads them. */
    Buffer packed(Node constant, Packing packing) {
        return constants.buffer(constant, kind(constant), Optional.of(packing));
    }
}
