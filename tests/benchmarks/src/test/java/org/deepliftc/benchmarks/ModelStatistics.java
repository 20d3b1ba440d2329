package org.deepliftc.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.compiler.rule.Explanation;

/**
 * How hard the explanations are that the benchmarks time: where every multiplier is zero, or no unit switches between
 * reference and example, a fast program may be one that does nothing. Computed by the interpreter, in double precision,
 * on the derived graph that no pass has touched.
 *
 * @param zeroMultipliers the share of inputs whose multiplier is 0
 * @param signChanges the share of ReLU and PReLU units that are positive on one of example and reference alone; NaN
 *     where there are none
 */
public record ModelStatistics(double zeroMultipliers, double signChanges) {

    /** Of the pairs of an example and a reference. */
    static ModelStatistics of(BenchmarkModel which, boolean shuffles, int examples, int references) {
        Model model = which.read();
        CompileOptions options = CompileOptions.DEFAULT.withExplain(
                shuffles ? Compilation.GIVEN_REFERENCES : Compilation.MODELS_REFERENCE);
        Explanation explanation = Compiler.resolve(model, options);
        Graph graph = Compiler.derive(explanation).graph();
        Counts counts = new Counts();
        Shape shape = model.inputs().get(0).shape();
        float[] inputs = Inputs.of(which, model, examples);
        float[] given = shuffles ? Inputs.shuffles(inputs, examples, references) : new float[0];
        for (int example = 0; example < examples; example++) {
            for (int r = 0; r < references; r++) {
                Map<Op.Input, double[]> leaves = new HashMap<>();
                leaves.put(leaf(Op.Role.ACTUAL, shape), row(inputs, example, shape.size()));
                if (shuffles) {
                    leaves.put(leaf(Op.Role.REFERENCE, shape), row(given, example * references + r, shape.size()));
                }
                counts.add(graph, new Interpreter(leaves));
            }
        }
        return new ModelStatistics((double) counts.zeros / counts.inputs, (double) counts.changed / counts.units);
    }

    private static Op.Input leaf(Op.Role role, Shape shape) {
        return new Op.Input(role, 0, shape, ElementType.REAL);
    }

    private static double[] row(float[] values, int row, int size) {
        double[] result = new double[size];
        Arrays.setAll(result, i -> values[row * size + i]);
        return result;
    }

    private static final class Counts {
        private long zeros;
        private long inputs;
        private long changed;
        private long units;

        void add(Graph graph, Interpreter values) {
            for (double multiplier : values.value(graph.outputs().get(ResultNames.MULTIPLIERS + 0))) {
                zeros += multiplier == 0 ? 1 : 0;
                inputs++;
            }
            for (Node node : graph.nodes()) {
                if (node.op() instanceof Op.DividedDifference slope && switches(slope.activation())) {
                    double[] actual = values.value(node.input(0));
                    double[] reference = values.value(node.input(1));
                    for (int i = 0; i < actual.length; i++) {
                        changed += actual[i] > 0 != reference[i] > 0 ? 1 : 0;
                        units++;
                    }
                }
            }
        }

        private static boolean switches(Activation activation) {
            return activation.name().equals("relu") || activation.name().equals("prelu");
        }
    }

    /** The multiply-adds of one forward pass by the direct algorithm. */
    static long multiplyAdds(Model model) {
        long total = 0;
        for (Node node : model.graph().nodes()) {
            if (node.op() instanceof Op.Dense || node.op() instanceof Op.Convolution) {
                Shape weights = node.input(1).shape();
                total += (long) node.shape().size() * (weights.size() / weights.dim(0));
            }
        }
        return total;
    }

    /** Prints a table; VGG16 takes the interpreter minutes. */
    public static void main(String[] args) {
        System.out.println("| network | multiply-adds forward | reference | zero multipliers | ReLU sign changes |");
        System.out.println("|---|---|---|---|---|");
        print(BenchmarkModel.GENOMICS, false, 200, 1);
        print(BenchmarkModel.GENOMICS, true, 20, 20);
        print(BenchmarkModel.VGG16, false, 1, 1);
        print(BenchmarkModel.BPNET, true, 1, 2);
        print(BenchmarkModel.MLP, false, 200, 1);
        print(BenchmarkModel.DENSE, false, 1, 1);
    }

    private static void print(BenchmarkModel model, boolean shuffles, int examples, int references) {
        ModelStatistics statistics = of(model, shuffles, examples, references);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %.1f %% | %s |%n",
                model,
                multiplyAdds(model.read()),
                shuffles ? "dinucleotide shuffle" : "zeros",
                100 * statistics.zeroMultipliers(),
                Double.isNaN(statistics.signChanges())
                        ? "no ReLU"
                        : String.format(Locale.ROOT, "%.1f %%", 100 * statistics.signChanges()));
    }
}
