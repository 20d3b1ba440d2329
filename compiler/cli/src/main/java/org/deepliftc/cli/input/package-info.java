/**
 * Files into the arrays of a model: inputs, references, their shapes checked against what the model declares.
 *
 * <p>Input: the paths a user gave and the declared inputs. Output: flat row-major arrays of the class's element type, the
 * example first, and what the files say about the rows (identifiers, feature names, annotated sites). Invariant: sizes are
 * checked before arrays are allocated, and every error names the file, the array, what was expected and what was found.
 */
package org.deepliftc.cli.input;
