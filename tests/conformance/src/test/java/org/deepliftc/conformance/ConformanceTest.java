package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every expected contribution of every case. */
final class ConformanceTest {
    /** A run in double may differ from the expected float64 values by this, relative to the largest contribution. */
    private static final double IN_DOUBLE = 1e-7;

    /** What the sum of contributions may miss of the difference-from-reference, relative to what was summed. */
    private static final double SUMMATION = 1e-10;

    /** The same where expected values were made with a pseudo-count of 1e-7. */
    private static final double WITH_PSEUDO_COUNT = 1e-6;

    private static final Set<String> REPLAYED = Set.of(
            "deeplift_rescale",
            "deeplift_rescale_segments",
            "deeplift_revealcancel",
            "deeplift_revealcancel_all",
            "deeplift_revealcancel_gradmax",
            "deeplift_revealcancel_segments",
            "guided_backprop",
            "deconvnet",
            "lrp_eps",
            "integrated_gradients",
            "deeplift_rescale_winner",
            "deeplift_rescale_gradmax",
            "deeplift_rescale@plain_logit",
            "deeplift_rescale@sigmoid",
            "deeplift_rescale@softmax_output",
            "deeplift_rescale@unnormalised",
            "gradient",
            "gradient@sigmoid",
            "gradient_x_input");

    /** Exported with operators of many equations, which the oracle meets written out in random networks. */
    private static final Set<String> WITHOUT_EQUATIONS =
            Set.of("attention_small", "gru_small", "lstm_small", "real_digits_gru", "real_digits_lstm");

    @Test
    void everyKeyIsReplayed() {
        List<String> unplaced = new ArrayList<>();
        for (ConformanceCase each : ConformanceCase.all()) {
            each.keys().stream()
                    .map(MethodKey::name)
                    .filter(key -> !REPLAYED.contains(key))
                    .forEach(key -> unplaced.add(each.name() + " " + key));
        }
        assertThat(unplaced).isEmpty();
        assertThat(ConformanceCase.all()).hasSize(21);
    }

    @TestFactory
    Stream<DynamicNode> theOracleFollowsTheEquations() {
        return replay(new OracleRun(), true, each -> !WITHOUT_EQUATIONS.contains(each.name()));
    }

    @TestFactory
    Stream<DynamicNode> theJointGraphInterpreted() {
        return replay(new DerivedRun(), true);
    }

    @TestFactory
    Stream<DynamicNode> compiledInFloat() {
        return replay(new CompiledRun(CompileOptions.Precision.FLOAT, CodeShape.LOOPS), false);
    }

    @TestFactory
    Stream<DynamicNode> compiledInDouble() {
        return replay(new CompiledRun(CompileOptions.Precision.DOUBLE, CodeShape.LOOPS), true);
    }

    /** Straight-line code where the compiler chooses it: for the tiny models. */
    @TestFactory
    Stream<DynamicNode> compiledAsTheCompilerChooses() {
        return replay(new CompiledRun(CompileOptions.Precision.DOUBLE, CodeShape.AUTO), true);
    }

    private static Stream<DynamicNode> replay(CaseRun run, boolean inDouble) {
        return replay(run, ConformanceCase.all(), inDouble);
    }

    private static Stream<DynamicNode> replay(CaseRun run, boolean inDouble, Predicate<ConformanceCase> counts) {
        return replay(run, ConformanceCase.all().stream().filter(counts).toList(), inDouble);
    }

    /** Every key of {@code cases} that this version has. */
    static Stream<DynamicNode> replay(CaseRun run, List<ConformanceCase> cases, boolean inDouble) {
        return cases.stream()
                .map(each -> dynamicContainer(
                        each.name(),
                        each.keys().stream()
                                .filter(key -> REPLAYED.contains(key.name()))
                                .map(key -> dynamicTest(key.name(), () -> replay(run, each, key, inDouble)))));
    }

    private static void replay(CaseRun run, ConformanceCase each, MethodKey key, boolean inDouble) throws Exception {
        CaseRun.Result result = run.run(each, key);
        for (int example = 0; example < each.examples(); example++) {
            double error = error(each, key, result, example);
            assertThat(error)
                    .as("%s of %s, example %d", key.name(), each.name(), example)
                    .isLessThanOrEqualTo(
                            !inDouble ? key.tolerance() : key.hasPseudoCount() ? WITH_PSEUDO_COUNT : IN_DOUBLE);
            if (inDouble && key.isComplete()) {
                assertThat(unexplained(each, result, example))
                        .as("summation-to-delta of %s of %s, example %d", key.name(), each.name(), example)
                        .isLessThanOrEqualTo(SUMMATION);
            }
        }
    }

    /** Over all inputs of an example together; absolute, in the tolerance's terms, where nothing is expected. */
    private static double error(ConformanceCase each, MethodKey key, CaseRun.Result result, int example) {
        double size = 0;
        double error = 0;
        for (int i = 0; i < each.inputs().size(); i++) {
            double[] expected = each.expected(key, each.inputs().get(i));
            double[] got = result.contributions().get(i);
            assertThat(got).hasSameSizeAs(expected);
            int extent = expected.length / each.examples();
            for (int k = example * extent; k < (example + 1) * extent; k++) {
                assertThat(got[k]).isFinite();
                size = Math.max(size, Math.abs(expected[k]));
                error = Math.max(error, Math.abs(expected[k] - got[k]));
            }
        }
        return size == 0 ? error : error / size;
    }

    private static double unexplained(ConformanceCase each, CaseRun.Result result, int example) {
        double sum = 0;
        double size = Math.abs(result.output()[example]) + Math.abs(result.referenceOutput()[example]);
        for (double[] all : result.contributions()) {
            int extent = all.length / each.examples();
            for (int k = example * extent; k < (example + 1) * extent; k++) {
                sum += all[k];
                size += Math.abs(all[k]);
            }
        }
        double difference = result.output()[example] - result.referenceOutput()[example];
        return size == 0 ? 0 : Math.abs(sum - difference) / size;
    }
}
