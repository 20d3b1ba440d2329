package org.deepliftc.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.TextTable;
import org.deepliftc.compiler.driver.CostTable;
import org.deepliftc.compiler.driver.RuleTable;

/** The rule table and the cost table as text and as JSON. */
public final class RuleReport {
    private RuleReport() {}

    /** Prints what is explained. */
    public static void heading(PrintWriter out, String model, RuleTable table) {
        out.println(model + ": method " + table.method() + ", explained at " + table.point() + ", target "
                + table.target());
        out.println();
    }

    /** Prints the rule of every node. */
    public static void print(PrintWriter out, RuleTable table) {
        TextTable rows = new TextTable(
                "node", "operator", "shape", "rule", "equation", "stage", "exact", "multiply-adds", "backend");
        for (RuleTable.Row row : table.rows()) {
            rows.row(
                    row.node(),
                    row.operator(),
                    row.shape(),
                    row.rule(),
                    row.equation(),
                    row.stage(),
                    row.exact() ? "yes" : "no",
                    row.multiplyAdds(),
                    row.backend());
        }
        rows.print(out);
    }

    /** Prints the cost of every node and of the class, and what the numbers mean. */
    public static void print(PrintWriter out, CostTable table) {
        TextTable rows = new TextTable(
                "node",
                "operator",
                "shape",
                "stage",
                "multiply-adds",
                "of its multiplier",
                "activation bytes",
                "weight bytes",
                "code bytes",
                "backend",
                "expected/s");
        for (CostTable.Row row : table.rows()) {
            rows.row(
                    row.rule().node(),
                    row.rule().operator(),
                    row.rule().shape(),
                    row.rule().stage(),
                    row.rule().multiplyAdds(),
                    row.multiplierMultiplyAdds(),
                    row.activationBytes(),
                    row.weightBytes(),
                    row.codeBytes(),
                    row.rule().backend(),
                    Double.isInfinite(row.expectedPerSecond()) ? "-" : Quantity.of(row.expectedPerSecond()));
        }
        rows.print(out);
        out.println();
        CostTable.Totals totals = table.totals();
        out.println("multiply-adds   " + totals.work().example() + " per example, "
                + totals.work().reference() + " per reference, " + totals.work().pair()
                + " per example and reference; " + totals.work().prediction() + " per prediction");
        out.println("memory          " + totals.sessionBytes() + " bytes for a session, which is for one thread, and "
                + totals.referenceBytes() + " for each reference beyond one");
        out.println("weights         " + totals.weightBytes() + " bytes in their file");
        out.println("code            " + totals.codeBytes() + " bytes of bytecode (estimated)");
        out.println("expected        " + Quantity.of(totals.expectedPerSecond())
                + " examples/s on one thread" + (totals.perPair() > 0 ? ", each with one shared reference" : "") + " ("
                + totals.backend() + ", batch " + totals.expectedBatch() + ")");
    }

    /** The tables as a JSON object; costs only where there are some. */
    public static String json(String model, RuleTable table, Optional<CostTable> costs) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("model", model);
            out.writeStringField("method", table.method());
            out.writeStringField("point", table.point());
            out.writeStringField("target", table.target());
            out.writeArrayFieldStart("rules");
            for (int i = 0; i < table.rows().size(); i++) {
                out.writeStartObject();
                write(out, table.rows().get(i));
                if (costs.isPresent()) {
                    write(out, costs.get().rows().get(i));
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            if (costs.isPresent()) {
                write(out, costs.get().totals());
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, RuleTable.Row row) throws IOException {
        out.writeStringField("node", row.node());
        out.writeStringField("operator", row.operator());
        out.writeStringField("shape", row.shape());
        out.writeStringField("rule", row.rule());
        out.writeStringField("equation", row.equation());
        out.writeStringField("stage", row.stage());
        out.writeBooleanField("exact", row.exact());
        out.writeNumberField("multiply_adds", row.multiplyAdds());
        out.writeStringField("backend", row.backend());
    }

    private static void write(JsonGenerator out, CostTable.Row row) throws IOException {
        out.writeNumberField("multiplier_multiply_adds", row.multiplierMultiplyAdds());
        out.writeNumberField("activation_bytes", row.activationBytes());
        out.writeNumberField("weight_bytes", row.weightBytes());
        out.writeNumberField("code_bytes", row.codeBytes());
        if (Double.isInfinite(row.expectedPerSecond())) {
            out.writeNullField("expected_per_s");
        } else {
            out.writeNumberField("expected_per_s", row.expectedPerSecond());
        }
    }

    private static void write(JsonGenerator out, CostTable.Totals totals) throws IOException {
        out.writeObjectFieldStart("totals");
        out.writeStringField("backend", totals.backend());
        out.writeNumberField("expected_batch", totals.expectedBatch());
        out.writeNumberField("multiply_adds_per_prediction", totals.work().prediction());
        out.writeNumberField("multiply_adds_per_example", totals.work().example());
        out.writeNumberField("multiply_adds_per_reference", totals.work().reference());
        out.writeNumberField("multiply_adds_per_pair", totals.work().pair());
        out.writeNumberField("session_bytes", totals.sessionBytes());
        out.writeNumberField("reference_bytes", totals.referenceBytes());
        out.writeNumberField("weight_bytes", totals.weightBytes());
        out.writeNumberField("code_bytes", totals.codeBytes());
        out.writeNumberField("expected_us_per_example", totals.perExample() * 1e6);
        out.writeNumberField("expected_us_per_reference", totals.perReference() * 1e6);
        out.writeNumberField("expected_us_per_pair", totals.perPair() * 1e6);
        out.writeNumberField("expected_examples_per_s", totals.expectedPerSecond());
        out.writeEndObject();
    }
}
