/**
 * Text of a {@code .dlift} file to a tree of records.
 *
 * <p>Input: the text of one file. Output: {@link org.deepliftc.compiler.syntax.SourceFile}. Invariant: only this
 * package sees ANTLR; a tree exists only for a file without syntax errors, its nesting is bounded, and every part has
 * its place.
 */
package org.deepliftc.compiler.syntax;
