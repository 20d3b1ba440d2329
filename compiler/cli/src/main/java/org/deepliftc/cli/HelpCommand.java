package org.deepliftc.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.deepliftc.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deepliftc help}: help for a verb, or for all. */
@Command(description = "Show help for a verb.", customSynopsis = "deepliftc help [VERB]")
final class HelpCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb.")
    private Optional<String> verb = Optional.empty();

    HelpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.parent().commandLine();
        if (verb.isEmpty()) {
            root.usage(console.out());
            return ExitCode.DONE;
        }
        CommandLine wanted = root.getSubcommands().get(verb.get());
        if (wanted == null) {
            throw new ParameterException(
                    root,
                    "'" + verb.get() + "' is none of: "
                            + String.join(", ", root.getSubcommands().keySet()));
        }
        wanted.usage(console.out());
        return ExitCode.DONE;
    }
}
