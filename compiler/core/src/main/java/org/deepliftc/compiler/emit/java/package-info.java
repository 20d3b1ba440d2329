/**
 * Prints a scheduled loop program as one plain Java class. Input: a program without lanes and a {@link
 * org.deepliftc.compiler.emit.java.ClassHeader}. Output: source text and a weights file. Invariant: the text depends on
 * the input alone, compiles with javac and Janino, and is pure ASCII; no name or comment of a model reaches it
 * unescaped. The only package that knows JavaPoet.
 */
package org.deepliftc.compiler.emit.java;
