package org.deepliftc.cli;

import java.util.Set;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.driver.WarmUp;
import picocli.CommandLine;

/** The entry of the command line. */
public final class Main {
    /** The verbs that compile a model in order to run it. */
    private static final Set<String> RUNNING = Set.of("explain", "predict", "bench");

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && RUNNING.contains(args[0])) {
            WarmUp.start();
        }
        System.exit(run(Console.ofProcess(), args));
    }

    /**
     * Runs one command in this process.
     *
     * @return the exit code: 0 done, 1 the input is wrong, 2 wrong usage, 3 a defect of deepliftc
     */
    public static int run(Console console, String... args) {
        try {
            CommandLine line = Verb.commandLine(console, args);
            int code = line.execute(args);
            if (code == ExitCode.DONE && console.out().checkError()) { // which flushes first
                console.error("standard output cannot be written to; what was printed is lost");
                return ExitCode.WRONG_INPUT;
            }
            return code;
        } catch (Throwable e) { // whatever happens, a person gets a message and an exit code
            return new Failures(console, false).report(e);
        } finally {
            console.flush();
        }
    }
}
