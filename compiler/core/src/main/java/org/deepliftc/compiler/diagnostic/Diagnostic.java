package org.deepliftc.compiler.diagnostic;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One problem of the user's model or request, as data; {@link DiagnosticRenderer} makes the text.
 *
 * @param id a stable identifier such as {@code SHAPE003}
 * @param message what is wrong and where the expectation came from, in one sentence
 * @param labels secondary places that take part, each with what it contributes
 * @param hint what to do about it
 */
public record Diagnostic(
        String id, Severity severity, SourceSpan span, String message, List<Label> labels, Optional<String> hint) {

    /** By file, then by place in the file. */
    public static final Comparator<Diagnostic> IN_ORDER = Comparator.comparing(
                    (Diagnostic d) -> d.span().file())
            .thenComparingInt(d -> d.span().line())
            .thenComparingInt(d -> d.span().column());

    /** How much a diagnostic weighs: an error stops compilation. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** A secondary place of a diagnostic. */
    public record Label(SourceSpan span, String text) {}

    public Diagnostic {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(span, "span");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
        labels = List.copyOf(labels);
    }

    public static Diagnostic error(String id, SourceSpan span, String message) {
        return new Diagnostic(id, Severity.ERROR, span, message, List.of(), Optional.empty());
    }

    public static Diagnostic warning(String id, SourceSpan span, String message) {
        return new Diagnostic(id, Severity.WARNING, span, message, List.of(), Optional.empty());
    }

    public Diagnostic withHint(String text) {
        return new Diagnostic(id, severity, span, message, labels, Optional.of(text));
    }

    public Diagnostic withLabels(List<Label> places) {
        return new Diagnostic(id, severity, span, message, places, hint);
    }
}
