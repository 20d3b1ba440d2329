package org.deepliftc.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deepliftc.cli.output.RuleReport;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.driver.CostTable;
import org.deepliftc.compiler.driver.RuleTable;
import org.deepliftc.compiler.graph.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc rules}: what every node does in an explanation. */
@Command(
        description = "Print the rule of every node: equation, stage, exactness, cost.",
        customSynopsis = "deepliftc rules MODEL [--method M] [--cost] [--json] [OPTIONS]")
final class RulesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private ExplainFlags flags;

    @Mixin
    private CodeFlags code;

    @Option(
            names = "--cost",
            description = "Print what every node costs: multiply-adds, bytes, code size, expected rate.")
    private boolean cost;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Model read = model.read();
        CompileOptions options = code.written(flags.compileOptions(read));
        Optional<CostTable> costs = cost ? Optional.of(Compiler.costs(read, options)) : Optional.empty();
        RuleTable rules = costs.map(CostTable::rules).orElseGet(() -> Compiler.rules(read, options));
        if (json) {
            console.out().println(RuleReport.json(read.name(), rules, costs));
        } else {
            RuleReport.heading(console.out(), read.name(), rules);
            costs.ifPresentOrElse(
                    table -> RuleReport.print(console.out(), table), () -> RuleReport.print(console.out(), rules));
        }
        return ExitCode.DONE;
    }
}
