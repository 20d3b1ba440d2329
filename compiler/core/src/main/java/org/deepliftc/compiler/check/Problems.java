package org.deepliftc.compiler.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** Collects what is wrong with a model, once for each place, up to a number a person may want to read. */
final class Problems {
    private static final int MOST = 100;

    private record Place(String id, SourceSpan span) {}

    private record Calling(String function, SourceSpan span) {}

    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final Set<Place> seen = new HashSet<>();
    private final Deque<Calling> calls = new ArrayDeque<>();

    void add(Failure failure) {
        failure.diagnostic().ifPresent(this::add);
    }

    void add(Diagnostic diagnostic) {
        if (errors.size() < MOST && seen.add(new Place(diagnostic.id(), diagnostic.span()))) {
            errors.add(inContext(diagnostic));
        }
    }

    void warn(Diagnostic diagnostic) {
        if (warnings.size() < MOST && seen.add(new Place(diagnostic.id(), diagnostic.span()))) {
            warnings.add(diagnostic);
        }
    }

    private Diagnostic inContext(Diagnostic diagnostic) {
        if (calls.isEmpty()) {
            return diagnostic;
        }
        List<Diagnostic.Label> labels = new ArrayList<>(diagnostic.labels());
        calls.forEach(c -> labels.add(new Diagnostic.Label(c.span, "in this call of '" + c.function + "'")));
        return diagnostic.withLabels(labels.subList(0, Math.min(labels.size(), 4)));
    }

    /** From here on, problems lie in the body of {@code function}, called at {@code span}. */
    void enter(String function, SourceSpan span) {
        calls.push(new Calling(function, span));
    }

    void leave() {
        calls.pop();
    }

    int count() {
        return errors.size();
    }

    List<Diagnostic> warnings() {
        warnings.sort(Diagnostic.IN_ORDER);
        return List.copyOf(warnings);
    }

    /** Ends the phase where anything was wrong. */
    void stopIfAny() {
        if (!errors.isEmpty()) {
            errors.sort(Diagnostic.IN_ORDER);
            throw new DiagnosticException(errors);
        }
    }
}
