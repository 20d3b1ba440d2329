package org.deepliftc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.TextTable;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.driver.RuleTable;
import org.deepliftc.compiler.graph.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc rules}: what every node does in an explanation. */
@Command(
        description = "Print the rule of every node: equation, stage, exactness, cost.",
        customSynopsis = "deepliftc rules MODEL [--method M] [--json] [OPTIONS]")
final class RulesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private ExplainFlags flags;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Model read = model.read();
        RuleTable table = Compiler.rules(read, flags.compileOptions(read));
        if (json) {
            console.out().println(json(read.name(), table));
        } else {
            print(read.name(), table);
        }
        return ExitCode.DONE;
    }

    private void print(String name, RuleTable table) {
        console.out()
                .println(name + ": method " + table.method() + ", explained at " + table.point() + ", target "
                        + table.target());
        console.out().println();
        TextTable rows =
                new TextTable("node", "operator", "shape", "rule", "equation", "stage", "exact", "multiply-adds");
        for (RuleTable.Row row : table.rows()) {
            rows.row(
                    row.node(),
                    row.operator(),
                    row.shape(),
                    row.rule(),
                    row.equation(),
                    row.stage(),
                    row.exact() ? "yes" : "no",
                    row.multiplyAdds());
        }
        rows.print(console.out());
    }

    private static String json(String name, RuleTable table) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("model", name);
            out.writeStringField("method", table.method());
            out.writeStringField("point", table.point());
            out.writeStringField("target", table.target());
            out.writeArrayFieldStart("rules");
            for (RuleTable.Row row : table.rows()) {
                out.writeStartObject();
                out.writeStringField("node", row.node());
                out.writeStringField("operator", row.operator());
                out.writeStringField("shape", row.shape());
                out.writeStringField("rule", row.rule());
                out.writeStringField("equation", row.equation());
                out.writeStringField("stage", row.stage());
                out.writeBooleanField("exact", row.exact());
                out.writeNumberField("multiply_adds", row.multiplyAdds());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
