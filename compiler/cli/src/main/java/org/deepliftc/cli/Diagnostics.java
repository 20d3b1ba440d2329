package org.deepliftc.cli;

import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;

/** Diagnostics as the command line shows them. */
final class Diagnostics {
    private Diagnostics() {}

    /** Every problem with its place, line and hint. */
    static String render(DiagnosticException problems) {
        StringBuilder text = new StringBuilder();
        for (Diagnostic problem : problems.diagnostics()) {
            text.append(text.length() == 0 ? "" : System.lineSeparator()).append("error: ").append(oneLine(problem));
        }
        return text.toString();
    }

    /** {@code model.dlift:3:5: message (hint)}. */
    static String oneLine(Diagnostic problem) {
        String place = problem.span().location();
        return (place.isEmpty() ? "" : place + ": ") + problem.message()
                + problem.hint().map(hint -> "; " + hint).orElse("");
    }
}
