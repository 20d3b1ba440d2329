package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.Test;

/**
 * What is missing from summation-to-delta by our rules and by other tools' definitions, as the table of the README says.
 * {@code -Dmanual.accept=true} writes the table.
 */
class OtherToolsTest {
    private static final Path README = Path.of("../../README.md");
    private static final String BEGIN = "<!-- residuals -->\n";
    private static final String END = "<!-- /residuals -->";
    private static final double EXACT = 1e-14;

    /**
     * A row.
     *
     * @param name of the case
     * @param published what was measured of the tools themselves
     */
    private record Row(String name, String network, String published) {}

    private static final List<Row> ROWS = List.of(
            new Row("lstm_small", "LSTM", "Captum: `nn.LSTM` is not seen; SHAP: unrecognised"),
            new Row("real_digits_lstm", "LSTM, trained on digits", ""),
            new Row("gru_small", "GRU", "as LSTM"),
            new Row(
                    "attention_small",
                    "attention: layer norm, softmax inside, matrix products",
                    "layer norm: Captum 37 %; softmax: Captum 34 %, another number in another batch"),
            new Row("product_gate", "gated network", "Captum, tangermeme 8 %"),
            new Row("bilinear_quadratic", "products and squares", ""),
            new Row("maxout_mlp", "maxout", "none has it"),
            new Row("conv1d_pools", "overlapping max pools", "Captum 100 %; SHAP and tangermeme lose it, too"),
            new Row("activations_zoo", "activations of many kinds", "PReLU: Captum silent"),
            new Row("residual_concat", "residual sums, joins", "a ReLU used twice: tangermeme 88 %"));

    @Test
    void theReadmeSaysWhatIsMissing() throws Exception {
        StringBuilder table = new StringBuilder();
        table.append(
                "| network | deepliftc | Captum's rules | SHAP's rules | measured of the tools |\n|---|---|---|---|---|\n");
        for (Row row : ROWS) {
            double ours = residual(row, List.of());
            assertThat(ours).as(row.name).isLessThan(EXACT);
            table.append("| " + row.network + " | below 1e-14 | " + of(row, Tool.CAPTUM) + " | " + of(row, Tool.SHAP)
                    + " | " + row.published + " |\n");
        }
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        if (Boolean.getBoolean("manual.accept")) {
            Files.writeString(README, readme.substring(0, begin) + table + readme.substring(end));
        } else {
            assertThat(readme.substring(begin, end)).isEqualTo(table.toString());
        }
    }

    private static String of(Row row, Tool tool) throws Exception {
        try {
            double residual = residual(row, List.of(tool));
            return residual < EXACT ? "below 1e-14" : String.format(Locale.ROOT, "%.0f %%", 100 * residual);
        } catch (DiagnosticException refused) {
            return "not well defined";
        }
    }

    /** The largest convergence delta, over the largest change of the output. */
    private static double residual(Row row, List<Tool> like) throws Exception {
        ConformanceCase of = ConformanceCase.imported().stream()
                .filter(c -> c.name().equals(row.name))
                .findFirst()
                .orElseThrow();
        ExplainOptions stored = of.keys().get(0).options();
        ExplainOptions.Builder asked = ExplainOptions.builder().references(Map.of("*", new Reference.Given()));
        asked.method(Method.DEEPLIFT);
        stored.output().ifPresent(asked::output);
        stored.target().ifPresent(asked::target);
        stored.at().ifPresent(asked::at);
        like.forEach(asked::like);
        MethodKey key = new MethodKey("like", asked.build(), 0);
        CaseRun.Result result = new CompiledRun(Precision.DOUBLE, CodeShape.AUTO).run(of, key);
        double worst = 0;
        double largest = 0;
        for (int example = 0; example < of.examples(); example++) {
            double change = result.output()[example] - result.referenceOutput()[example];
            double sum = 0;
            for (double[] contributions : result.contributions()) {
                int size = contributions.length / of.examples();
                for (int i = 0; i < size; i++) {
                    sum += contributions[example * size + i];
                }
            }
            worst = Math.max(worst, Math.abs(sum - change));
            largest = Math.max(largest, Math.abs(change));
        }
        return worst / largest;
    }
}
