package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that stand for what real models and exporters do. The changes are those of ONNX Runtime in double precision. */
class RealFilesTest {
    @TempDir
    Path folder;

    private String file(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream in = RealFilesTest.class.getResourceAsStream("/field/" + name)) {
            assertThat(in).as(name).isNotNull();
            Files.write(copy, in.readAllBytes());
        }
        return copy.toString();
    }

    private Cli run(int code, String... args) {
        Cli run = Cli.run(folder, args);
        assertThat(run.code()).as("%s", run).isEqualTo(code);
        return run;
    }

    /** Rows of output, reference output, delta and contributions. */
    private List<double[]> explained(String model, String input, String reference) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("explain", file(model + ".onnx"), "--at", "output", "--input", file(input), "-o", "@/out.csv"));
        if (!reference.isEmpty()) {
            args.addAll(List.of("--reference", file(reference)));
        }
        assertThat(run(0, args.toArray(String[]::new)).err()).doesNotContain("warning");
        return Files.readAllLines(folder.resolve("out.csv")).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .skip(1)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    l2, three.x.npz, three.r.npz, 0, 3
                    sqrt, three.x.npz, three.r.npz, 0, 0.8446
                    pow05, three.x.npz, three.r.npz, 0, 0.8446
                    lppool, lppool.x.npz, '', -0.0201,
                    std_pool, std_pool.x.npz, std_pool.r.npz, 0.2126, -0.4803
                    normalize, three.x.npz, '', 0, 0.3808
                    layer_norm_bert_eps, eight.x.npz, '', -0.8128, -4.1462
                    where_own_sign, five.x.npz, five.r.npz, 0.2753, -2.3839
                    causal_mask, causal_mask.x.npz, causal_mask.r.npz, 0.3241, -0.2594
                    embedding_offset, embedding_offset.x.npz, '', -0.2653, -4.1808
                    empty_slice, empty_slice.x.npz, '', ,
                    columns_gathernd, five.x.npz, five.r.npz, ,
                    """)
    void sumsAreFiniteAndTheChange(String model, String input, String reference, Double first, Double second)
            throws IOException {
        List<double[]> rows = explained(model, input, reference);
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            double change = row[0] - row[1];
            double[] contributions = Arrays.copyOfRange(row, 3, row.length);
            assertThat(Arrays.stream(contributions)).allMatch(Double::isFinite);
            assertThat(Arrays.stream(contributions).sum()).isCloseTo(change, within(1e-5 + 1e-4 * Math.abs(change)));
            double largest = Arrays.stream(contributions).map(Math::abs).max().orElse(0);
            assertThat(largest).isLessThanOrEqualTo(40 * Math.abs(change) + 1e-9);
            Double expected = i == 0 ? first : i == 1 ? second : null;
            if (expected != null) {
                assertThat(change).isCloseTo(expected, within(1e-4));
            }
        }
    }

    /** A prediction of each, by ONNX Runtime. */
    @ParameterizedTest
    @CsvSource({"empty_slice, empty_slice.x.npz, 0.0357", "causal_mask, causal_mask.x.npz, -0.1309"})
    void predictsWhatOthersDo(String model, String input, double expected) throws IOException {
        run(0, "predict", file(model + ".onnx"), "--input", file(input), "-o", "@/y.csv");
        String[] fields = Files.readAllLines(folder.resolve("y.csv")).get(1).split(",");
        assertThat(Double.parseDouble(fields[1])).isCloseTo(expected, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"big-dim.onnx"})
    void whatNoArrayHoldsIsADiagnostic(String name) throws IOException {
        assertThat(run(1, "check", file(name)).err()).contains("has more than 2^31 elements");
    }

    @Test
    void infinityOfADoubleIsAnError() throws IOException {
        file("wd.npz");
        assertThat(run(1, "check", file("double-weights.dlift")).err()).contains("which is infinity as a float");
    }

    /** Java ends lines at fewer characters than the library that prints it. */
    @Test
    void namesThatEndLinesStayInTheirLiteral() throws IOException {
        run(0, "compile", file("u2028.onnx"), "-d", "@/java", "--package", "p");
        String source = Files.readString(folder.resolve("java/p/U2028.java"));
        assertThat(source).contains(".input(\"X\\u2028EVIL\", 2)").doesNotContain("\u2028");
    }
}
