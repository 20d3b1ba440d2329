package org.deepliftc.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.TextTable;
import org.deepliftc.compiler.driver.RuleTable;

/** A benchmark as text and as JSON. */
public record BenchReport(String model, List<BenchResult> results) {

    /** The Java that ran it. */
    private static String jdk() {
        return System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    /** Prints a table and what its numbers mean. */
    public void print(PrintWriter out) {
        out.println(model + " on Java " + jdk());
        out.println();
        TextTable table = new TextTable(
                "method",
                "backend",
                "batch",
                "references",
                "threads",
                "examples/s",
                "min",
                "max",
                "pairs/s",
                "% of peak",
                "bytes/call",
                "p50 us",
                "p99 us",
                "compile ms",
                "first call us",
                "warm s");
        for (BenchResult result : results) {
            Spread calls = result.measured().callsPerSecond();
            table.row(
                    result.method(),
                    result.backend(),
                    result.batch(),
                    result.references(),
                    result.threads(),
                    Quantity.of(result.examples(calls.median())),
                    Quantity.of(result.examples(calls.min())),
                    Quantity.of(result.examples(calls.max())),
                    Quantity.of(result.pairsPerSecond()),
                    String.format(Locale.ROOT, "%.1f", result.percentOfPeak()),
                    result.measured().allocation(),
                    Quantity.of(result.measured().latencyMicros().percentile(50)),
                    Quantity.of(result.measured().latencyMicros().percentile(99)),
                    Math.round(result.compileMillis()),
                    Math.round(result.measured().coldFirstCallMicros()),
                    String.format(Locale.ROOT, "%.1f", result.measured().warmAfterSeconds()));
        }
        table.print(out);
        out.println();
        printNodes(out);
        FmaPeak.Peak peak = results.get(0).peak();
        out.println(
                "Rates: median, least and greatest of several warm rounds; latencies: single calls of the whole batch.");
        if (!results.stream().allMatch(result -> result.measured().allocation().settled())) {
            out.println("* Calls still allocated after " + Allocation.MOST_NANOS / 1_000_000_000
                    + " s: not all of their code was compiled, and they may allocate less in the end.");
        }
        out.println(String.format(
                Locale.ROOT, "Peak: %.1f GFLOP/s of multiply-adds in this process (%s).", peak.gflops(), peak.kind()));
    }

    /** Names the nodes that vectors do not compute, or not alone, in a class of vector code. */
    private void printNodes(PrintWriter out) {
        for (BenchResult result : results) {
            if (!result.otherBackends().isEmpty()) {
                out.println(result.method() + ": "
                        + result.otherBackends().stream()
                                .map(node -> node.node() + " " + node.backend())
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    /** Writes the report as JSON. */
    public void write(OutputStream stream) throws IOException {
        try (JsonGenerator out = new JsonFactory().createGenerator(stream)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("model", model);
            out.writeStringField("jdk", jdk());
            out.writeArrayFieldStart("results");
            for (BenchResult result : results) {
                write(out, result);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, BenchResult result) throws IOException {
        Spread calls = result.measured().callsPerSecond();
        Spread latency = result.measured().latencyMicros();
        out.writeStartObject();
        out.writeStringField("method", result.method());
        out.writeStringField("backend", result.backend());
        out.writeNumberField("batch", result.batch());
        out.writeNumberField("references", result.references());
        out.writeNumberField("threads", result.threads());
        out.writeNumberField("examples_per_s", result.examples(calls.median()));
        out.writeNumberField("pairs_per_s", result.pairsPerSecond());
        out.writeNumberField("fma_peak_gflops", result.peak().gflops());
        out.writeNumberField("percent_of_peak", result.percentOfPeak());
        out.writeNumberField("bytes_per_call", result.measured().allocation().bytesPerCall());
        if (!result.measured().allocation().settled()) {
            out.writeBooleanField("bytes_settled", false);
        }
        out.writeNumberField("latency_us_p50", latency.percentile(50));
        out.writeNumberField("latency_us_p99", latency.percentile(99));
        out.writeNumberField("cold_first_call_us", result.measured().coldFirstCallMicros());
        out.writeNumberField("warm_after_s", result.measured().warmAfterSeconds());
        out.writeArrayFieldStart("nodes");
        for (RuleTable.Row node : result.nodes()) {
            out.writeStartObject();
            out.writeStringField("node", node.node());
            out.writeStringField("operator", node.operator());
            out.writeStringField("backend", node.backend());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
