package org.deepliftc.compiler.syntax;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** The text a string literal stands for. */
final class StringEscapes {
    private final String literal;
    private final SourceSpan span;
    private final List<Diagnostic> problems;
    private final StringBuilder text = new StringBuilder();
    private int next = 1;

    /** {@code literal} includes its quotes. */
    StringEscapes(String literal, SourceSpan span, List<Diagnostic> problems) {
        this.literal = literal;
        this.span = span;
        this.problems = problems;
    }

    String resolve() {
        while (next < literal.length() - 1) {
            char c = literal.charAt(next++);
            if (c == '\\') {
                escape();
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void escape() {
        int start = next - 1;
        char kind = literal.charAt(next++);
        switch (kind) {
            case '"', '\\', '/' -> text.append(kind);
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'u' -> codePoint(start);
            default -> bad(start, "'\\" + kind + "' is no escape sequence");
        }
    }

    private void codePoint(int start) {
        int first = next;
        int last = Math.min(next + 4, literal.length() - 1);
        if (literal.charAt(next) == '{') {
            first = next + 1;
            last = Math.max(first, literal.indexOf('}', first));
        }
        String digits = literal.substring(first, last);
        next = last + (literal.charAt(next) == '{' ? 1 : 0);
        if (!digits.matches("[0-9a-fA-F]{1,6}") || Integer.parseInt(digits, 16) > Character.MAX_CODE_POINT) {
            bad(start, "'\\u' is followed by no code point");
            next = Math.min(next, literal.length() - 1);
            return;
        }
        text.appendCodePoint(Integer.parseInt(digits, 16));
    }

    private void bad(int start, String message) {
        int before = literal.codePointCount(0, start);
        int length = literal.codePointCount(start, Math.min(next, literal.length()));
        SourceSpan place = new SourceSpan(
                span.file(), span.line(), span.column() + before, span.line(), span.column() + before + length);
        problems.add(Problem.SYNTAX008
                .at(place, message)
                .withHint("known are \\\" \\\\ \\n \\t and \\u{41}; write \\\\ for a backslash"));
    }
}
