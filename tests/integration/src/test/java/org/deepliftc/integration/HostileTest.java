package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is handed to the command line, it answers with one message that names the place, the right exit code, no
 * stack trace, no partial output, and soon.
 */
class HostileTest {
    @TempDir
    Path folder;

    static Stream<HostileCase> cases() {
        return Stream.of(
                        HostileModels.syntax(),
                        HostileModels.meaning(),
                        HostileModels.files(),
                        HostileInputs.arrays(),
                        HostileInputs.tables(),
                        HostileInputs.references(),
                        HostileRequests.wrongUsage(),
                        HostileRequests.requests())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsInOneClearMessage(HostileCase hostile) {
        Workspace files = new Workspace(folder);
        hostile.prepare().accept(files);
        Map<String, Long> before = files.files();

        Cli run = Cli.run(folder, hostile.args());

        assertThat(run.code()).as("%s", run).isEqualTo(hostile.code());
        assertThat(run.err()).as("%s", run).contains(hostile.mentions());
        assertThat(run.err()).as("%s", run).doesNotContain("\tat ", "Exception", "deepliftc itself failed");
        assertThat(run.err().lines().filter(line -> line.matches("(\\S.*: )?error[:\\[].*")))
                .as("%s", run)
                .hasSize(1);
        assertThat(run.err().length()).as("%s", run).isLessThan(3000);
        assertThat(files.files()).as("files left behind").isEqualTo(before);
    }

    @Test
    void thereAreMoreThanAHundredOfThemAndEachIsAnother() {
        List<String> names = cases().map(hostile -> String.join(" ", hostile.args()) + hostile.name())
                .toList();
        Set<String> distinct = new HashSet<>(names);

        assertThat(distinct).hasSameSizeAs(names).hasSizeGreaterThan(100);
    }
}
