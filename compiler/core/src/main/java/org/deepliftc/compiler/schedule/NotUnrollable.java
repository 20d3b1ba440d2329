package org.deepliftc.compiler.schedule;

/** A procedure cannot be written as straight lines: its control flow depends on data. It stays a procedure of loops. */
final class NotUnrollable extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnrollable(String why) {
        super(why, null, false, false);
    }
}
