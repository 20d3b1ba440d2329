package org.deepliftc.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {
    private static DiagnosticRenderer over(String text) {
        return new DiagnosticRenderer(file -> file.equals("m.dlift") ? Optional.of(text) : Optional.empty(), false);
    }

    private static SourceSpan span(int line, int column, int endColumn) {
        return new SourceSpan("m.dlift", line, column, line, endColumn);
    }

    @Test
    void showsTheLineWithCaretsLabelsAndHint() {
        Diagnostic problem = Problem.SHAPE001
                .at(span(2, 5, 9), "add: shapes differ")
                .withLabels(List.of(new Diagnostic.Label(span(1, 1, 2), "'a' is [3]")))
                .withHint("make them equal");

        assertThat(over("a = input\nb = a + 1\n").render(List.of(problem))).isEqualTo("""
                        m.dlift:2:5: error[SHAPE001]: add: shapes differ
                          2 | b = a + 1
                            |     ^^^^
                          1 | a = input
                            | - 'a' is [3]
                            = hint: make them equal

                        1 error
                        """);
    }

    @Test
    void putsCaretsUnderTabsWideAndCombiningCharacters() {
        String[] combining = over("\tx = 名前 + e\u0301y")
                .render(Problem.NAME001.at(span(1, 13, 14), "y"))
                .split("\n");
        assertThat(combining[1]).isEqualTo("  1 |     x = 名前 + e\u0301y");
        assertThat(combining[2]).isEqualTo("    | " + " ".repeat(16) + "^");
        String[] lines = over("\tx = 名前 + y")
                .render(Problem.NAME001.at(span(1, 6, 8), "both"))
                .split("\n");
        assertThat(lines[2]).isEqualTo("    |         ^^^^");
    }

    @Test
    void neutralisesControlAndBidirectionalCharacters() {
        String text = over("a\u202E = \u001b[31mx\r")
                .render(Problem.NAME001
                        .at(span(1, 2, 3), "no '\u001b[2J\u2066'")
                        .withHint("\u0007"));

        assertThat(text)
                .contains("a<U+202E> = <U+001B>[31mx")
                .contains("no '<U+001B>[2J<U+2066>'")
                .contains("<U+0007>");
        assertThat(text.codePoints()).noneMatch(c -> c < ' ' && c != '\n' || c == 0x202E || c == 0x2066);
        assertThat(text).contains("    |  ^^^^^^^^\n");
    }

    @Test
    void cutsLongLinesAroundTheMark() {
        String line = "x".repeat(500) + "HERE" + "y".repeat(500);
        String[] lines = over(line)
                .render(Problem.NAME001.at(span(1, 501, 505), "there"))
                .split("\n");

        assertThat(lines[1])
                .hasSizeLessThan(200)
                .contains("HERE")
                .startsWith("  1 | ...")
                .endsWith("...");
        assertThat(lines[2].indexOf("^^^^")).isEqualTo(lines[1].indexOf("HERE"));
    }

    @Test
    void survivesSpansOutsideTheText() {
        assertThat(over("a\n").render(Problem.NAME001.at(span(1, 40, 90), "beyond")))
                .contains("| a\n");
        assertThat(over("a\n").render(Problem.NAME001.at(span(9, 1, 2), "below")))
                .isEqualTo("m.dlift:9:1: error[NAME001]: below\n");
        assertThat(over("a").render(Problem.FILE001.at(new SourceSpan("gone", 3, 1, 3, 2), "gone")))
                .isEqualTo("gone:3:1: error[FILE001]: gone\n");
        assertThat(over("a").render(Problem.FILE001.at(SourceSpan.NONE, "nowhere")))
                .isEqualTo("error[FILE001]: nowhere\n");
    }

    @Test
    void coloursOnRequestOnly() {
        DiagnosticRenderer coloured = new DiagnosticRenderer(file -> Optional.of("a"), true);
        Diagnostic problem = Problem.NAME001.at(span(1, 1, 2), "a");

        assertThat(coloured.render(problem)).contains("\u001b[1;31merror[NAME001]:\u001b[0m");
        assertThat(over("a").render(problem)).doesNotContain("\u001b");
    }

    @Test
    void countsErrorsAndWarnings() {
        Diagnostic error = Problem.NAME001.at(SourceSpan.NONE, "e");
        Diagnostic warning = Problem.MODEL004.warning(SourceSpan.NONE, "w");

        assertThat(DiagnosticRenderer.summary(List.of(error, warning, error))).isEqualTo("2 errors, 1 warning");
        assertThat(DiagnosticRenderer.summary(List.of(warning, warning))).isEqualTo("2 warnings");
        assertThat(DiagnosticRenderer.summary(List.of(error))).isEqualTo("1 error");
    }
}
