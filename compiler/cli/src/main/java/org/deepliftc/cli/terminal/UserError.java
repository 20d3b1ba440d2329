package org.deepliftc.cli.terminal;

/**
 * The input is wrong: a message for a person, no stack trace, exit code 1. The message says what is wrong, where, and
 * what to do.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
