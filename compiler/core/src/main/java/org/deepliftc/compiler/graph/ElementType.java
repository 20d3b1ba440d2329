package org.deepliftc.compiler.graph;

/** What the elements of a node are. The width of a real number is chosen when compiling, not in the graph. */
public enum ElementType {
    /** A real number: {@code float} or, for verification, {@code double}. */
    REAL,
    /** A position or class number: {@code int}. Never differentiated: a constant of the explanation. */
    INDEX
}
