package org.deepliftc.compiler.diagnostic;

/**
 * A source line as a terminal shows it, cut to a readable width, and where its marked part lies.
 *
 * @param text the line, tabs and unprintable characters replaced
 * @param start columns in front of the mark
 * @param length columns of the mark, at least 1
 */
record MarkedLine(String text, int start, int length) {
    static final int WIDEST = 150;
    private static final int CONTEXT = 50;
    private static final int TAB = 4;
    private static final String CUT = "...";

    /** Marks the code points from {@code column} to {@code endColumn} (exclusive), both counted from 1. */
    static MarkedLine of(String line, int column, int endColumn) {
        int[] points = line.codePoints().toArray();
        int first = Math.max(0, Math.min(column - 1, points.length));
        int last = Math.max(first + 1, Math.min(endColumn - 1, points.length));
        int from = points.length <= WIDEST ? 0 : Math.max(0, first - CONTEXT);
        int to = Math.min(points.length, from + WIDEST);
        StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
        int width = text.length();
        int start = width;
        int end = width;
        for (int i = from; i < to; i++) {
            start = i == first ? width : start;
            String shown = points[i] == '\t' ? " ".repeat(TAB - width % TAB) : Printable.of(points[i]);
            text.append(shown);
            boolean isItself = shown.codePointCount(0, shown.length()) == 1 && points[i] != '\t';
            width += isItself ? Printable.width(points[i]) : shown.length();
            end = i < last ? width : end;
        }
        start = first >= to ? width : start;
        return new MarkedLine(text + (to < points.length ? CUT : ""), start, Math.max(1, end - start));
    }
}
