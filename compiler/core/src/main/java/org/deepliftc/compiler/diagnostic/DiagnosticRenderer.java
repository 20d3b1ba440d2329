package org.deepliftc.compiler.diagnostic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Diagnostics to text for a person:
 *
 * <pre>
 * model.dlift:5:18: error[WEIGHT002]: conv1d: weight 'conv1.weight' is [20, 4, 12] ...
 *   5 |   motifs = prelu(conv1d(dna, filters = 20, width = 15))
 *     |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
 *     = hint: ...
 * </pre>
 *
 * What was read from files is made harmless for a terminal.
 */
public final class DiagnosticRenderer {
    private static final String RESET = "\u001b[0m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String BLUE = "\u001b[1;34m";
    private static final String BOLD = "\u001b[1m";

    private final Function<String, Optional<String>> sources;
    private final boolean colour;
    private final Map<String, Optional<List<String>>> lines = new HashMap<>();
    private SourceSpan shown = SourceSpan.NONE;

    /**
     * @param sources the text of a file by the name its spans carry; empty where it cannot be had
     * @param colour whether to mark up for a terminal
     */
    public DiagnosticRenderer(Function<String, Optional<String>> sources, boolean colour) {
        this.sources = sources;
        this.colour = colour;
    }

    /** All of them, with a count at the end. */
    public String render(List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        diagnostics.forEach(d -> text.append(render(d)).append('\n'));
        return text.append(summary(diagnostics)).append('\n').toString();
    }

    /** {@code 2 errors, 1 warning}. */
    public static String summary(List<Diagnostic> diagnostics) {
        long errors = diagnostics.stream()
                .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                .count();
        long warnings = diagnostics.size() - errors;
        String first = errors + (errors == 1 ? " error" : " errors");
        String second = warnings + (warnings == 1 ? " warning" : " warnings");
        return warnings == 0 ? first : errors == 0 ? second : first + ", " + second;
    }

    /** One of them, ending with a line break. */
    public String render(Diagnostic diagnostic) {
        boolean isError = diagnostic.severity() == Diagnostic.Severity.ERROR;
        StringBuilder text = new StringBuilder();
        String location = diagnostic.span().location();
        if (!location.isEmpty()) {
            text.append(painted(BOLD, Printable.line(location) + ":")).append(' ');
        }
        text.append(painted(isError ? RED : YELLOW, (isError ? "error[" : "warning[") + diagnostic.id() + "]:"));
        text.append(' ').append(Printable.text(diagnostic.message())).append('\n');
        int gutter = gutter(diagnostic);
        shown = SourceSpan.NONE;
        snippet(text, diagnostic.span(), "", '^', gutter, isError ? RED : YELLOW);
        for (Diagnostic.Label label : diagnostic.labels()) {
            boolean sameFile = label.span().file().equals(diagnostic.span().file());
            String place = sameFile ? "" : Printable.line(label.span().location()) + ": ";
            snippet(text, label.span(), place + Printable.text(label.text()), '-', gutter, BLUE);
        }
        diagnostic
                .hint()
                .ifPresent(hint -> text.append(" ".repeat(gutter))
                        .append(painted(BLUE, " = hint: "))
                        .append(Printable.text(hint))
                        .append('\n'));
        return text.toString();
    }

    private static int gutter(Diagnostic diagnostic) {
        int last = diagnostic.labels().stream()
                .mapToInt(l -> l.span().line())
                .reduce(diagnostic.span().line(), Math::max);
        return String.valueOf(last).length() + 2;
    }

    private void snippet(StringBuilder text, SourceSpan span, String label, char mark, int gutter, String paint) {
        Optional<String> line = line(span);
        if (line.isEmpty()) {
            if (!label.isEmpty()) {
                text.append(" ".repeat(gutter))
                        .append(" = ")
                        .append(Printable.line(span.location()))
                        .append(": ");
                text.append(label).append('\n');
            }
            return;
        }
        int end = span.endLine() > span.line() ? Integer.MAX_VALUE : span.endColumn();
        MarkedLine marked = MarkedLine.of(line.get(), span.column(), end);
        String number = String.valueOf(span.line());
        boolean repeats = shown.line() == span.line() && shown.file().equals(span.file());
        if (!repeats) {
            text.append(painted(BLUE, " ".repeat(gutter - number.length()) + number + " | "))
                    .append(marked.text())
                    .append('\n');
        }
        // the line of a long text is cut around each mark, so that a repeated one may need to be shown again
        shown = line.get().length() > MarkedLine.WIDEST ? SourceSpan.NONE : span;
        text.append(painted(BLUE, " ".repeat(gutter) + " | "))
                .append(" ".repeat(marked.start()))
                .append(painted(
                        paint, String.valueOf(mark).repeat(marked.length()) + (label.isEmpty() ? "" : " " + label)))
                .append('\n');
    }

    private Optional<String> line(SourceSpan span) {
        if (!span.isKnown()) {
            return Optional.empty();
        }
        Optional<List<String>> text =
                lines.computeIfAbsent(span.file(), file -> sources.apply(file).map(DiagnosticRenderer::split));
        return text.filter(all -> span.line() <= all.size()).map(all -> all.get(span.line() - 1));
    }

    /** Splits where the parser counts lines, which is at line feeds only. */
    private static List<String> split(String text) {
        return List.of(text.split("\n", -1)).stream()
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    private String painted(String paint, String text) {
        return colour ? paint + text + RESET : text;
    }
}
