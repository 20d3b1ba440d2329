package org.deepliftc.compiler.emit.java;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes any text safe to stand in a source file: pure ASCII that neither ends a comment nor starts an escape. */
final class SourceText {
    private static final int LONGEST_LINE = 200;

    /** What mathematics writes outside ASCII, in a reader's spelling. */
    private static final Map<Character, String> SPELLED = Map.ofEntries(
            Map.entry('\u0394', "d"),
            Map.entry('\u03b4', "d"),
            Map.entry('\u03a3', "sum"),
            Map.entry('\u03c3', "sigma"),
            Map.entry('\u03b5', "eps"),
            Map.entry('\u03b1', "alpha"),
            Map.entry('\u03b2', "beta"),
            Map.entry('\u03bc', "mu"),
            Map.entry('\u03c6', "phi"),
            Map.entry('\u00d7', "x"),
            Map.entry('\u00b7', "*"),
            Map.entry('\u2212', "-"),
            Map.entry('\u2013', "-"),
            Map.entry('\u2014', "-"),
            Map.entry('\u2192', "->"),
            Map.entry('\u2264', "<="),
            Map.entry('\u2265', ">="),
            Map.entry('\u2260', "!="),
            Map.entry('\u2070', "0"),
            Map.entry('\u00b9', "1"),
            Map.entry('\u00b2', "2"),
            Map.entry('\u207a', "+"),
            Map.entry('\u207b', "-"),
            Map.entry('\u221a', "sqrt"),
            Map.entry('\u221e', "inf"),
            Map.entry('\u2032', "'"),
            Map.entry('\u2018', "'"),
            Map.entry('\u2019', "'"),
            Map.entry('\u201c', "'"),
            Map.entry('\u201d', "'"));

    /** A documentation comment of one line, as JavaPoet spreads it over three. */
    private static final Pattern SHORT_COMMENT = Pattern.compile("/\\*\\*\n +\\* (.{1,100})\n +\\*/");

    /** A blank line between two fields: nowhere else does one stand between lines that end statements. */
    private static final Pattern BETWEEN_FIELDS = Pattern.compile("(?<=;\\n)\\n(?= {4}[^\\n]*;\\n)");

    private SourceText() {}

    /** The source as a person would lay it out. */
    static String laidOut(String source) {
        return BETWEEN_FIELDS
                .matcher(SHORT_COMMENT.matcher(source).replaceAll("/** $1 */"))
                .replaceAll("");
    }

    /** One line of a comment. */
    static String comment(String line) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < line.length() && safe.length() < LONGEST_LINE; i++) {
            char c = line.charAt(i);
            if (SPELLED.containsKey(c)) {
                safe.append(SPELLED.get(c));
            } else if (c == '\\') {
                safe.append('/');
            } else {
                safe.append(c < ' ' || c > '~' ? '?' : c);
            }
        }
        return safe.toString().replace("*/", "* /").replace("/*", "/ *").stripTrailing();
    }

    /** One line of a documentation comment of a public class. */
    static String javadoc(String line) {
        return comment(line)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }

    /** Lines of a comment above a private method; no line starts a tag. */
    static String lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            line.lines()
                    .map(SourceText::comment)
                    .forEach(safe -> text.append(safe.stripLeading().startsWith("@") ? "'" : "")
                            .append(safe)
                            .append('\n'));
        }
        return text.toString();
    }

    /**
     * A string literal of ASCII. JavaPoet breaks lines at every character that ends one somewhere, of which Java's own escapes
     * know but two.
     */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                default -> {
                    if (c < ' ' || c > '~') {
                        literal.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    /** The source with every character outside ASCII as a Unicode escape; these stand in string literals only. */
    static String ascii(String source) {
        StringBuilder ascii = new StringBuilder(source.length());
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c > '~') {
                ascii.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
            } else {
                ascii.append(c);
            }
        }
        return ascii.toString();
    }
}
