package org.deepliftc.compiler.importer.onnx;

import org.deepliftc.compiler.importer.ImportProblem;

/** Ends the translation of one operator; the others go on, so that all problems are reported together. */
final class ImportFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImportProblem problem;
    private final String hint;

    private ImportFailure(ImportProblem problem, String message, String hint) {
        super(message);
        this.problem = problem;
        this.hint = hint;
    }

    /** Something that has no exact translation. @param message goes on after the operator's name */
    static ImportFailure of(String message, String hint) {
        return new ImportFailure(ImportProblem.IMPORT006, message, hint);
    }

    /** An operator along the batch axis. */
    static ImportFailure mixing(String message) {
        return new ImportFailure(
                ImportProblem.IMPORT004,
                message,
                "an explanation is about one example: export the model without it, or name the axis of the examples"
                        + " with --batch-axis");
    }

    /** An extent that nobody knows. */
    static ImportFailure open(String message, String hint) {
        return new ImportFailure(ImportProblem.IMPORT005, message, hint);
    }

    /** Options that do not fit the file. */
    static ImportFailure options(String message, String hint) {
        return new ImportFailure(ImportProblem.IMPORT007, message, hint);
    }

    ImportProblem problem() {
        return problem;
    }

    String hint() {
        return hint;
    }
}
