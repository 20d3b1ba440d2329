package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;

/**
 * Lowers one graph to steps: groups elementwise nodes, gives every kept value a buffer and writes a procedure for each
 * step into its phase.
 */
final class LowerGraph {
    private final Graph graph;
    private final Function<Node, Phase> phases;
    private final Phase leafPhase;
    private final Operands operands;
    private final Map<String, String> notes;
    private final Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
    private final Map<Node, List<Node>> users;
    private final Views views;
    private final Set<Node> inlines;
    private final Map<Object, OneHotKernels.Words> words = new HashMap<>();
    private final Map<Node, List<String>> resultNames = new LinkedHashMap<>();
    private final Map<String, Buffer> results = new LinkedHashMap<>();
    private boolean hasResults = true;

    /**
     * Prepares the lowering.
     *
     * @param phases the phase of each node that is neither leaf nor constant
     * @param leafPhase when results are copied that nothing computes: leaves and constants
     * @param notes what to tell the reader of a node, by its name
     */
    LowerGraph(
            Graph graph, Function<Node, Phase> phases, Phase leafPhase, Operands operands, Map<String, String> notes) {
        this.graph = graph;
        this.phases = phases;
        this.leafPhase = leafPhase;
        this.operands = operands;
        this.notes = notes;
        this.users = graph.users();
        this.views = new Views(graph);
        this.inlines = Inlines.of(graph, phases);
        operands.needs(new Needed(graph, inlines));
        graph.outputs()
                .forEach((name, node) -> resultNames
                        .computeIfAbsent(node, n -> new ArrayList<>())
                        .add(name));
    }

    Map<Phase, List<Procedure>> run() {
        for (Phase phase : Phase.values()) {
            lower(phase);
        }
        return steps;
    }

    /** The steps of one phase in order, for a graph whose outputs are no results but values that others read. */
    List<Procedure> steps(Phase phase) {
        hasResults = false;
        lowerSteps(phase);
        return steps.getOrDefault(phase, List.of());
    }

    /** The buffer of each output, by name. */
    Map<String, Buffer> results() {
        return results;
    }

    private boolean isComputed(Node node) {
        return !node.isConstant() && !(node.op() instanceof Op.Input);
    }

    private void lower(Phase phase) {
        lowerSteps(phase);
        finishResults(phase);
    }

    private void lowerSteps(Phase phase) {
        Set<Node> members = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (isComputed(node) && phases.apply(node) == phase) {
                members.add(node);
                if (inlines.contains(node)) {
                    operands.inline(node);
                }
            }
        }
        new StepOrder(views, inlines, users, members, resultNames.keySet())
                .of(members)
                .forEach(step -> write(step, phase));
    }

    private void write(StepOrder.Step step, Phase phase) {
        if (step.group() != null) {
            operands.begin(phase);
            Code code = operands.newCode();
            List<Node> stored = new ArrayList<>();
            List<Node> described = new ArrayList<>(step.group().nodes());
            for (Node node : described) {
                if (isKept(node, step.group().nodes())) {
                    stored.add(node);
                    place(node, phase);
                }
            }
            new GroupLoop(operands, step.group(), stored).write(code);
            add(phase, stored.get(stored.size() - 1).name(), described, code, Optional.empty());
        } else if (step.node().op() instanceof Op.MeanOver) {
            writeMean(step.node());
        } else if (step.node().op() instanceof Op.Scan) {
            writeScan(step.node(), phase);
        } else if (!(step.node().op() instanceof Op.Reshape) || !share(step.node())) {
            boolean words = step.node().op() instanceof Op.Convolution convolution
                    && new OneHotKernels(operands).applies(step.node(), convolution);
            if (words) {
                writeWords(step.node(), phase);
            }
            operands.begin(phase);
            Code code = operands.newCode();
            Operands.Placed out = place(step.node(), phase);
            step.node().op().match(new Kernels(operands, step.node(), out, code));
            add(phase, step.node().name(), List.of(step.node()), code, Optional.empty());
        }
    }

    /** The words of a one-hot sequence, once for all convolutions of a phase that read it. */
    private void writeWords(Node convolution, Phase phase) {
        OneHotKernels kernels = new OneHotKernels(operands);
        Object key = List.of(phase, kernels.wordsKey(convolution));
        OneHotKernels.Words known = words.get(key);
        if (known == null) {
            operands.begin(phase);
            known = kernels.wordsOf(convolution);
            words.put(key, known);
            Code code = operands.newCode();
            kernels.words(convolution, known, code);
            Node leaf = convolution.input(0);
            add(phase, leaf.name() + ".words", List.of(leaf), code, Optional.empty());
        }
        operands.words(convolution, known);
    }

    /** Gives a reshape its input's buffer where it can read from there. */
    private boolean share(Node reshape) {
        if (!isComputed(reshape.input(0)) && !operands.isPlaced(reshape.input(0))) {
            return false;
        }
        Operands.Placed from = operands.placed(reshape.input(0));
        Optional<View> view = views.reshaped(reshape, from.view());
        view.ifPresent(v -> operands.place(reshape, from.buffer(), v));
        return view.isPresent();
    }

    private boolean isKept(Node node, Set<Node> group) {
        return resultNames.containsKey(node) || users.get(node).stream().anyMatch(u -> !group.contains(u));
    }

    /** A sum over references, cleared before the first and divided by their number after the last. */
    private void writeMean(Node node) {
        Operands.Placed value = operands.placed(node.input(0));
        View view = View.contiguous(node.shape());
        if (views.isChannelsLast(node.input(0))) {
            view = views.of(node.input(0));
        }
        Operands.Placed sum = new Operands.Placed(
                new Buffer(node.name() + ".sum", Kind.REAL, view.size(), Buffer.Place.ACCUMULATOR), view);
        operands.begin(Phase.START);
        Code clear = operands.newCode();
        operands.eachRow(clear, rows -> new MoveKernels(operands).fill(sum, 0, rows));
        add(Phase.START, node.name() + ".clear", List.of(node), clear, Optional.empty());

        operands.begin(Phase.PAIR_TARGET);
        Nest nest = new Nest(
                node.shape().toArray(),
                List.of(sum.view().over(node.shape()), value.view().over(node.shape())));
        int room = sum.view().room(nest.innermost());
        Code collect = operands.newCode();
        // References add up in their order, so these rows are no independent ones.
        operands.eachRowInOrder(
                collect,
                rows -> nest.independently(rows, room, (body, at) -> {
                    Expr from = Code.plus(at.get(1), value.view().offset());
                    Expr more =
                            Code.add(operands.element(sum.buffer(), at.get(0)), operands.element(value.buffer(), from));
                    operands.store(body, sum.buffer(), at.get(0), more);
                }));
        add(Phase.PAIR_TARGET, node.name() + ".collect", List.of(node), collect, Optional.empty());

        operands.begin(Phase.FINISH);
        Operands.Placed out = place(node, Phase.FINISH);
        Expr.Var count = new Expr.Var("references", Kind.INT);
        Code divide = operands.newCode();
        Nest last = new Nest(
                node.shape().toArray(),
                List.of(out.view().over(node.shape()), sum.view().over(node.shape())));
        int outRoom = out.view().room(last.innermost());
        operands.eachRow(
                divide,
                rows -> last.independently(
                        rows,
                        outRoom,
                        (body, at) -> operands.store(
                                body,
                                out.buffer(),
                                Code.plus(at.get(0), out.view().offset()),
                                Code.divide(operands.element(sum.buffer(), at.get(1)), new Expr.ToReal(count)))));
        add(Phase.FINISH, node.name() + ".mean", List.of(node), divide, Optional.of(count));
    }

    /** The values of one recurrence are made together, when the first of them has its turn. */
    private void writeScan(Node node, Phase phase) {
        if (operands.isPlaced(node)) {
            return;
        }
        List<Node> together = graph.nodes().stream()
                .filter(n -> n.op() instanceof Op.Scan scan
                        && scan.body().equals(((Op.Scan) node.op()).body())
                        && n.inputs().equals(node.inputs())
                        && phases.apply(n) == phase)
                .toList();
        operands.begin(phase);
        Code code = operands.newCode();
        ScanKernels kernel = new ScanKernels(operands, phase, together, notes);
        boolean elsewhere = together.stream().anyMatch(n -> readElsewhere(n, phase));
        List<String> steps = kernel.write((name, size) -> buffer(name, Kind.REAL, size, phase, elsewhere), code);
        add(phase, node.name(), together, code, Optional.empty(), steps);
    }

    /** Gives a node a buffer: a result's own, one inside a border, or one of the layout that suits it. */
    private Operands.Placed place(Node node, Phase phase) {
        if (operands.isPlaced(node)) {
            return operands.placed(node);
        }
        List<String> names = resultNames.get(node);
        if (hasResults && names != null && !results.containsKey(names.get(0)) && !views.isChannelsLast(node)) {
            Operands.Placed result = result(node.name(), node);
            results.put(names.get(0), result.buffer());
            return operands.place(node, result.buffer(), result.view());
        }
        Optional<Node> border = views.border(node);
        if (border.isPresent() && phases.apply(border.get()) == phase) {
            Node outer = border.get();
            View whole = views.of(outer);
            Buffer buffer = buffer(outer, whole, phase, readElsewhere(node, phase) || readElsewhere(outer, phase));
            operands.place(outer, buffer, whole);
            Op.Embed embed = (Op.Embed) outer.op();
            return operands.place(node, buffer, whole.part(embed.starts(), node.shape()));
        }
        View view = views.of(node);
        return operands.place(node, buffer(node, view, phase, readElsewhere(node, phase)), view);
    }

    /** Where a result waits for the caller: row-major, padded so that vectors may write it. */
    private static Operands.Placed result(String name, Node node) {
        int size = node.shape().size();
        View view = size < View.LANES ? View.exact(node.shape()) : View.contiguous(node.shape());
        return new Operands.Placed(new Buffer(name, Operands.kind(node), view.size(), size, Buffer.Place.RESULT), view);
    }

    private Buffer buffer(Node node, View view, Phase phase, boolean elsewhere) {
        return buffer(node.name(), Operands.kind(node), view.size(), phase, elsewhere);
    }

    private Buffer buffer(String name, Kind kind, int size, Phase phase, boolean elsewhere) {
        Buffer.Place place = phase == Phase.REFERENCE && elsewhere ? Buffer.Place.STATE : Buffer.Place.WORKSPACE;
        Buffer buffer = new Buffer(name, kind, size, place);
        operands.written(buffer);
        return buffer;
    }

    private boolean readElsewhere(Node node, Phase phase) {
        for (Node user : users.get(node)) {
            if (phases.apply(user) != phase || user.op() instanceof Op.Reshape && readElsewhere(user, phase)) {
                return true;
            }
        }
        return false;
    }

    /** Results that are leaves, constants, reshapes or the same node as another result get a copy of their own. */
    private void finishResults(Phase phase) {
        resultNames.forEach((node, names) -> {
            Phase own = isComputed(node) ? phases.apply(node) : leafPhase;
            if (own != phase) {
                return;
            }
            for (String name : names) {
                if (!results.containsKey(name)) {
                    operands.begin(phase);
                    Operands.Placed copy = result(name, node);
                    Code code = operands.newCode();
                    new MoveKernels(operands).copy(node, copy, code);
                    add(phase, name, List.of(node), code, Optional.empty());
                    results.put(name, copy.buffer());
                }
            }
        });
    }

    private void add(Phase phase, String name, List<Node> nodes, Code code, Optional<Expr.Var> referenceCount) {
        add(phase, name, nodes, code, referenceCount, List.of());
    }

    private void add(
            Phase phase,
            String name,
            List<Node> nodes,
            Code code,
            Optional<Expr.Var> referenceCount,
            List<String> remarks) {
        List<String> comment = new ArrayList<>(Comments.of(nodes, notes));
        remarks.stream().filter(remark -> !comment.contains(remark)).forEach(comment::add);
        List<Stmt> body = operands.inFloat() ? ExpandFunctions.run(code.statements()) : code.statements();
        Accesses accesses = Accesses.of(body);
        steps.computeIfAbsent(phase, p -> new ArrayList<>())
                .add(new Procedure(
                        name,
                        comment,
                        accesses.reads(),
                        accesses.writes(),
                        referenceCount,
                        operands.rowsUsed(),
                        operands.stepsUsed(),
                        body));
    }
}
