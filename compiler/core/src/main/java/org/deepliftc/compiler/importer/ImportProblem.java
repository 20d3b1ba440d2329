package org.deepliftc.compiler.importer;

import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/**
 * The kinds of problems of imported models. The constant's name is the stable id of the message: ids are added, never
 * renumbered.
 */
public enum ImportProblem {
    /** A format this version does not read. */
    IMPORT001,
    /** A file that is no model of its format, or is cut short. */
    IMPORT002,
    /** Operators without a translation. */
    IMPORT003,
    /** An operator that mixes examples of a batch. */
    IMPORT004,
    /** A shape that the file leaves open. */
    IMPORT005,
    /** An operator with inputs or attributes that cannot be expressed. */
    IMPORT006,
    /** Options that do not fit the file. */
    IMPORT007;

    /** The diagnostic about a file. */
    public Diagnostic in(String file, String message, String hint) {
        return Diagnostic.error(name(), new SourceSpan(file, 0, 0, 0, 0), message)
                .withHint(hint);
    }
}
