package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --audit} and {@code --max-residual}. */
class AuditTest {
    /** In example 0 the winner of the first window has not moved, so that the winner rule misses that the window fell by 2. */
    private static final String KINK = """
            model Kink {
              input x: float[1, 4]
              w = maxpool1d(x + [[0, 2, 0, 2]], width = 2, stride = 2)
              output y = sum(w)
            }
            """;

    @TempDir
    Path folder;

    private Workspace files;

    @BeforeEach
    void writeSamples() {
        files = new Workspace(folder);
        Samples.write(files);
        files.text("kink.dlift", KINK);
        files.npz("kink.npz", "x", Workspace.npy(new float[] {0, -3, 1, 1, 1, 2, 1, 1, 0.5f, 1, 1, 3}, 3, 1, 4));
    }

    private Cli run(int code, String... args) {
        Cli run = Cli.run(folder, args);
        assertThat(run.code()).as("%s", run).isEqualTo(code);
        return run;
    }

    private Cli kink(int code, String... flags) {
        String[] start = {"explain", "@/kink.dlift", "--input", "@/kink.npz", "--max-rule", "winner", "-o", "@/out.npz"
        };
        String[] all = java.util.Arrays.copyOf(start, start.length + flags.length);
        System.arraycopy(flags, 0, all, start.length, flags.length);
        return run(code, all);
    }

    @Test
    void saysThatAllIsExact() {
        Cli run = run(0, Samples.explain("--audit"));

        assertThat(run.out())
                .containsPattern("node +operator +rule +exact +worst +mean +worst relative +mean relative")
                .containsPattern("h +relu +rescale +yes +0 ")
                .containsPattern("h\\.dense +dense +linear +yes ")
                .contains("Summation-to-delta is exact at every node: over 3 examples none misses more than ");
        assertThat(folder.resolve("out.npz")).exists();
    }

    @Test
    void auditsAsManyExamplesAsAskedFor() {
        assertThat(run(0, Samples.explain("--audit", "1")).out()).contains("over 1 example none");
        assertThat(run(0, Samples.explain("--audit=2", "--target", "0,1", "--reference", "@/ref.npz"))
                        .out())
                .contains("over 2 examples none");
    }

    @Test
    void auditsShuffledReferencesOfOneHotInputs() {
        Cli run = run(
                0,
                "explain",
                "@/dna.dlift",
                "--input",
                "@/seq.fa",
                "--reference",
                "shuffle:3",
                "-o",
                "@/out.npz",
                "--audit");

        assertThat(run.out()).contains("exact at every node: over 2 examples");
    }

    @Test
    void namesTheWorstNode() {
        Cli run = kink(0, "--audit");

        assertThat(run.out().lines().skip(2).findFirst().orElseThrow())
                .matches("w +maxpool1d +winner +no +2 +0\\.6667 .*");
        assertThat(run.out())
                .contains(
                        "The worst is 'w' (maxpool1d, rule winner, which does not claim to be exact): of example 0 it misses "
                                + "2 of the target's difference of -1. (3 examples audited)");
    }

    @Test
    void failsAboveTheLargestResidualAllowed() {
        Cli run = kink(1, "--max-residual", "0.1");

        assertThat(run.err())
                .contains("the convergence delta of example 0 is 2, 2 of its target's difference of -1")
                .contains("--max-residual allows 0.1; --audit names the node (1 explanation of 3 above");
        assertThat(folder.resolve("out.npz")).doesNotExist();
    }

    @Test
    void namesTheNodeThatFailed() {
        Cli run = kink(1, "--max-residual", "0.1", "--audit");

        assertThat(run.out()).contains("The worst is 'w'");
        assertThat(run.err()).contains("example 0", "'w' (maxpool1d, rule winner) misses most");
    }

    @Test
    void passesWithinTheLargestResidualAllowed() {
        kink(0, "--max-residual", "2.5");
        run(0, Samples.explain("--max-residual", "1e-4"));
        run(0, Samples.explain("--max-residual", "0", "--precision", "double"));
        run(0, Samples.explain("--method", "integrated-gradients", "--max-residual", "0.5"));
        assertThat(folder.resolve("out.npz")).exists();
    }

    /** Nobody asked, and a wrong sum does not leave without a word. */
    @Test
    void warnsOfWhatIsMissingAndNamesTheNode() {
        Cli run = kink(0);

        assertThat(run.err())
                .containsOnlyOnce("warning: ")
                .contains("1 explanation of 3 does not sum to the change of the target")
                .contains("example 0: 2 is missing of -1; 'w' (maxpool1d, rule winner) misses most");
        assertThat(run(0, Samples.explain()).err()).doesNotContain("warning");
    }

    @Test
    void warnsOfResultsThatAreNotFinite() {
        files.text("log.dlift", "model Log { input x: float[2]\n output y = sum(log(x)) }");
        files.npz("log.npz", "x", Workspace.npy(new float[] {1, 2, -1, 3}, 2, 2));
        Cli run = run(0, "explain", "@/log.dlift", "--input", "@/log.npz", "-o", "@/out.csv");

        assertThat(run.err())
                .contains("2 explanations of 2 hold numbers that are not finite, the first example 0 (output 0.693")
                .contains("reference -Infinity")
                .contains("is not finite on the reference");
    }

    @Test
    void needsAReference() {
        assertThat(run(1, Samples.explain("--audit", "--method", "gradient")).err())
                .contains("--audit needs a reference", "gradient has none");
        assertThat(run(1, Samples.explain("--max-residual", "0.1", "--method", "lrp"))
                        .err())
                .contains("--max-residual needs a reference");
        assertThat(run(1, Samples.explain("--audit", "--method", "integrated-gradients"))
                        .err())
                .contains("integrated-gradients distributes none");
    }

    @Test
    void refusesNumbersThatMeanNothing() {
        assertThat(run(2, Samples.explain("--audit", "0")).err()).contains("--audit must be at least 1");
        assertThat(run(2, Samples.explain("--max-residual", "-1")).err()).contains("--max-residual must be");
        assertThat(run(2, Samples.explain("--max-residual", "NaN")).err()).contains("--max-residual must be");
    }

    @Test
    void isInTheHelp() {
        assertThat(run(0, "help", "explain").out()).contains("--audit", "--max-residual");
    }
}
