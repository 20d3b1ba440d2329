package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules --cost} against counts by hand. */
class CostTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeSamples() {
        Samples.write(new Workspace(folder));
    }

    private String json(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--cost";
        all[args.length + 1] = "--json";
        Cli run = Cli.run(folder, all);
        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    /** The whole numbers under a key, in order. */
    private static List<Long> numbers(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\" : ([0-9]+)[,\\s]").matcher(json);
        List<Long> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(Long.parseLong(matcher.group(1)));
        }
        return found;
    }

    @Test
    void countsEveryNodeAgainstCompiledZeros() {
        String json = json("rules", "@/tiny.dlift");

        // x, h.dense, h, y: two layers of 2 x 2, known on the reference
        assertThat(numbers(json, "multiply_adds")).containsExactly(0L, 4L, 0L, 4L);
        // back through h.dense 4, times the differences of x 2; times the slopes of h 2; y's rows are constants
        assertThat(numbers(json, "multiplier_multiply_adds")).containsExactly(6L, 2L, 0L, 0L);
        assertThat(numbers(json, "activation_bytes")).containsExactly(8L, 8L, 8L, 8L);
        // four weights and two biases each; then the file, empty for literals
        assertThat(numbers(json, "weight_bytes")).containsExactly(0L, 24L, 0L, 24L, 0L);
        assertThat(numbers(json, "multiply_adds_per_prediction")).containsExactly(8L);
        assertThat(numbers(json, "multiply_adds_per_example")).containsExactly(16L);
        assertThat(numbers(json, "multiply_adds_per_reference")).containsExactly(0L);
        assertThat(numbers(json, "multiply_adds_per_pair")).containsExactly(0L);
        assertThat(numbers(json, "reference_bytes")).containsExactly(0L);
    }

    @Test
    void tellsWhatIsDoneForExamplesReferencesAndPairs() {
        String json = json("rules", "@/tiny.dlift", "--reference", "given");

        assertThat(numbers(json, "multiply_adds_per_example")).containsExactly(8L);
        assertThat(numbers(json, "multiply_adds_per_reference")).containsExactly(8L);
        assertThat(numbers(json, "multiply_adds_per_pair")).containsExactly(8L);
        assertThat(numbers(json, "reference_bytes").get(0)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void countsEachTarget() {
        String json = json("rules", "@/tiny.dlift", "--target", "0,1", "--precision", "double");

        // forward 8; for each target back through y 4, the slopes 2, back through h.dense 4, the differences 2
        assertThat(numbers(json, "multiply_adds_per_example")).containsExactly(8L + 2 * 12);
        assertThat(numbers(json, "activation_bytes")).containsExactly(16L, 16L, 16L, 16L);
    }

    @Test
    void countsConvolutionsBothWays() {
        String json = json("rules", "@/dna.dlift", "--reference", "given");

        // six positions meet a filter of 4 x 3, forward and back; 32 differences
        assertThat(numbers(json, "multiply_adds").get(1)).isEqualTo(6 * 12);
        assertThat(numbers(json, "multiplier_multiply_adds").get(0)).isEqualTo(6 * 12 + 32);
    }

    @Test
    void readsWeightsOnceForABatch() {
        String wide = "model Wide { input x: float[1024]\n output y = dense(x, units = 1024, weights = \"w\") "
                + "weights \"wide.npz\" }";
        Workspace files = new Workspace(folder);
        files.text("wide.dlift", wide);
        files.npz(
                "wide.npz",
                java.util.Map.of(
                        "w.weight",
                        Workspace.npy(new float[1024 * 1024], 1024, 1024),
                        "w.bias",
                        Workspace.npy(new float[1024], 1024)));

        String single = json("rules", "@/wide.dlift", "--precision", "double");
        String many = json("rules", "@/wide.dlift", "--precision", "double", "--expect-batch", "32");

        assertThat(numbers(many, "expected_batch")).containsExactly(32L);
        assertThat(rate(many)).isGreaterThan(rate(single));
    }

    private static double rate(String json) {
        Matcher matcher =
                Pattern.compile("\"expected_examples_per_s\" : ([0-9.E]+)").matcher(json);
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void boundsMemoryBeforeAnythingRuns() {
        long few = numbers(json("rules", "@/tiny.dlift"), "session_bytes").get(0);
        long several = numbers(json("rules", "@/tiny.dlift", "--target", "0,1"), "session_bytes")
                .get(0);

        assertThat(few).isPositive();
        assertThat(several).isGreaterThan(few);
    }

    @Test
    void printsATable() {
        Cli run = Cli.run(folder, "rules", "@/tiny.dlift", "--cost");

        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.out())
                .contains("node", "of its multiplier", "code bytes", "expected/s")
                .containsPattern("h\\.dense +dense +\\[2] +example +4 +2 +8 +24 ")
                .contains("multiply-adds   16 per example, 0 per reference, 0 per example and reference")
                .contains("bytes for a session", "examples/s on one thread (scalar, batch 1)");
    }
}
