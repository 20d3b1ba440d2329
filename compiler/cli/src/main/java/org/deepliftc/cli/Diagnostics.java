package org.deepliftc.cli;

import java.util.List;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticRenderer;
import org.deepliftc.compiler.diagnostic.SourceTexts;

/** Diagnostics as the command line shows them: with the line they are about, in colour on a terminal. */
final class Diagnostics {
    private static final int MOST = 20;

    private Diagnostics() {}

    /** Writes the first of them to standard error. */
    static void print(Console console, List<Diagnostic> diagnostics) {
        boolean colour = console.interactive() && System.getenv("NO_COLOR") == null;
        DiagnosticRenderer renderer = new DiagnosticRenderer(SourceTexts::fromDisk, colour);
        diagnostics.stream().limit(MOST).forEach(diagnostic -> console.err().print(renderer.render(diagnostic)));
        if (diagnostics.size() > MOST) {
            console.err().println("and " + (diagnostics.size() - MOST) + " more");
        }
        if (diagnostics.size() > 1) {
            console.err().println(DiagnosticRenderer.summary(diagnostics));
        }
        console.err().flush();
    }
}
