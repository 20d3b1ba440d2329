package org.deepliftc.compiler.loop;

/** The kind of a value of the loop program. */
public enum Kind {
    /** {@code float}, or {@code double} where the program computes in double precision. */
    REAL,
    /** {@code int}. */
    INT,
    /** {@code boolean}; never stored in a buffer. */
    BOOL
}
