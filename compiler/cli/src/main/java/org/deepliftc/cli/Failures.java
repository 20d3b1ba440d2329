package org.deepliftc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompilerVersion;

/** Turns what stopped a command into one message and an exit code. */
final class Failures {
    private final Console console;
    private final boolean debug;

    Failures(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /** Says what happened. @return the exit code */
    int report(Throwable failure) {
        if (failure instanceof DiagnosticException) {
            console.out().flush();
            Diagnostics.print(console, ((DiagnosticException) failure).diagnostics());
            trace(failure);
            return ExitCode.WRONG_INPUT;
        }
        if (failure instanceof UserError) {
            return wrongInput("error: " + failure.getMessage(), failure);
        }
        if (failure instanceof UncheckedIOException) {
            return report(failure.getCause());
        }
        if (failure instanceof IOException) {
            return wrongInput("error: " + describe((IOException) failure), failure);
        }
        if (isOutOfMemory(failure)) {
            return wrongInput(
                    "error: the heap of " + Quantity.bytes(Runtime.getRuntime().maxMemory())
                            + " is too small for this work; give Java more, as in JAVA_TOOL_OPTIONS=-Xmx8g, use"
                            + " fewer --threads, or explain fewer examples at once",
                    failure);
        }
        return defect(failure);
    }

    /** True also where a thread that helped ran out of memory, whose error comes wrapped. */
    private static boolean isOutOfMemory(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof OutOfMemoryError) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    /** Files are named by the system's exceptions, reasons only sometimes. */
    static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no file " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission for " + ((FileSystemException) e).getFile();
        }
        if (e instanceof NotDirectoryException) {
            return e.getMessage() + " is not a directory";
        }
        return e.getMessage() == null
                ? "reading or writing failed: " + e.getClass().getSimpleName()
                : e.getMessage();
    }

    private int wrongInput(String message, Throwable failure) {
        console.out().flush();
        console.err().println(message);
        trace(failure);
        console.flush();
        return ExitCode.WRONG_INPUT;
    }

    private int defect(Throwable failure) {
        String cause = failure.getClass().getSimpleName()
                + (failure.getMessage() == null
                        ? ""
                        : ": " + failure.getMessage().lines().findFirst().orElse(""));
        console.error("deepliftc itself failed (" + cause + ").");
        console.err()
                .println("This is a defect of deepliftc " + CompilerVersion.TEXT
                        + ", not of your model. Please report it"
                        + " with the command, the model and the output of the same command with --debug.");
        trace(failure);
        console.flush();
        return ExitCode.DEFECT;
    }

    private void trace(Throwable failure) {
        if (debug) {
            failure.printStackTrace(console.err());
        }
    }
}
