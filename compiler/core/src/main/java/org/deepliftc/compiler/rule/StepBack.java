package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;

/**
 * One step of a recurrence, walked backwards. Its states are the multipliers of the recurrence's states; its sequences
 * are the multipliers of what is stacked, and the activations of the step that its rules ask for, on both runs.
 */
final class StepBack {
    private static final String TO_SEQUENCE = "sequence.";

    private final Node scan;
    private final ScanBody forward;
    private final RuleSet rules;
    private final RuleContext outer;
    private final GraphBuilder builder = new GraphBuilder();
    private final GraphBuilder questions = new GraphBuilder();
    private final Set<Node> dependent = new HashSet<>();
    private final List<Node> sequences = new ArrayList<>();
    private final Map<Node, Node> leaves = new HashMap<>();
    private final Map<Node, Node> stacks = new HashMap<>();
    private final Map<Node, List<Multiplier>> arriving = new HashMap<>();
    private final Map<Node, Multiplier> totals = new HashMap<>();
    private final ScanBody body;

    /**
     * Walks back.
     *
     * @param scan the recurrence in the model's graph
     * @param upstream the multiplier of what it stacks, for every position
     */
    StepBack(Node scan, RuleSet rules, RuleContext outer, Node upstream) {
        this.scan = scan;
        this.forward = ((Op.Scan) scan.op()).body();
        this.rules = rules;
        this.outer = outer;
        for (Node node : forward.graph().nodes()) {
            if (node.op() instanceof Op.Input || node.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(node);
            }
        }
        for (int i = 0; i < forward.carried(); i++) {
            Node next = forward.graph().outputs().get(ScanBody.next(i));
            Op leaf = new Op.Input(Op.Role.CARRIED, i, next.shape(), ElementType.REAL);
            arrive(next, Multiplier.of(builder.add(leaf, next.name() + ".multiplier.carried")));
        }
        arrive(forward.graph().outputs().get(((Op.Scan) scan.op()).output()), Multiplier.of(leaf(upstream)));
        walk();
        this.body = new ScanBody(
                Graph.of(scan.name() + ".multiplier", outputs()),
                forward.carried(),
                sequences.size(),
                forward.length(),
                !forward.reversed());
    }

    /** The output of {@link #body} that is the multiplier of a sequence's element. */
    static String toSequence(int index) {
        return TO_SEQUENCE + index;
    }

    ScanBody body() {
        return body;
    }

    /** The inputs of the recurrence of multipliers: nothing arrives after the last step. */
    List<Node> inputs() {
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < forward.carried(); i++) {
            Shape shape = forward.graph().outputs().get(ScanBody.next(i)).shape();
            inputs.add(outer.builder()
                    .constant(ConstantData.real(shape, new double[shape.size()]), scan.name() + ".multiplier.none"));
        }
        inputs.addAll(sequences);
        return inputs;
    }

    private void arrive(Node at, Multiplier multiplier) {
        if (dependent.contains(at)) {
            arriving.computeIfAbsent(at, n -> new ArrayList<>()).add(multiplier);
        }
    }

    private void walk() {
        Map<Node, Node> shared = new HashMap<>();
        Activations actual = new OfStep("", shared, this::actualStack);
        boolean oneRun = outer.actual(scan) == outer.reference(scan);
        Activations reference = oneRun ? actual : new OfStep(".reference", shared, this::referenceStack);
        RuleContext context = new RuleContext(builder, actual, reference, outer.comparesRuns());
        context.explain(() -> leaf(outer.broadcast(outer.change(), Shape.of(forward.length()))));
        List<Node> nodes = forward.graph().nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (!arriving.containsKey(node)) {
                continue;
            }
            Multiplier total = total(node, context);
            totals.put(node, total);
            if (!node.inputs().isEmpty()) {
                List<Multiplier> handed = rules.ruleFor(node).apply(node, total, context);
                for (int input = 0; input < handed.size(); input++) {
                    arrive(node.input(input), handed.get(input));
                }
            }
        }
    }

    private Multiplier total(Node node, RuleContext context) {
        List<Multiplier> all = arriving.get(node);
        Multiplier total = all.get(0);
        for (Multiplier next : all.subList(1, all.size())) {
            total = total.combine(
                    next, (a, b) -> context.add(new Op.Binary(Op.BinaryKind.ADD), node.name() + ".multiplier", a, b));
        }
        return total;
    }

    private Map<String, Node> outputs() {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < forward.carried(); i++) {
            Shape shape = forward.graph().outputs().get(ScanBody.next(i)).shape();
            outputs.put(ScanBody.next(i), multiplier(Op.Role.CARRIED, i, shape));
        }
        for (int i = 0; i < forward.scanned(); i++) {
            Shape shape = scan.input(forward.carried() + i).shape().from(1);
            outputs.put(toSequence(i), multiplier(Op.Role.SCANNED, i, shape));
        }
        return outputs;
    }

    private Node multiplier(Op.Role role, int index, Shape shape) {
        Multiplier total = forward.leaf(role, index).map(totals::get).orElse(null);
        if (total == null) {
            return builder.constant(ConstantData.real(shape, new double[shape.size()]), "none");
        }
        if (!total.isSingle()) {
            throw new IllegalStateException(scan + " has one channel, its steps two");
        }
        return total.positive();
    }

    /** The element at each step of a sequence of the surrounding graph; one leaf for one sequence. */
    private Node leaf(Node sequence) {
        return leaves.computeIfAbsent(sequence, s -> {
            Op leaf = new Op.Input(Op.Role.SCANNED, sequences.size(), s.shape().from(1), ElementType.REAL);
            sequences.add(s);
            return builder.add(leaf, s.name() + ".step");
        });
    }

    private Node actualStack(Node node) {
        return outer.actual(stack(node));
    }

    private Node referenceStack(Node node) {
        return outer.reference(stack(node));
    }

    /** A node of the model's graph that stacks a value of the step. */
    private Node stack(Node node) {
        return stacks.computeIfAbsent(node, n -> {
            if (n.op() instanceof Op.Input input && input.role() == Op.Role.SCANNED) {
                return scan.input(forward.carried() + input.index());
            }
            Op op = new Op.Scan(forward, ScanBody.value(n));
            return op.equals(scan.op()) ? scan : questions.add(op, scan.inputs(), n.name(), n.span());
        });
    }

    /** The activations of a step on one run: elements of stacks, and what is the same in every step. */
    private final class OfStep extends Activations {
        private final UnaryOperator<Node> stackOf;

        OfStep(String suffix, Map<Node, Node> shared, UnaryOperator<Node> stackOf) {
            super(
                    builder,
                    suffix,
                    op -> {
                        throw new IllegalStateException("a step has no input " + op);
                    },
                    shared);
            this.stackOf = stackOf;
        }

        @Override
        Node of(Node node) {
            return dependent.contains(node) ? StepBack.this.leaf(stackOf.apply(node)) : super.of(node);
        }
    }
}
