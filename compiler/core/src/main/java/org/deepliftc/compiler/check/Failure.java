package org.deepliftc.compiler.check;

import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** Ends the elaboration of one statement; the next goes on. Empty where the cause has been reported before. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Diagnostic> diagnostic;

    private Failure(Optional<Diagnostic> diagnostic) {
        super(diagnostic.map(Diagnostic::message).orElse("already reported"), null, false, false);
        this.diagnostic = diagnostic;
    }

    static Failure of(Diagnostic diagnostic) {
        return new Failure(Optional.of(diagnostic));
    }

    static Failure of(Problem problem, SourceSpan span, String message) {
        return of(problem.at(span, message));
    }

    static Failure of(Problem problem, SourceSpan span, String message, String hint) {
        return of(problem.at(span, message).withHint(hint));
    }

    /** The consequence of a problem that has been reported. */
    static Failure consequence() {
        return new Failure(Optional.empty());
    }

    Optional<Diagnostic> diagnostic() {
        return diagnostic;
    }
}
