package org.deepliftc.cli;

/** How a command ends. */
final class ExitCode {
    static final int DONE = 0;
    static final int WRONG_INPUT = 1;
    static final int WRONG_USAGE = 2;
    static final int DEFECT = 3;

    private ExitCode() {}
}
