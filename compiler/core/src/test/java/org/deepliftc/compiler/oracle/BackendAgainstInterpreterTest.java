package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compiled classes compute what the interpreter computes from the joint graph before any pass. */
final class BackendAgainstInterpreterTest {

    @ParameterizedTest
    @CsvSource({
        "DEEPLIFT, CROSS, LOOPS",
        "DEEPLIFT, CROSS, STRAIGHT",
        "DEEPLIFT, WINNER, LOOPS",
        "DEEPLIFT, SEGMENTS, LOOPS",
        "DEEPLIFT, SEGMENTS, STRAIGHT",
        "GUIDED_BACKPROP, GRADIENT, LOOPS",
        "INTEGRATED_GRADIENTS, GRADIENT, LOOPS",
        "INTEGRATED_GRADIENTS, GRADIENT, STRAIGHT",
        "GRADIENT, GRADIENT, LOOPS",
        "GRADIENT_X_INPUT, GRADIENT, STRAIGHT",
    })
    void inDouble(Method method, MaxRule maxRule, CodeShape shape) {
        String what = method + " with " + maxRule + " as " + shape + " in double";
        NetworkProperty.holds(what, 1e-10, NetworkProperty.FEWER, network -> true, network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, method, maxRule);
            return ExplainedNetwork.error(
                    explained.interpreted(explained.joint().graph()), compiled(explained, Precision.DOUBLE, shape));
        });
    }

    /** Reveal-cancel has two channels, which few networks' products of matrices forbid. */
    @ParameterizedTest
    @CsvSource({"CROSS, REVEAL_CANCEL, LOOPS", "SEGMENTS, GENOMICS, LOOPS", "CROSS, REVEAL_CANCEL, STRAIGHT"})
    void revealCancelInDouble(MaxRule maxRule, NonlinearityRule rule, CodeShape shape) {
        String what = rule + " with " + maxRule + " as " + shape + " in double";
        NetworkProperty.holds(
                what, 1e-10, NetworkProperty.FEWER, network -> isDefined(network, maxRule, rule), network -> {
                    ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, maxRule, rule);
                    return ExplainedNetwork.error(
                            explained.interpreted(explained.joint().graph()),
                            compiled(explained, Precision.DOUBLE, shape));
                });
    }

    private static boolean isDefined(RandomNetwork network, MaxRule maxRule, NonlinearityRule rule) {
        try {
            new ExplainedNetwork(network, Method.DEEPLIFT, maxRule, rule).joint();
            return true;
        } catch (DiagnosticException e) {
            return false;
        }
    }

    /** Where values tie, float and double may choose different winners: those networks are left to double. */
    @ParameterizedTest
    @CsvSource({"DEEPLIFT, CROSS, LOOPS", "DEEPLIFT, CROSS, STRAIGHT", "GRADIENT_X_INPUT, GRADIENT, LOOPS"})
    void inFloat(Method method, MaxRule maxRule, CodeShape shape) {
        String what = method + " with " + maxRule + " as " + shape + " in float";
        NetworkProperty.holds(what, 1e-4, NetworkProperty.FEWER, network -> !network.hasTies(), network -> {
            ExplainedNetwork explained = new ExplainedNetwork(network, method, maxRule);
            return ExplainedNetwork.error(
                    explained.interpreted(explained.joint().graph()), compiled(explained, Precision.FLOAT, shape));
        });
    }

    /** On 200 networks, through the class: contributions against the change of the output that it reports. */
    @Test
    void contributionsSumToDelta() {
        NetworkProperty.holds("summation-to-delta of the compiled class in double", 1e-10, network -> {
            double[] output = new double[1];
            double[] referenceOutput = new double[1];
            ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, MaxRule.CROSS);
            List<double[]> contributions = compiled(
                    explained,
                    Precision.DOUBLE,
                    CodeShape.LOOPS,
                    batch -> batch.output(output).referenceOutput(referenceOutput));
            double sum = contributions.stream().flatMapToDouble(Arrays::stream).sum();
            double change = output[0] - referenceOutput[0];
            return Math.abs(sum - change) / Math.max(1, Math.abs(change));
        });
    }

    private static List<double[]> compiled(ExplainedNetwork explained, Precision precision, CodeShape shape) {
        return compiled(explained, precision, shape, batch -> batch);
    }

    static List<double[]> compiled(
            ExplainedNetwork explained, Precision precision, CodeShape shape, UnaryOperator<Batch> more) {
        CompileOptions options = CompileOptions.DEFAULT
                .withExplain(explained.options())
                .withPrecision(precision)
                .withShape(shape);
        RandomNetwork network = explained.network();
        CompiledModel model = Compiler.load(Compiler.compile(network.model(), options));
        Object[] contributions = network.actual().stream()
                .map(input -> typed(new double[input.length], precision))
                .toArray();
        Batch batch = new Batch(
                        1,
                        network.actual().stream()
                                .map(input -> typed(input, precision))
                                .toArray())
                .contributions(contributions);
        if (explained.method().usesReference()) {
            batch.references(network.references().size(), references(network, precision));
        }
        try (CompiledSession session = model.openSession()) {
            session.explain(more.apply(batch), 0, 1);
        }
        List<double[]> results = new ArrayList<>();
        for (Object each : contributions) {
            results.add(doubles(each));
        }
        return results;
    }

    /** For each input its value in all references, one after the other. */
    private static Object[] references(RandomNetwork network, Precision precision) {
        Object[] all = new Object[network.actual().size()];
        for (int i = 0; i < all.length; i++) {
            int size = network.actual().get(i).length;
            double[] joined = new double[size * network.references().size()];
            for (int r = 0; r < network.references().size(); r++) {
                System.arraycopy(network.references().get(r).get(i), 0, joined, r * size, size);
            }
            all[i] = typed(joined, precision);
        }
        return all;
    }

    private static Object typed(double[] values, Precision precision) {
        if (precision == Precision.DOUBLE) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(Object values) {
        if (values instanceof double[] exact) {
            return exact;
        }
        float[] floats = (float[]) values;
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
