package org.deepliftc.cli;

import java.util.concurrent.Callable;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deepliftc check}: parses and type-checks a model. */
@Command(description = "Parse and type-check a model and list its problems.", customSynopsis = "deepliftc check MODEL")
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CheckedModel checked = model.check();
        Diagnostics.print(console, checked.warnings());
        Model read = checked.model();
        long nodes =
                read.graph().nodes().stream().filter(node -> !node.isConstant()).count();
        long weights = read.graph().nodes().stream()
                .filter(Node::isConstant)
                .mapToLong(node -> node.shape().size())
                .sum();
        console.out().println("ok: " + nodes + " nodes, " + weights + " weights");
        return ExitCode.DONE;
    }
}
