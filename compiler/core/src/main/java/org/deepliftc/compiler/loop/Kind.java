package org.deepliftc.compiler.loop;

/** The kind of a value of the loop program. */
public enum Kind {
    /** {@code float}, or {@code double} where the program computes in double precision. */
    REAL,
    /** {@code int}. */
    INT,
    /** {@code boolean}; never stored in a buffer. */
    BOOL,
    /** A REAL for each lane of a vector; in memory as neighbouring REALs. */
    REALS,
    /** An INT for each lane of a vector; never stored in a buffer. */
    INTS,
    /** A BOOL for each lane of a vector; never stored in a buffer. */
    BOOLS;

    /** True for the kinds of values that have a lane for each element of a vector. */
    public boolean isVector() {
        return this == REALS || this == INTS || this == BOOLS;
    }

    /** The kind of many values of this one. */
    public Kind vector() {
        return switch (this) {
            case REAL, REALS -> REALS;
            case INT, INTS -> INTS;
            case BOOL, BOOLS -> BOOLS;
        };
    }
}
