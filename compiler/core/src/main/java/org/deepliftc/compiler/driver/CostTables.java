package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.schedule.BytecodeSize;
import org.deepliftc.compiler.schedule.CostModel;
import org.deepliftc.compiler.schedule.ScalarSchedule;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** Makes the cost table of a compiled explanation: work of the joint graph and code of the program, by model node. */
final class CostTables {
    private final JointGraph joint;
    private final Times times;
    private final CostModel model;
    private final int elementBytes;
    private final Map<String, Long> multiplierWork = new HashMap<>();
    private final Map<String, Double> seconds = new HashMap<>();
    private final Map<String, Long> code = new HashMap<>();
    private final Map<Times.Often, Double> totalSeconds = new EnumMap<>(Times.Often.class);
    private final Owners owners;

    private CostTables(JointGraph joint, RuleTable rules, CostModel model, int elementBytes) {
        this.joint = joint;
        this.times = Times.of(joint);
        this.model = model;
        this.elementBytes = elementBytes;
        this.owners = Owners.of(rules);
    }

    /**
     * The table of a class.
     *
     * @param program of its steps, as yet unscheduled
     */
    static CostTable of(
            Explanation explanation,
            JointGraph joint,
            RuleTable rules,
            LoopProgram program,
            ClassHeader header,
            CompileOptions options) {
        ElementType type = header.elementType();
        int elementBytes = type == ElementType.DOUBLE ? Double.BYTES : Float.BYTES;
        String backend = JavaBackend.backend(program, header);
        Graph graph = Graph.of(joint.graph().name(), Map.of("point", explanation.point()));
        Set<Node> weights = new HashSet<>();
        graph.nodes().stream().filter(Node::isConstant).forEach(weights::add);
        long weightBytes = weights.stream().mapToLong(n -> n.shape().size()).sum() * elementBytes;
        CostTables costs = new CostTables(
                joint,
                rules,
                CostModel.of(backend.equals("vector"), type, options.expectedBatch(), weightBytes),
                elementBytes);
        costs.addWork();
        long codeBytes = costs.addCode(ScalarSchedule.run(program, header.shape(), type));
        CostTable.Totals totals = new CostTable.Totals(
                backend,
                options.expectedBatch(),
                DirectWork.of(joint),
                JavaBackend.workspaceBytes(program, header),
                costs.referenceBytes(program),
                JavaBackend.generate(program, header).weights().length,
                codeBytes,
                costs.total(Times.Often.PER_EXAMPLE),
                costs.total(Times.Often.PER_REFERENCE),
                costs.total(Times.Often.PER_PAIR));
        return new CostTable(rules, costs.rows(graph, rules), totals);
    }

    private void addWork() {
        OperatorCosts.Recurrences recurrences = new OperatorCosts.Recurrences();
        for (Node node : joint.graph().nodes()) {
            Times.Often often = times.often(node);
            if (often == Times.Often.NEVER || !recurrences.counts(node)) {
                continue;
            }
            double expected = seconds(node) * times.repeats(node);
            totalSeconds.merge(often, expected, Double::sum);
            String owner = owners.of(node.name());
            if (often != Times.Often.PER_REFERENCE) {
                seconds.merge(owner, expected, Double::sum);
            }
            if (!owner.equals(node.name()) && !node.name().endsWith(".reference")) {
                multiplierWork.merge(owner, OperatorCosts.multiplyAdds(node), Long::sum);
            }
        }
    }

    /** Expected time of a node of the joint graph; moving no data, leaves and reshapes take none. */
    private double seconds(Node node) {
        if (node.inputs().isEmpty() || node.op() instanceof Op.Reshape) {
            return 0;
        }
        long elements = node.shape().size();
        long activations = elements;
        long weights = 0;
        for (Node input : node.inputs()) {
            if (input.isConstant()) {
                weights += input.shape().size();
            } else {
                activations += input.shape().size();
            }
        }
        return model.seconds(
                OperatorCosts.multiplyAdds(node), elements, activations * elementBytes, weights * elementBytes);
    }

    private long addCode(LoopProgram program) {
        long all = 0;
        for (Phase phase : Phase.values()) {
            for (Procedure procedure : program.steps(phase)) {
                long bytes = BytecodeSize.of(procedure);
                all += bytes;
                Set<String> nodes = procedure.writes().stream()
                        .map(Buffer::name)
                        .map(owners::of)
                        .collect(Collectors.toSet());
                if (nodes.size() == 1) {
                    code.merge(nodes.iterator().next(), bytes, Long::sum);
                }
            }
        }
        return all;
    }

    /** What depends on a reference alone is kept for each of them, its inputs among it. */
    private long referenceBytes(LoopProgram program) {
        Set<Buffer> kept = new HashSet<>(program.referenceInputs());
        for (Phase phase : Phase.values()) {
            for (Procedure procedure : program.steps(phase)) {
                procedure.writes().stream()
                        .filter(buffer -> buffer.place() == Buffer.Place.STATE)
                        .forEach(kept::add);
            }
        }
        return kept.stream()
                .mapToLong(buffer -> (long) buffer.size() * (buffer.kind() == Kind.INT ? Integer.BYTES : elementBytes))
                .sum();
    }

    private List<CostTable.Row> rows(Graph graph, RuleTable rules) {
        Map<String, Node> nodes = new HashMap<>();
        graph.nodes().forEach(node -> nodes.put(node.name(), node));
        List<CostTable.Row> rows = new ArrayList<>();
        for (RuleTable.Row rule : rules.rows()) {
            Node node = nodes.get(rule.node());
            long weights = node.inputs().stream()
                    .filter(Node::isConstant)
                    .mapToLong(n -> n.shape().size())
                    .sum();
            rows.add(new CostTable.Row(
                    rule,
                    multiplierWork.getOrDefault(rule.node(), 0L),
                    (long) node.shape().size() * elementBytes,
                    weights * elementBytes,
                    code.getOrDefault(rule.node(), 0L),
                    1 / seconds.getOrDefault(rule.node(), 0.0)));
        }
        return rows;
    }

    private double total(Times.Often often) {
        return totalSeconds.getOrDefault(often, 0.0);
    }
}
