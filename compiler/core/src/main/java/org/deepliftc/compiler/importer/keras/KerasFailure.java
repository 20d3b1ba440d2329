package org.deepliftc.compiler.importer.keras;

import org.deepliftc.compiler.importer.ImportProblem;

/** Ends the translation of one layer; the others go on, so that all problems are reported together. */
final class KerasFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImportProblem problem;
    private final String hint;

    private KerasFailure(ImportProblem problem, String message, String hint) {
        super(message);
        this.problem = problem;
        this.hint = hint;
    }

    /** Something that has no exact translation. @param message goes on after the layer's name */
    static KerasFailure of(String message, String hint) {
        return new KerasFailure(ImportProblem.IMPORT006, message, hint);
    }

    /** A layer along the axis of the examples. */
    static KerasFailure mixing(String message) {
        return new KerasFailure(ImportProblem.IMPORT004, message, "an explanation is about one example");
    }

    /** An extent that nobody knows. */
    static KerasFailure open(String message, String hint) {
        return new KerasFailure(ImportProblem.IMPORT005, message, hint);
    }

    ImportProblem problem() {
        return problem;
    }

    String hint() {
        return hint;
    }
}
