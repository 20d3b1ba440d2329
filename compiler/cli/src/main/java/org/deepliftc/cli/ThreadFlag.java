package org.deepliftc.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --threads}. */
final class ThreadFlag {
    private static final int MOST = 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one per processor).")
    private int threads = Math.min(MOST, Runtime.getRuntime().availableProcessors());

    /** The number of threads; 1 to 1024. */
    int count() {
        if (threads < 1 || threads > MOST) {
            throw new ParameterException(spec.commandLine(), "--threads must be 1 to " + MOST + ", not " + threads);
        }
        return threads;
    }
}
