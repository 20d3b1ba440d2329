package org.deepliftc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deepliftc.cli.output.OutputFile;
import org.deepliftc.cli.output.OutputFile.Format;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.driver.RuleTable;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.data.AtomicFiles;
import org.deepliftc.pictures.GraphDiagram;
import org.deepliftc.pictures.NodeKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc graph}: a drawing of the network with the rule of each node. */
@Command(
        description = "Draw the network: layers, shapes, rules.",
        customSynopsis = "deepliftc graph MODEL -o OUT [OPTIONS]")
final class GraphCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private ExplainFlags flags;

    @Mixin
    private CodeFlags code;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The drawing: .svg, .png or .dot. Repeatable.")
    private List<String> outputs = new ArrayList<>();

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<OutputFile> files = outputs.stream()
                .map(text -> OutputFile.of(text, Format.SVG, Format.PNG, Format.DOT))
                .toList();
        Model read = model.read();
        RuleTable rules = Compiler.rules(read, code.written(flags.compileOptions(read)));
        GraphDiagram.Builder diagram = diagram(read.graph(), rules);
        for (OutputFile file : files) {
            if (file.format() == Format.DOT) {
                byte[] text = diagram.dot().getBytes(StandardCharsets.UTF_8);
                AtomicFiles.write(file.path(), out -> out.write(text));
            } else {
                draw(diagram, file);
            }
        }
        console.flush();
        return ExitCode.DONE;
    }

    private static void draw(GraphDiagram.Builder diagram, OutputFile file) throws IOException {
        try {
            diagram.build().write(file.path());
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "cannot draw " + file.path() + ": " + e.getMessage() + "; a .dot file has no such limit", e);
        }
    }

    /** Every node but the weights, which stand in the nodes that read them. */
    private static GraphDiagram.Builder diagram(Graph graph, RuleTable rules) {
        Map<String, RuleTable.Row> rows = new HashMap<>();
        rules.rows().forEach(row -> rows.put(row.node(), row));
        GraphDiagram.Builder diagram = GraphDiagram.builder()
                .heading(graph.name())
                .footnote(
                        "method " + rules.method() + ", explained at " + rules.point() + ", target " + rules.target());
        for (Node node : graph.nodes()) {
            if (!node.isConstant()) {
                diagram.node(id(node), kind(graph, node), lines(node, rows.get(node.name())));
                for (Node input : node.inputs()) {
                    if (!input.isConstant()) {
                        diagram.edge(id(input), id(node));
                    }
                }
            }
        }
        return diagram;
    }

    private static String id(Node node) {
        return String.valueOf(node.id());
    }

    private static NodeKind kind(Graph graph, Node node) {
        return graph.outputs().containsValue(node) ? NodeKind.OUTPUT : NodeKinds.of(node.op());
    }

    private static List<String> lines(Node node, RuleTable.Row row) {
        List<String> lines = new ArrayList<>(List.of(node.name()));
        lines.add((row == null ? "" : row.operator() + " ") + node.shape());
        if (row != null && !row.rule().isBlank() && !row.rule().equals("-")) {
            lines.add(row.rule());
        }
        return lines;
    }
}
