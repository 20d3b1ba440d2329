package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.rule.AuditGraph;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.NormaliseOneHot;

/**
 * Measures summation-to-delta at every node of a model: what the derivation hands back is interpreted as it is, in double
 * precision, without passes and without generated code.
 */
public final class Auditor {
    private final AuditGraph audited;
    private final List<Map<Op.Input, double[]>> targets;

    private Auditor(AuditGraph audited) {
        this.audited = audited;
        this.targets = targets(audited.explanation().target());
    }

    /**
     * Prepares to audit an explanation by DeepLIFT.
     *
     * @throws IllegalArgumentException where its method is another, or its target is left open
     */
    public static Auditor of(Model model, CompileOptions options) {
        return new Auditor(DeriveMultipliers.audited(NormaliseOneHot.run(Compiler.resolve(model, options))));
    }

    private static List<Map<Op.Input, double[]>> targets(Explanation.TargetChoice choice) {
        if (choice instanceof Explanation.Given) {
            throw new IllegalArgumentException("an audit needs a target");
        }
        if (choice.indices().size() <= 1) {
            return List.of(Map.of());
        }
        Op.Input leaf = new Op.Input(Op.Role.TARGET, 0, Shape.SCALAR, ElementType.INDEX);
        return choice.indices().stream()
                .map(index -> Map.of(leaf, new double[] {index}))
                .toList();
    }

    /** The nodes that are audited, from the explained point back to the inputs. */
    public List<AuditedNode> nodes() {
        return audited.steps().stream()
                .map(step -> new AuditedNode(
                        step.node().name(),
                        OperatorNames.of(step.node().op()),
                        step.rule().name(),
                        step.exact()))
                .toList();
    }

    /**
     * Measures one example: one sample for each target.
     *
     * @param example one array per input of the model
     * @param references the same for each reference; empty where references were known when compiling
     */
    public List<AuditSample> measure(List<double[]> example, List<List<double[]>> references) {
        List<Totals> totals = new ArrayList<>();
        targets.forEach(target -> totals.add(new Totals()));
        List<List<double[]>> each = references.isEmpty() ? List.of(List.of()) : references;
        for (List<double[]> reference : each) {
            JointInterpreter values = new JointInterpreter(
                    audited.graph(),
                    bound(Op.Role.ACTUAL, example),
                    List.of(bound(Op.Role.REFERENCE, reference)),
                    targets);
            for (int target = 0; target < totals.size(); target++) {
                totals.get(target).add(values, target);
            }
        }
        return totals.stream().map(total -> total.mean(each.size())).toList();
    }

    private Map<Op.Input, double[]> bound(Op.Role role, List<double[]> values) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        List<Model.InputDeclaration> inputs = audited.explanation().model().inputs();
        for (int i = 0; i < values.size(); i++) {
            bound.put(new Op.Input(role, i, inputs.get(i).shape(), ElementType.REAL), values.get(i));
        }
        return bound;
    }

    /** Sums over the references of one example, for one target. */
    private final class Totals {
        private final double[] residuals = new double[audited.steps().size()];
        private final double[][] contributions =
                new double[audited.explanation().model().inputs().size()][];
        private double change;

        void add(JointInterpreter values, int target) {
            for (int i = 0; i < residuals.length; i++) {
                AuditGraph.Step step = audited.steps().get(i);
                double handed = 0;
                for (Node input : step.handed()) {
                    handed += sum(values.value(input, 0, target));
                }
                residuals[i] += handed - sum(values.value(step.carried(), 0, target));
            }
            for (int i = 0; i < contributions.length; i++) {
                double[] more = values.value(result(ResultNames.CONTRIBUTIONS + i), 0, target);
                contributions[i] = contributions[i] == null ? new double[more.length] : contributions[i];
                for (int k = 0; k < more.length; k++) {
                    contributions[i][k] += more[k];
                }
            }
            change += values.value(result(ResultNames.OUTPUT), 0, target)[0]
                    - values.value(result(ResultNames.REFERENCE_OUTPUT), 0, target)[0];
        }

        AuditSample mean(int references) {
            double contributed = 0;
            for (double[] ofInput : contributions) {
                for (double contribution : ofInput) {
                    contributed += Math.abs(contribution) / references;
                }
            }
            double[] means = residuals.clone();
            for (int i = 0; i < means.length; i++) {
                means[i] /= references;
            }
            return new AuditSample(change / references, contributed, means);
        }

        private Node result(String name) {
            return audited.graph().outputs().get(name);
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
