package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The paper's genomics network on 200 held-out sequences (section 3.2). Expected contributions come from an independent
 * float64 implementation; the recovery of planted motifs is what the example's page reports.
 */
class GenomicsTest {
    private static final Path EXAMPLE = Path.of("../../generated-examples/gata-cagatg");
    /** An error per example, relative to its largest contribution. */
    private static final double TOLERANCE = 1e-4;

    private static Map<String, DataArray> expected;
    private static PlantedSites planted;
    private static Model model;
    private static float[] sequences;

    @BeforeAll
    static void read() throws IOException {
        expected = Npz.readAll(Path.of("src/test/resources/genomics/expected.npz"));
        planted = PlantedSites.read(EXAMPLE.resolve("sequences.fa"));
        sequences = planted.oneHot();
        model = Compiler.read(EXAMPLE.resolve("gata-cagatg.dlift"));
    }

    private static float[] contributions(ExplainOptions options, UnaryOperator<Batch> more) {
        int examples = planted.examples();
        float[] contributions = new float[examples * PlantedSites.POSITIONS * 4];
        CompiledModel compiled = Compiler.load(Compiler.compile(model, CompileOptions.DEFAULT.withExplain(options)));
        Batch batch = more.apply(new Batch(examples, (Object) sequences).contributions((Object) contributions));
        try (CompiledSession session = compiled.openSession()) {
            session.explain(batch, 0, examples);
        }
        return contributions;
    }

    private static void assertPresentBase(double[][] scores, String key) {
        double[] wanted = expected.get(key).toDoubles();
        for (int example = 0; example < scores.length; example++) {
            double largest = 0;
            double error = 0;
            for (int p = 0; p < PlantedSites.POSITIONS; p++) {
                double value = wanted[example * PlantedSites.POSITIONS + p];
                largest = Math.max(largest, Math.abs(value));
                error = Math.max(error, Math.abs(value - scores[example][p]));
            }
            assertThat(error).as("%s, sequence %d", key, example).isLessThanOrEqualTo(TOLERANCE * largest);
        }
    }

    @Test
    void crossMaxRule() {
        double[][] scores = planted.ofPresentBase(contributions(ExplainOptions.NONE, b -> b));
        assertPresentBase(scores, "deeplift_zero_ref_crossmax");
    }

    @Test
    void winnerRuleAndItsRecoveryOfMotifs() {
        double[][] scores =
                planted.ofPresentBase(contributions(ExplainOptions.NONE.withMaxRule(MaxRule.WINNER), b -> b));
        assertPresentBase(scores, "deeplift_zero_ref");
        Recovery recovery = planted.recovery(scores, logits());
        assertThat(recovery.sequences()).isEqualTo(83);
        assertThat(recovery.topInSites()).isCloseTo(0.707, within(0.0005));
        assertThat(recovery.meanRank()).isCloseTo(20.57, within(0.005));
        assertThat(recovery.auroc()).isCloseTo(0.9297, within(0.00005));
    }

    @Test
    void gradientTimesInputRecoversLess() {
        double[][] scores =
                planted.ofPresentBase(contributions(ExplainOptions.NONE.withMethod(Method.GRADIENT_X_INPUT), b -> b));
        assertPresentBase(scores, "gradient_x_input_normalised");
        Recovery recovery = planted.recovery(scores, logits());
        assertThat(recovery.topInSites()).isCloseTo(0.7496, within(0.0005));
        assertThat(recovery.meanRank()).isCloseTo(38.33, within(0.005));
        assertThat(recovery.auroc()).isCloseTo(0.8342, within(0.00005));
    }

    @Test
    void twentyShufflesAsReferences() {
        ExplainOptions unnormalised = new ExplainOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("*", new Reference.Given()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(false));
        float[] shuffles = PlantedSites.oneHot(expected.get("shuffles").toInts());
        float[] got = contributions(unnormalised, b -> b.references(20, (Object) shuffles));
        double[] wanted = expected.get("deeplift_shuffled_ref_crossmax").toDoubles();
        int size = 4 * PlantedSites.POSITIONS;
        for (int example = 0; example < planted.examples(); example++) {
            double largest = 0;
            double error = 0;
            for (int i = example * size; i < (example + 1) * size; i++) {
                largest = Math.max(largest, Math.abs(wanted[i]));
                error = Math.max(error, Math.abs(wanted[i] - got[i]));
            }
            assertThat(error).as("sequence %d", example).isLessThanOrEqualTo(TOLERANCE * largest);
        }
        Recovery recovery = planted.recovery(planted.ofPresentBase(got), logits());
        assertThat(recovery.topInSites()).isCloseTo(0.838, within(0.0005));
        assertThat(recovery.auroc()).isCloseTo(0.889, within(0.0005));
    }

    private static double[] logits() {
        return expected.get("logit").toDoubles();
    }

    @Test
    void predictionsTellPositivesFromNegatives() {
        int examples = planted.examples();
        float[] probabilities = new float[examples];
        CompiledModel compiled = Compiler.load(Compiler.compile(model, CompileOptions.DEFAULT));
        try (CompiledSession session = compiled.openSession()) {
            session.predict(new Batch(examples, (Object) sequences).predictions((Object) probabilities), 0, examples);
        }
        double[] scores = new double[examples];
        double[] logits = logits();
        for (int i = 0; i < examples; i++) {
            scores[i] = probabilities[i];
            assertThat(scores[i]).isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-5));
        }
        assertThat(Recovery.auroc(scores, planted.labels())).isCloseTo(0.926, within(0.0005));
    }
}
