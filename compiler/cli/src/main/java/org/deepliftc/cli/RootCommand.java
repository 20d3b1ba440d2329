package org.deepliftc.cli;

import java.util.concurrent.Callable;
import org.deepliftc.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code deepliftc} itself. */
@Command(
        name = "deepliftc",
        customSynopsis = "deepliftc VERB ...",
        description = "Compiles a trained neural network into one plain Java class that predicts and explains itself.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the input is wrong; a message says what, where and what to do",
            "2:wrong usage",
            "3:a defect of deepliftc"
        },
        footer = {
            "",
            "Examples:",
            "  deepliftc check model.dlift",
            "  deepliftc explain model.dlift --input sequences.fa -o scores.npz -o logo.svg",
            "  deepliftc compile model.dlift -d src/main/java --package com.example"
        })
final class RootCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of a defect.")
    private boolean debug;

    RootCommand(Console console) {
        this.console = console;
    }

    /** Whether the user of {@code command} asked for stack traces. */
    static boolean debug(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof RootCommand && ((RootCommand) root.getCommand()).debug;
    }

    @Override
    public Integer call() {
        console.error("a verb is missing");
        spec.commandLine().usage(console.err());
        return ExitCode.WRONG_USAGE;
    }
}
