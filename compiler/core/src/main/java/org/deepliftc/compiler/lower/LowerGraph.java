package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;

/**
 * Lowers one graph to steps: groups elementwise nodes, gives every kept value a buffer and writes a procedure for each
 * step into its phase.
 */
final class LowerGraph {
    private final Graph graph;
    private final Function<Node, Phase> phases;
    private final Operands operands;
    private final Map<String, String> notes;
    private final Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
    private final Map<Node, List<Node>> users;
    private final Map<Node, List<String>> resultNames = new LinkedHashMap<>();
    private final Map<String, Buffer> results = new LinkedHashMap<>();

    /**
     * Prepares the lowering.
     *
     * @param phases the phase of each node that is neither leaf nor constant
     * @param notes what to tell the reader of a node, by its name
     */
    LowerGraph(Graph graph, Function<Node, Phase> phases, Operands operands, Map<String, String> notes) {
        this.graph = graph;
        this.phases = phases;
        this.operands = operands;
        this.notes = notes;
        this.users = graph.users();
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

    /** The buffer of each output, by name. */
    Map<String, Buffer> results() {
        return results;
    }

    private boolean isComputed(Node node) {
        return !node.isConstant() && !(node.op() instanceof Op.Input);
    }

    /** A step before it is written: a group, or a single node. */
    private record Step(ElementwiseGroup group, Node node) {}

    private void lower(Phase phase) {
        List<Step> ordered = new ArrayList<>();
        Map<Node, Integer> position = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (!isComputed(node) || phases.apply(node) != phase || node.op() instanceof Op.Reshape) {
                if (node.op() instanceof Op.Reshape) {
                    position.put(node, position.getOrDefault(node.input(0), -1));
                }
                continue;
            }
            int earliest = -1;
            for (Node input : node.inputs()) {
                earliest = Math.max(earliest, position.getOrDefault(input, -1));
            }
            position.put(node, placeStep(node, earliest, ordered));
        }
        ordered.forEach(step -> write(step, phase));
        finishResults(phase);
    }

    /** The number of the step that computes the node: a group it can join, else a new one. */
    private static int placeStep(Node node, int earliest, List<Step> ordered) {
        if (ElementwiseGroup.accepts(node.op())) {
            for (int i = Math.max(earliest, 0); i < ordered.size(); i++) {
                ElementwiseGroup group = ordered.get(i).group;
                if (group != null && group.fits(node) && readsThroughNoMove(node, group)) {
                    group.add(node);
                    return i;
                }
            }
            ordered.add(new Step(new ElementwiseGroup(node), node));
        } else {
            ordered.add(new Step(null, node));
        }
        return ordered.size() - 1;
    }

    /** A reshape of a member shares its buffer, not its local: such a reader needs the next loop. */
    private static boolean readsThroughNoMove(Node node, ElementwiseGroup group) {
        for (Node input : node.inputs()) {
            Node origin = input;
            while (origin.op() instanceof Op.Reshape) {
                origin = origin.input(0);
            }
            if (origin != input && group.nodes().contains(origin)) {
                return false;
            }
        }
        return true;
    }

    private void write(Step step, Phase phase) {
        Code code = new Code();
        List<Node> described = new ArrayList<>();
        if (step.group != null) {
            Set<Node> stored = new HashSet<>();
            for (Node node : step.group.nodes()) {
                described.add(node);
                if (isKept(node, step.group.nodes())) {
                    stored.add(node);
                    operands.place(node, newBuffer(node, phase));
                }
            }
            step.group.write(operands, stored, code);
            add(phase, stepName(described, stored), described, code, java.util.Optional.empty());
        } else if (step.node.op() instanceof Op.MeanOver) {
            writeMean(step.node);
        } else {
            Buffer out = newBuffer(step.node, phase);
            operands.place(step.node, out);
            step.node.op().match(new Kernels(operands, step.node, out, code));
            add(phase, step.node.name(), List.of(step.node), code, java.util.Optional.empty());
        }
    }

    private boolean isKept(Node node, Set<Node> group) {
        return resultNames.containsKey(node) || users.get(node).stream().anyMatch(u -> !group.contains(u));
    }

    /** A group is named after the last value it keeps. */
    private static String stepName(List<Node> nodes, Set<Node> stored) {
        String name = nodes.get(nodes.size() - 1).name();
        for (Node node : nodes) {
            if (stored.contains(node)) {
                name = node.name();
            }
        }
        return name;
    }

    /** A sum over references, cleared before the first and divided by their number after the last. */
    private void writeMean(Node node) {
        Node value = node.input(0);
        int size = node.shape().size();
        Buffer sum = new Buffer(node.name() + ".sum", Kind.REAL, size, Buffer.Place.ACCUMULATOR);
        Code clear = new Code();
        clear.fill(sum, size, Code.real(0));
        add(Phase.START, node.name() + ".clear", List.of(node), clear, java.util.Optional.empty());
        Code collect = new Code();
        collect.loop(
                "i", size, (body, i) -> body.store(sum, i, Code.add(new Expr.Load(sum, i), operands.load(value, i))));
        add(Phase.PAIR_TARGET, node.name() + ".collect", List.of(node), collect, java.util.Optional.empty());
        Buffer out = newBuffer(node, Phase.FINISH);
        operands.place(node, out);
        Expr.Var count = new Expr.Var("references", Kind.INT);
        Code divide = new Code();
        divide.loop(
                "i", size, (body, i) -> body.store(out, i, Code.divide(new Expr.Load(sum, i), new Expr.ToReal(count))));
        add(Phase.FINISH, node.name() + ".mean", List.of(node), divide, java.util.Optional.of(count));
    }

    private Buffer newBuffer(Node node, Phase phase) {
        Kind kind = node.type() == ElementType.INDEX ? Kind.INT : Kind.REAL;
        Buffer.Place place = Buffer.Place.WORKSPACE;
        List<String> names = resultNames.get(node);
        if (names != null && !results.containsKey(names.get(0))) {
            place = Buffer.Place.RESULT;
        } else if (phase == Phase.REFERENCE && readElsewhere(node)) {
            place = Buffer.Place.STATE;
        }
        Buffer buffer = new Buffer(node.name(), kind, node.shape().size(), place);
        if (place == Buffer.Place.RESULT) {
            results.put(names.get(0), buffer);
        }
        return buffer;
    }

    private boolean readElsewhere(Node node) {
        for (Node user : users.get(node)) {
            if (phases.apply(user) != Phase.REFERENCE || user.op() instanceof Op.Reshape && readElsewhere(user)) {
                return true;
            }
        }
        return false;
    }

    /** Results that are leaves, constants, reshapes or the same node as another result get a copy of their own. */
    private void finishResults(Phase phase) {
        resultNames.forEach((node, names) -> {
            Phase own = isComputed(node) ? phases.apply(node) : graphPhase();
            if (own != phase) {
                return;
            }
            for (String name : names) {
                if (!results.containsKey(name)) {
                    Buffer copy = new Buffer(name, Kind.REAL, node.shape().size(), Buffer.Place.RESULT);
                    Code code = new Code();
                    new MoveKernels(operands).copy(node, copy, code);
                    add(phase, name, List.of(node), code, java.util.Optional.empty());
                    results.put(name, copy);
                }
            }
        });
    }

    private Phase graphPhase() {
        return graph.nodes().stream().anyMatch(n -> isComputed(n) && phases.apply(n) == Phase.PREDICT)
                ? Phase.PREDICT
                : Phase.EXAMPLE;
    }

    private void add(
            Phase phase, String name, List<Node> nodes, Code code, java.util.Optional<Expr.Var> referenceCount) {
        Usage usage = Usage.of(code.statements());
        List<String> comment = Comments.of(nodes, notes);
        steps.computeIfAbsent(phase, p -> new ArrayList<>())
                .add(new Procedure(name, comment, usage.reads(), usage.writes(), referenceCount, code.statements()));
    }
}
