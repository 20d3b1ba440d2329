package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.check.WeightSource;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.rule.Explanation;

/** A model from text with seeded weights, its joint graph before and after the optimizer. */
public final class SeededModel {
    private final Explanation explanation;
    private final Graph derived;
    private final Graph optimised;

    private SeededModel(Model model) {
        this.explanation = Compiler.resolve(model, CompileOptions.DEFAULT);
        this.derived = Compiler.derive(explanation).graph();
        this.optimised = Optimizer.optimize(derived);
    }

    /** Reads a model whose weights file is {@code "w"} and holds tensors of these shapes. */
    public static SeededModel of(Path folder, String text, Map<String, List<Integer>> weights) {
        try {
            Path file = Files.writeString(folder.resolve("model.dlift"), text);
            return new SeededModel(
                    ModelReader.check(file, path -> new Seeded(weights)).model());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Normal numbers; what spreads is positive, as statistics of batch normalisation must be. */
    private record Seeded(Map<String, List<Integer>> shapes) implements WeightSource {
        @Override
        public Collection<String> names() {
            return shapes.keySet();
        }

        @Override
        public Shape shape(String name) {
            return new Shape(shapes.get(name));
        }

        @Override
        public double[] read(String name) {
            Random random = new Random(name.hashCode());
            double[] values = new double[shape(name).size()];
            double scale =
                    Math.sqrt(2.0 / Math.max(1, values.length / shape(name).dim(0)));
            for (int i = 0; i < values.length; i++) {
                double value = scale * random.nextGaussian();
                values[i] = name.endsWith(".var") ? 0.5 + Math.abs(value) : value;
            }
            return values;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    public Model model() {
        return explanation.model();
    }

    public Graph derived() {
        return derived;
    }

    public Graph optimised() {
        return optimised;
    }

    /** Nodes of the optimised graph with this operator. */
    long count(Class<? extends Op> op) {
        return Sketch.count(optimised, op);
    }

    /** Every result of the optimised graph has the value it had before, for each of the targets. */
    public void assertSameResults() {
        List<Integer> indices = explanation.target().indices();
        List<Map<Op.Input, double[]>> targets =
                indices.stream().map(target -> bound(Op.Role.TARGET, target)).toList();
        JointInterpreter before = interpreter(derived, targets);
        JointInterpreter after = interpreter(optimised, targets);
        for (String name : derived.outputs().keySet()) {
            for (int t = 0; t < targets.size(); t++) {
                double[] expected = before.value(derived.outputs().get(name), 0, t);
                double[] got = after.value(optimised.outputs().get(name), 0, t);
                for (int i = 0; i < expected.length; i++) {
                    double size = Math.max(1, Math.abs(expected[i]));
                    assertThat(got[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(1e-12 * size));
                }
            }
        }
    }

    private JointInterpreter interpreter(Graph graph, List<Map<Op.Input, double[]>> targets) {
        return new JointInterpreter(
                graph,
                bound(Op.Role.ACTUAL, 0),
                List.of(bound(Op.Role.REFERENCE, 0), bound(Op.Role.REFERENCE, 1)),
                targets);
    }

    private Map<Op.Input, double[]> bound(Op.Role role, int number) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        for (Node node : derived.nodes()) {
            if (node.op() instanceof Op.Input input && input.role() == role) {
                Random random = new Random(31L * role.ordinal() + 7L * number + input.index());
                double[] values = random.doubles(input.shape().size(), -1, 1).toArray();
                bound.put(input, role == Op.Role.TARGET ? new double[] {number} : values);
            }
        }
        return bound;
    }
}
