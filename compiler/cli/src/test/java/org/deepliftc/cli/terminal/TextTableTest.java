package org.deepliftc.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static String printed(TextTable table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void alignsNumbersRightAndTextLeft() {
        TextTable table = new TextTable("node", "cost");
        table.row("x", 0);
        table.row("convolution", 12000);

        assertThat(printed(table)).isEqualToNormalizingNewlines("""
                        node          cost
                        -----------  -----
                        x                0
                        convolution  12000
                        """);
    }

    @Test
    void countsCharactersAndNotCodeUnits() {
        TextTable table = new TextTable("n", "m");
        table.row("\ud835\udefd1", "a");
        table.row("ab", "b");

        assertThat(printed(table)).contains("\ud835\udefd1  a").contains("ab  b");
    }

    @Test
    void letsNoNameMoveTheCursor() {
        TextTable table = new TextTable("node");
        table.row("a\u001b[2Jb\nc");

        assertThat(printed(table)).contains("a?[2Jb?c").doesNotContain("\u001b");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new TextTable("a", "b").row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
