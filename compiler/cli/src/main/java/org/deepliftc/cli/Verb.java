package org.deepliftc.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deepliftc.cli.terminal.Console;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The verbs of the command line. A verb's class is loaded when it is called for. */
enum Verb {
    CHECK("check", CheckCommand::new),
    RULES("rules", RulesCommand::new),
    IMPORT("import", ImportCommand::new),
    COMPILE("compile", CompileCommand::new),
    PREDICT("predict", PredictCommand::new),
    EXPLAIN("explain", ExplainCommand::new),
    GRAPH("graph", GraphCommand::new),
    BENCH("bench", BenchCommand::new),
    COMPLETION("completion", CompletionCommand::new),
    HELP("help", HelpCommand::new);

    private final String spelling;
    private final Function<Console, Object> command;

    Verb(String spelling, Function<Console, Object> command) {
        this.spelling = spelling;
        this.command = command;
    }

    /**
     * The commands that {@code args} may mean: the one verb they name, so that others cost no start-up time, or all of
     * them for help, completion and misspellings.
     */
    static CommandLine commandLine(Console console, String... args) {
        CommandLine line = new CommandLine(new RootCommand(console));
        Optional<Verb> named = named(args).filter(verb -> verb != COMPLETION && verb != HELP);
        for (Verb verb : values()) {
            if (named.isEmpty() || named.get() == verb) {
                line.addSubcommand(verb.spelling, verb.command.apply(console));
            }
        }
        return configured(line, console);
    }

    /** The completion script of bash and zsh. */
    static String completionScript(Console console) {
        return AutoComplete.bash("deepliftc", commandLine(console));
    }

    private static Optional<Verb> named(String... args) {
        return Arrays.stream(values())
                .filter(verb -> args.length > 0 && verb.spelling.equals(args[0]))
                .findFirst();
    }

    private static CommandLine configured(CommandLine line, Console console) {
        withStandardOptions(line);
        line.getSubcommands().values().forEach(Verb::withStandardOptions);
        return line.setOut(console.out())
                .setErr(console.err())
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(console.interactive())
                .setUsageHelpLongOptionsMaxWidth(34)
                .setParameterExceptionHandler((error, args) -> reportUsage(error, console))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> new Failures(console, RootCommand.debug(command)).report(error));
    }

    private static void withStandardOptions(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
    }

    private static int reportUsage(CommandLine.ParameterException error, Console console) {
        CommandLine command = error.getCommandLine();
        console.error(usageMessage(error, command));
        console.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for its options.");
        console.flush();
        return ExitCode.WRONG_USAGE;
    }

    /** A misspelt option also leaves the right one missing; what was misspelt says more. */
    private static String usageMessage(CommandLine.ParameterException error, CommandLine command) {
        List<String> unmatched = command.getUnmatchedArguments();
        boolean misspelt = error instanceof CommandLine.UnmatchedArgumentException
                || error instanceof CommandLine.MissingParameterException && !unmatched.isEmpty();
        if (!misspelt || unmatched.isEmpty()) {
            return String.valueOf(error.getMessage());
        }
        String first = unmatched.get(0);
        String what = command.getParent() == null ? "verb" : first.startsWith("-") ? "option" : "argument";
        List<String> near = new CommandLine.UnmatchedArgumentException(command, unmatched).getSuggestions();
        return "unknown " + what + " '" + first + "'"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }
}
