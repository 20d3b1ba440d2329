package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every verb on small models. The tiny model has h0 = relu(x0 + 2 x1), h1 = relu(3 x0 - 4 x1 + 0.5), y0 = h0 - h1 and
 * y1 = 2 h0 + h1; its examples are (1, 1), (-2, 0.5) and (3, 2).
 */
class EndToEndTest {
    @TempDir
    Path folder;

    private Workspace files;

    @BeforeEach
    void writeSamples() {
        files = new Workspace(folder);
        Samples.write(files);
    }

    private Cli ok(String... args) {
        Cli run = Cli.run(folder, args);
        assertThat(run.code()).as("%s", run).isZero();
        return run;
    }

    private Map<String, DataArray> npz(String name) throws IOException {
        return Npz.readAll(folder.resolve(name));
    }

    private static void expect(DataArray array, int[] shape, double... values) {
        assertThat(array.shape()).isEqualTo(shape);
        assertThat(array.toDoubles()).containsExactly(values, within(1e-5));
    }

    private static int[] shape(int... extents) {
        return extents;
    }

    @Test
    void checksAModel() {
        assertThat(ok("check", "@/tiny.dlift").out()).isEqualToIgnoringNewLines("ok: 4 nodes, 12 weights");
    }

    @Test
    void warnsOfWhatNothingUses() {
        files.text("w.dlift", "model W { input x: float[2]\n h = relu(x)\n output y = tanh(x) }");

        Cli run = ok("check", "@/w.dlift");

        assertThat(run.err()).contains("w.dlift:2:", "warning", "'h'");
        assertThat(run.out()).startsWith("ok:");
    }

    @Test
    void predicts() throws IOException {
        ok("predict", "@/tiny.dlift", "--input", "@/x.npz", "-o", "@/p.npz", "-o", "@/p.csv");

        expect(npz("p.npz").get("output"), shape(3, 2), 3, 6, 0, 0, 5.5, 15.5);
        assertThat(folder.resolve("p.csv")).hasContent("id,y[0],y[1]\n0,3.0,6.0\n1,0.0,0.0\n2,5.5,15.5\n");
    }

    /** y1 - y0 = h0 + 2 h1; at (3, 2), h0 = 7 and h1 = 1.5 against 0 and 0.5. */
    @Test
    void explainsExpressionsAndInnerNodes() throws IOException {
        ok(Samples.explain("--target", "1 - 0, mean", "--layer", "h", "-o", "@/o.csv"));

        Map<String, DataArray> results = npz("out.npz");
        assertThat(results.get("contributions.h").shape()).isEqualTo(shape(3, 2, 2));
        double[] ofThird =
                java.util.Arrays.copyOfRange(results.get("contributions.h").toDoubles(), 8, 12);
        assertThat(ofThird).containsExactly(new double[] {7, 2, 1.5 * 7, 0}, within(1e-5));
        assertThat(folder.resolve("o.csv"))
                .content()
                .startsWith("id,target,output,reference_output,convergence_delta,x[0],x[1],h[0],h[1]");
    }

    @Test
    void comparesWithOtherTools() {
        files.text("gate.dlift", "model G { input x: float[2]\n g = tanh(x) * sigmoid(x)\n output y = sum(g) }");
        files.npz("gate.npz", "x", Workspace.npy(new float[] {1, -2, 3, 0.5f}, 2, 2));

        Cli run = ok("explain", "@/gate.dlift", "--input", "@/gate.npz", "--like", "captum", "-o", "@/o.npz");

        assertThat(run.out())
                .contains("Captum 0.8 beside deepliftc", "2 examples")
                .containsPattern("g +multiply +gradient +product")
                .contains("What is missing from summation-to-delta, at worst: Captum 0.8 0.");
    }

    @Test
    void explainsAgainstZeros() throws IOException {
        ok(Samples.explain());

        Map<String, DataArray> result = npz("out.npz");
        assertThat(result.keySet())
                .containsExactlyInAnyOrder(
                        "output", "reference_output", "contributions.x", "multipliers.x", "convergence_delta");
        // At zeros h0 = 0 and h1 = 0.5. Example 0: h0 3, slope 1; h1 0, delta -1 is half used: slope 1/2.
        expect(result.get("output"), shape(3, 1), 3, 0, 5.5);
        expect(result.get("reference_output"), shape(3, 1), -0.5, -0.5, -0.5);
        expect(result.get("convergence_delta"), shape(3, 1), 0, 0, 0);
        double[] contributions = result.get("contributions.x").toDoubles();
        expect(result.get("contributions.x"), shape(3, 2), -0.5, 4, 0.375, 0.125, 3 - 9, 4 + 8);
        double[] multipliers = result.get("multipliers.x").toDoubles();
        double[] x = {1, 1, -2, 0.5, 3, 2};
        for (int i = 0; i < x.length; i++) {
            assertThat(multipliers[i] * x[i]).isCloseTo(contributions[i], within(1e-5));
        }
    }

    @Test
    void explainsSeveralTargetsInDouble() throws IOException {
        ok(Samples.explain("--target", "0,1", "--precision", "double"));

        Map<String, DataArray> result = npz("out.npz");
        assertThat(result.get("contributions.x").shape()).containsExactly(3, 2, 2);
        assertThat(result.get("contributions.x").type().label()).isEqualTo("float64");
        expect(result.get("output"), shape(3, 2), 3, 6, 0, 0, 5.5, 15.5);
        expect(result.get("convergence_delta"), shape(3, 2), 0, 0, 0, 0, 0, 0);
    }

    @Test
    void explainsTheLargestOfEachExample() throws IOException {
        ok(Samples.explain("--target", "max"));

        expect(npz("out.npz").get("output"), shape(3, 1), 6, 0, 15.5);
    }

    @Test
    void takesReferencesInEveryForm() throws IOException {
        float[] rows = {0.5f, -1, 0.5f, -1, 0.5f, -1};
        files.npz("rows.npz", "x", Workspace.npy(rows, 3, 2));
        files.npz("shared.npz", "x", Workspace.npy(rows, 1, 3, 2));
        files.npz("own.npz", "x", Workspace.npy(new float[] {0.5f, -1, 0.5f, -1, 0.5f, -1}, 3, 1, 2));
        files.text("ref.csv", "0.5,-1\n");
        ok(Samples.explain("--reference", "@/ref.npz"));
        Map<String, DataArray> single = npz("out.npz");

        for (String same : new String[] {
            "x=@/ref.npz",
            "mean:@/rows.npz",
            "background:@/rows.npz",
            "@/rows.npz",
            "@/shared.npz",
            "@/own.npz",
            "@/ref.csv",
            "x=mean:@/ref.csv"
        }) {
            ok(Samples.explain("--reference", same));
            for (String name : single.keySet()) {
                assertThat(npz("out.npz").get(name).toDoubles())
                        .as("%s with %s", name, same)
                        .containsExactly(single.get(name).toDoubles(), within(1e-5));
            }
        }
        expect(single.get("reference_output"), shape(3, 1), -6, -6, -6);
    }

    @Test
    void averagesOverABackground() throws IOException {
        files.npz("bg.npz", "x", Workspace.npy(new float[] {0, 0, 0.5f, -1}, 2, 2));
        ok(Samples.explain());
        double[] zeros = npz("out.npz").get("contributions.x").toDoubles();
        ok(Samples.explain("--reference", "@/ref.npz"));
        double[] row = npz("out.npz").get("contributions.x").toDoubles();
        ok(Samples.explain("--reference", "background:@/bg.npz"));
        double[] mean = npz("out.npz").get("contributions.x").toDoubles();

        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo((zeros[i] + row[i]) / 2, within(1e-5));
        }
    }

    @Test
    void readsTheSameNumbersFromEveryFormat() throws IOException {
        files.text("x.csv", "id,left,right\na,1,1\nb,-2,0.5\nc,3,2\n");
        files.bytes("x.npy", Workspace.npy(new float[] {1, 1, -2, 0.5f, 3, 2}, 3, 2));
        files.npz("other.npz", "whatever", Workspace.npy(new float[] {1, 1, -2, 0.5f, 3, 2}, 3, 2));
        ok(Samples.explain());
        Map<String, DataArray> expected = npz("out.npz");

        for (String input : new String[] {"@/x.csv", "@/x.npy", "@/other.npz", "x=@/x.npy", "x=@/other.npz"}) {
            ok(Samples.explainInput(input));
            assertThat(npz("out.npz")).as(input).isEqualTo(expected);
        }
    }

    @Test
    void namesFeaturesAndRowsInTables() throws IOException {
        files.text("x.csv", "id,left,right\na,1,1\nb,-2,0.5\n");
        ok("explain", "@/tiny.dlift", "--input", "@/x.csv", "-o", "@/o.csv");

        assertThat(Files.readAllLines(folder.resolve("o.csv")))
                .hasSize(3)
                .startsWith("id,output,reference_output,convergence_delta,left,right", "a,3.0,-0.5,0.0,-0.5,4.0");
    }

    @Test
    void takesSeveralInputs() throws IOException {
        ok("explain", "@/two.dlift", "--input", "@/ab.npz", "-o", "@/o.npz");
        Map<String, DataArray> together = npz("o.npz");
        expect(together.get("contributions.a"), shape(2, 2), 1, 4, 3, 8);
        expect(together.get("contributions.b"), shape(2, 3), 3, 8, 15, 12, 20, 30);

        ok("explain", "@/two.dlift", "--input", "a=@/ab.npz", "--input", "b=@/ab.npz", "-o", "@/o.npz");
        assertThat(npz("o.npz")).isEqualTo(together);
    }

    @Test
    void givesOneInputManyReferencesAndTheOtherZeros() throws IOException {
        files.npz("bg.npz", "a", Workspace.npy(new float[] {0, 0, 2, 2}, 2, 2));
        ok("explain", "@/two.dlift", "--input", "@/ab.npz", "--reference", "a=background:@/bg.npz", "-o", "@/o.npz");

        expect(npz("o.npz").get("contributions.a"), shape(2, 2), 0, 2, 2, 6);
        expect(npz("o.npz").get("contributions.b"), shape(2, 3), 3, 8, 15, 12, 20, 30);
    }

    @Test
    void findsTheSitesOfSequences() throws IOException {
        Cli run =
                ok("explain", "@/dna.dlift", "--input", "@/seq.fa", "-o", "@/o.npz", "-o", "@/o.svg", "--window", "3");

        // c is 3 - 1 at ACG, 0 elsewhere at most; reference zeros give relu(-1) = 0.
        expect(npz("o.npz").get("output"), shape(2, 1), 4.5, 0.5);
        assertThat(run.out()).containsPattern("one +4\\.5000 +2 +5 +ACG +4\\.0000 +ACG:2-5");
        assertThat(run.out()).contains("none annotated");
        assertThat(folder.resolve("o.svg")).content().contains("<svg", "ACG", "one");
    }

    @Test
    void readsGzippedSequences() throws IOException {
        files.bytes("seq.fa.gz", Workspace.gzip(Samples.FASTA.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        ok("predict", "@/dna.dlift", "--input", "@/seq.fa.gz", "-o", "@/p.npz");

        expect(npz("p.npz").get("output"), shape(2, 1), 4.5, 0.5);
    }

    @Test
    void shufflesSequencesByTheirSeed() throws IOException {
        String[] args = {
            "explain", "@/dna.dlift", "--input", "@/seq.fa", "--reference", "shuffle:20", "--seed", "7", "-o", "@/o.npz"
        };
        Cli run = ok(args);
        Map<String, DataArray> first = npz("o.npz");
        args[9] = "@/o2.npz";
        ok(args);

        assertThat(npz("o2.npz")).isEqualTo(first);
        assertThat(first.get("reference_output").get(0)).isBetween(0.5, 4.5);
        assertThat(run.err()).contains("1 sequence of input 'dna' can only be shuffled into themselves");
        double[] contributions = first.get("contributions.dna").toDoubles();
        double sum = 0;
        for (int i = 0; i < 32; i++) {
            sum += contributions[i];
        }
        assertThat(sum)
                .isCloseTo(
                        first.get("output").get(0)
                                - first.get("reference_output").get(0),
                        within(1e-4));
    }

    @Test
    void warnsOfRowsThatAreNotOneHot() {
        files.text("n.fa", ">one\nACGTACGT\n>two\nACGTNNNN\n");

        Cli run = ok("explain", "@/dna.dlift", "--input", "@/n.fa", "-o", "@/o.npz");

        assertThat(run.err()).contains("warning: 1 of 2 examples of input 'dna' is not one-hot");
    }

    @Test
    void gradientsHaveNoReference() throws IOException {
        // conformance runs hand a reference to every method
        ok(Samples.explain("--method", "gradient", "--target", "1", "--reference", "@/ref.npz"));

        Map<String, DataArray> result = npz("out.npz");
        assertThat(result.keySet()).containsExactlyInAnyOrder("output", "contributions.x", "multipliers.x");
        expect(result.get("contributions.x"), shape(3, 2), 2, 4, 0, 0, 2 + 3, 4 - 4);
        assertThat(result.get("multipliers.x")).isEqualTo(result.get("contributions.x"));
    }

    @Test
    void multipliesGradientsByTheInput() throws IOException {
        ok(Samples.explain("--method", "gradient-x-input", "--target", "1"));

        expect(npz("out.npz").get("contributions.x"), shape(3, 2), 2, 4, 0, 0, 15, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "svg"})
    void drawsWhatTheDataSuggest(String format) throws IOException {
        files.text(
                "image.dlift",
                "model I { input i: float[1, 3, 3]\n output y = dense(flatten(i), units = 1, weight = [[1, 2, 3, 4, 5, 6, 7, 8, 9]], bias = [0]) }");
        files.bytes("i.npy", Workspace.npy(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 1, 1, 3, 3));

        ok("explain", "@/image.dlift", "--input", "@/i.npy", "-o", "@/map." + format);
        Cli bars = ok(
                "explain", "@/tiny.dlift", "--input", "@/x.npz", "-o", "@/bars." + format, "--picture-examples", "2");

        for (String name : new String[] {"map", "bars"}) {
            Path file = folder.resolve(name + "." + format);
            if (format.equals("png")) {
                assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(100);
            } else {
                assertThat(file).content().startsWith("<").contains("<svg", "</svg>");
            }
        }
        assertThat(bars.out()).contains("the first 2 of 3 examples");
    }

    @Test
    void drawsTheNetwork() {
        ok("graph", "@/tiny.dlift", "-o", "@/g.svg", "-o", "@/g.dot", "-o", "@/g.png");

        assertThat(folder.resolve("g.svg")).content().contains("<svg", "rescale", "dense");
        assertThat(folder.resolve("g.dot")).content().startsWith("digraph").contains("->");
    }

    @Test
    void tellsTheRules() {
        assertThat(ok("rules", "@/tiny.dlift").out()).contains("rescale", "multiply-adds", "method deeplift");
        assertThat(ok("rules", "@/tiny.dlift", "--json").out())
                .contains("\"method\" : \"deeplift\"", "\"node\" : \"h\"", "\"exact\" : true")
                .contains("\"backend\" : \"scalar\"");
    }

    @Test
    void compilesToSourceThatVerifies() {
        java.util.Map<String, byte[]> arrays = new java.util.LinkedHashMap<>();
        arrays.put("x", Workspace.npy(new float[] {1, 1, 3, 2}, 2, 2));
        arrays.put("output", Workspace.npy(new float[] {3, 6, 5.5f, 15.5f}, 2, 2));
        files.npz("s.npz", arrays);

        for (String codeShape : new String[] {"straight", "loops"}) {
            Cli run = ok(
                    "compile",
                    "@/tiny.dlift",
                    "-d",
                    "@/gen/" + codeShape,
                    "--package",
                    "com.example",
                    "--class-name",
                    "Net",
                    "--code-shape",
                    codeShape,
                    "--verify",
                    "@/s.npz");

            assertThat(run.out()).contains("verified: 2 examples", "Net.java");
            assertThat(folder.resolve("gen/" + codeShape + "/com/example/Net.java"))
                    .content()
                    .contains("package com.example;", "class Net");
        }
        assertThat(folder.resolve("gen/loops/com/example/Net.weights")).exists();
    }

    @Test
    void compilesToTheSameBytesEveryTime() throws IOException {
        ok("compile", "@/dna.dlift", "-d", "@/one");
        ok("compile", "@/dna.dlift", "-d", "@/two");

        assertThat(folder.resolve("one/Dna.java")).hasSameBinaryContentAs(folder.resolve("two/Dna.java"));
    }

    @Test
    void benchReportsWhatTheContractNames() throws IOException {
        Cli run = ok(
                "bench",
                "@/tiny.dlift",
                "--batch",
                "4",
                "--references",
                "3",
                "--threads",
                "2",
                "--method",
                "deeplift,predict",
                "--seconds",
                "0.2",
                "--json",
                "@/b.json");

        String json = Files.readString(folder.resolve("b.json"));
        assertThat(json)
                .contains("\"model\" : \"Tiny\"", "\"jdk\"", "\"method\" : \"deeplift\"", "\"method\" : \"predict\"")
                .contains("\"batch\" : 4", "\"references\" : 3", "\"threads\" : 2", "\"bytes_per_call\" : 0,");
        java.util.regex.Matcher keys =
                java.util.regex.Pattern.compile("\"(\\w+)\" :").matcher(json.substring(json.indexOf('[')));
        assertThat(keys.results().map(key -> key.group(1)).distinct())
                .containsExactly(
                        "method",
                        "backend",
                        "batch",
                        "references",
                        "threads",
                        "examples_per_s",
                        "pairs_per_s",
                        "fma_peak_gflops",
                        "percent_of_peak",
                        "bytes_per_call",
                        "latency_us_p50",
                        "latency_us_p99",
                        "cold_first_call_us",
                        "warm_after_s",
                        "nodes",
                        "node",
                        "operator");
        assertThat(run.out()).contains("examples/s", "GFLOP/s");
    }

    @Test
    void fallsBackToScalarCodeWithoutTheModuleOfVectors() throws IOException {
        Cli run = ok(Samples.explain("--backend", "vector"));
        byte[] fallenBack = Files.readAllBytes(folder.resolve("out.npz"));
        ok(Samples.explain("--backend", "scalar"));

        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "warning: the vector backend needs --add-modules jdk.incubator.vector; " + "using scalar code");
        assertThat(Files.readAllBytes(folder.resolve("out.npz"))).isEqualTo(fallenBack);
    }

    @Test
    void everyVerbTakesTheFlagsOfCode() {
        String[] flags = {"--backend", "auto", "--expect-batch", "8", "--winograd", "off"};
        for (String verb : new String[] {
            "explain @/tiny.dlift --input @/x.npz -o @/o.npz",
            "predict @/tiny.dlift --input @/x.npz -o @/o.npz",
            "compile @/tiny.dlift -d @/code",
            "rules @/tiny.dlift",
            "graph @/tiny.dlift -o @/g.dot"
        }) {
            String[] args = (verb + " " + String.join(" ", flags)).split(" ", -1);
            assertThat(ok(args).err()).as(verb).isEmpty();
        }
    }

    @Test
    void leavesAnOldFileAloneWhereTheRunFails() throws IOException {
        files.text("out.npz", "precious");

        Cli run = Cli.run(folder, Samples.explain("--target", "7"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(folder.resolve("out.npz")).hasContent("precious");
    }
}
