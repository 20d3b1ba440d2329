package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's table of layers is that of the code; {@code -Dmanual.accept=true} writes it. */
class KerasManualTest {
    private static final Path MANUAL = Path.of("..", "..", "docs", "KERAS.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- layers:[^\\n]*-->\\n)(.*?)(<!-- end -->)", Pattern.DOTALL);

    @Test
    void listsEveryLayer() throws IOException {
        String manual = Files.readString(MANUAL);
        Matcher table = TABLE.matcher(manual);
        assertThat(table.find()).isTrue();
        if (Boolean.getBoolean("manual.accept")) {
            String current = table.group(1) + KerasSupport.table() + table.group(3);
            Files.writeString(MANUAL, table.replaceFirst(Matcher.quoteReplacement(current)));
            return;
        }
        assertThat(table.group(2))
                .as("the table in docs/KERAS.md; run this test with -Dmanual.accept=true to write it")
                .isEqualTo(KerasSupport.table());
    }
}
