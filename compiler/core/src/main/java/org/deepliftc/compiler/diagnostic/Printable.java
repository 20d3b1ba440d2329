package org.deepliftc.compiler.diagnostic;

/**
 * Makes text from files harmless to print: control characters could drive the terminal, and characters that turn the
 * direction of writing could show other text than there is.
 */
final class Printable {
    private static final int LONGEST = 4000;

    private Printable() {}

    /** One line: line breaks are shown as escapes too. */
    static String line(String text) {
        return shown(text, false);
    }

    /** A message, whose line breaks stay. */
    static String text(String text) {
        return shown(text, true);
    }

    private static String shown(String text, boolean keepLines) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (keepLines && point == '\n') {
                shown.append('\n');
            } else {
                shown.append(of(point));
            }
        });
        return text.length() > 2 * LONGEST ? shown + "..." : shown.toString();
    }

    /** The character itself, or what stands for one that must not be printed. */
    static String of(int point) {
        if (point == '\t') {
            return " ";
        }
        return isHarmless(point) ? Character.toString(point) : String.format("<U+%04X>", point);
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** How many columns of a terminal a harmless character takes. */
    static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
