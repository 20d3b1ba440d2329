package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.interpret.JointInterpreter;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and statements of "Not Just A Black Box" (arXiv 1605.01713), through the compiler. */
class PaperNumbersTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @TempDir
    Path folder;

    private Model model(String text) throws IOException {
        Path file = folder.resolve("model.dlift");
        Files.writeString(file, text);
        return Compiler.read(file);
    }

    private static double[] explain(Model model, ExplainOptions options, double... x) {
        CompileOptions inDouble =
                CompileOptions.DEFAULT.withPrecision(Precision.DOUBLE).withExplain(options);
        CompiledModel compiled = Compiler.load(Compiler.compile(model, inDouble));
        double[] contributions = new double[x.length];
        try (CompiledSession session = compiled.openSession()) {
            session.explain(new Batch(1, (Object) x).contributions((Object) contributions), 0, 1);
        }
        return contributions;
    }

    @Test
    void figure1() throws IOException {
        Model figure = Compiler.read(Path.of("../../generated-examples/figure-1/figure-1.dlift"));
        double[] contributions = explain(figure, ExplainOptions.NONE, -1, -1);
        assertThat(contributions[0]).isCloseTo(-0.4 / 3, EXACT);
        assertThat(contributions[1]).isCloseTo(-0.8 / 3, EXACT);
        assertThat(explain(figure, ExplainOptions.NONE.withMethod(Method.GRADIENT), -1, -1))
                .as("the gradient sees nothing")
                .containsExactly(0, 0);
    }

    /** Section 2.4: a saturated sigmoid hides the second input at the output, not before it. */
    @Test
    void sigmoidAtTheOutput() throws IOException {
        String text = """
                model Saturated {
                  input x: float[2]
                  logit = dense(x, weight = [[1, 1]], bias = [0])
                  output o = sigmoid(logit)
                  explain o { at POINT }
                }
                """;
        Model atOutput = model(text.replace("POINT", "output"));
        assertThat(explain(atOutput, ExplainOptions.NONE, 100, 0)[0]).isCloseTo(0.5, EXACT);
        double[] both = explain(atOutput, ExplainOptions.NONE, 100, 100);
        assertThat(both[0]).isCloseTo(0.25, EXACT);
        assertThat(both[1]).isCloseTo(0.25, EXACT);
        Model atLogit = model(text.replace("POINT", "pre_activation"));
        assertThat(explain(atLogit, ExplainOptions.NONE, 100, 100)).containsExactly(100, 100);
    }

    /** Section 2.5: what moves all classes of a softmax alike explains nothing. */
    @Test
    void equalWeightsToAllClasses() throws IOException {
        Model classes = model("""
                model Classes {
                  input x: float[2]
                  output p = softmax(dense(x, weight = [[1, 2], [1, -1], [1, 0.5]], bias = [0, 0.1, 0.2]))
                }
                """);
        double[] contributions = explain(classes, ExplainOptions.NONE, 3, 2);
        assertThat(contributions[0]).isCloseTo(0, EXACT);
        assertThat(contributions[1]).isCloseTo(2 * (2 - 0.5), EXACT);
    }

    private static final String TWO_LAYERS = """
            model TwoLayers {
              input x: float[3]
              a = relu(dense(x, weight = [[1, -2, 0.5], [0.3, 0.7, -1], [-1, 1, 2], [0.2, 0.1, 0.4]], bias = BIAS4))
              b = dense(a, weight = [[1, -1, 0.5, 2], [-0.5, 0.25, 1, -1]], bias = BIAS2)
              c = tanh(b) + b
              output y = dense(concat(c, a, axis = 0), weight = [[1, 2, 0.3, -0.2, 0.1, 0.7]], bias = BIAS1)
            }
            """;

    private Model twoLayers(boolean biased) throws IOException {
        return model(TWO_LAYERS
                .replace("BIAS4", biased ? "[0.3, -0.2, 0.1, 0.4]" : "[0, 0, 0, 0]")
                .replace("BIAS2", biased ? "[-0.1, 0.6]" : "[0, 0]")
                .replace("BIAS1", biased ? "[0.2]" : "[0]"));
    }

    /** Section 2.3: with zero biases, a zero reference and ReLUs alone DeepLIFT is gradient times input. */
    @Test
    void withoutBiasesItIsGradientTimesInput() throws IOException {
        Model relus = model("""
                model Relus {
                  input x: float[3]
                  a = relu(dense(x, weight = [[1, -2, 0.5], [0.3, 0.7, -1], [-1, 1, 2]], bias = [0, 0, 0]))
                  b = relu(dense(a, weight = [[1, -1, 0.5], [0.5, 0.25, 1]], bias = [0, 0]))
                  output y = dense(b, weight = [[1, 2]], bias = [0])
                }
                """);
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            double[] x = random.doubles(3, -2, 2).toArray();
            double[] deepLift = explain(relus, ExplainOptions.NONE, x);
            double[] gradient = explain(relus, ExplainOptions.NONE.withMethod(Method.GRADIENT_X_INPUT), x);
            assertThat(deepLift).usingComparatorWithPrecision(1e-12).containsExactly(gradient);
        }
    }

    /** Sections 2.1 and 2.2: the contributions over any set of nodes that cuts input from output sum to delta. */
    @Test
    void contributionsOverAnyFullCutSumToDelta() throws IOException {
        Model model = twoLayers(true);
        Explanation explanation = Compiler.resolve(model, CompileOptions.DEFAULT);
        JointGraph joint = DeriveMultipliers.run(explanation);
        Random random = new Random(11);
        for (int trial = 0; trial < 20; trial++) {
            Map<Op.Input, double[]> leaves = new HashMap<>();
            leaves.put(input(model), random.doubles(3, -2, 2).toArray());
            JointInterpreter values = new JointInterpreter(joint.graph(), leaves, List.of(Map.of()), List.of(Map.of()));
            double change = values.value(joint.graph().outputs().get(ResultNames.OUTPUT), 0, 0)[0]
                    - values.value(joint.graph().outputs().get(ResultNames.REFERENCE_OUTPUT), 0, 0)[0];
            for (String cut : List.of("x", "a.dense", "a", "y.concat", "y")) {
                assertThat(contribution(joint.graph(), values, cut))
                        .as("cut through %s", cut)
                        .isCloseTo(change, within(1e-11));
            }
            double throughC = contribution(joint.graph(), values, "c");
            double pastC = partContribution(joint.graph(), values, 2);
            assertThat(throughC + pastC)
                    .as("cut through c and the part of a that passes it by")
                    .isCloseTo(change, within(1e-11));
        }
    }

    /** The contributions of what the last layer reads, from element {@code first} on. */
    private static double partContribution(Graph graph, JointInterpreter values, int first) {
        double[] m = last(graph, values, "y.concat.multiplier");
        double[] a = last(graph, values, "y.concat");
        double[] r = last(graph, values, "y.concat.reference");
        double sum = 0;
        for (int i = first; i < m.length; i++) {
            sum += m[i] * (a[i] - r[i]);
        }
        return sum;
    }

    private static Op.Input input(Model model) {
        return (Op.Input) model.graph().nodes().stream()
                .map(Node::op)
                .filter(op -> op instanceof Op.Input)
                .findFirst()
                .orElseThrow();
    }

    /** Multiplier times difference-from-reference, summed over the elements of a node. */
    private static double contribution(Graph graph, JointInterpreter values, String name) {
        double[] m = last(graph, values, name.equals("y") ? "target.multiplier" : name + ".multiplier");
        double[] a = last(graph, values, name);
        double[] r = last(graph, values, name + ".reference");
        double sum = 0;
        for (int i = 0; i < m.length; i++) {
            sum += m[i] * (a[i] - r[i]);
        }
        return sum;
    }

    /** The last node of that name: of the terms of a multiplier that is their sum. */
    private static double[] last(Graph graph, JointInterpreter values, String name) {
        Node found = null;
        for (Node node : graph.nodes()) {
            found = node.name().equals(name) ? node : found;
        }
        assertThat(found).as("node %s", name).isNotNull();
        return values.value(found, 0, 0);
    }
}
