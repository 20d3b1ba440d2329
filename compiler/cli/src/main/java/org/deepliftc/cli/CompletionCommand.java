package org.deepliftc.cli;

import java.util.concurrent.Callable;
import org.deepliftc.cli.terminal.Console;
import picocli.CommandLine.Command;

/** {@code deepliftc completion}: the completion script of the shell. */
@Command(
        description = "Print the completion script for bash and zsh.",
        customSynopsis = "deepliftc completion",
        footer = {"", "Example:", "  source <(deepliftc completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(Verb.completionScript(console));
        return ExitCode.DONE;
    }
}
