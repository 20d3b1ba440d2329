package org.deepliftc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Habits of this repository that no compiler checks. */
class LintTest {
    private static final Repository REPOSITORY = Repository.open();

    private static final int LONGEST_FILE = 500;

    /** Files that may be longer, each with its reason. */
    private static final Map<String, String> LONG_FOR_A_REASON = Map.of();

    /** Written by their own tools, with their own habits. */
    private static final Set<String> FOREIGN = Set.of("mvnw", "mvnw.cmd");

    // The brackets keep these patterns from finding themselves.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO[D]O|FI[X]ME|X[X]X)\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile(
            "(?<![\\w.~)}>-])/(home|root|tmp|work|mnt|media|Users|private)/[\\w.-]|\\b[A-Z]:\\\\Users\\\\");

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<Path> present = Set.copyOf(REPOSITORY.files());
        List<Path> silent = REPOSITORY.productSources().stream()
                .map(source -> source.resolveSibling("package-info.java"))
                .distinct()
                .filter(info -> !present.contains(info))
                .toList();
        assertThat(silent).as("missing package descriptions").isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertThat(Finding.search(REPOSITORY, LintTest::isOurs, UNFINISHED)).isEmpty();
    }

    @Test
    void noFileNamesAPlaceOnOneMachine() {
        assertThat(Finding.search(REPOSITORY, LintTest::isOurs, MACHINE_PATH)).isEmpty();
    }

    @Test
    void filesStayShort() {
        Predicate<String> excused = LONG_FOR_A_REASON::containsKey;
        assertThat(longFiles().stream().filter(excused.negate()))
                .as("files of more than %d lines", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void noExcuseOutlivesItsFile() {
        assertThat(longFiles()).containsAll(LONG_FOR_A_REASON.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TO" + "DO later", "x(); // X" + "XX", "FIX" + "ME: y"})
    void findsUnfinishedWork(String line) {
        assertThat(Finding.inFile(Path.of("a.java"), List.of("", line), UNFINISHED))
                .hasToString("[a.java:2: " + line + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cd /ho" + "me/ann/x", "\"/tm" + "p/model\"", "C:\\Us" + "ers\\ann"})
    void findsMachinePaths(String line) {
        assertThat(MACHINE_PATH.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/home/page", "src/work/x", "$HOME/tmp/x", "a /tmp folder"})
    void letsOtherPathsPass(String line) {
        assertThat(MACHINE_PATH.matcher(line).find()).isFalse();
    }

    private static List<String> longFiles() {
        return REPOSITORY.files().stream()
                .filter(file -> file.toString().matches(".*\\.(java|g4|py|sh|xml)"))
                .filter(file -> isOurs(file) && REPOSITORY.lines(file).size() > LONGEST_FILE)
                .map(Repository::slashed)
                .toList();
    }

    /** Not another tool's, and not printed by deepliftc itself. */
    private static boolean isOurs(Path file) {
        String name = Repository.slashed(file);
        boolean printed = name.matches("(generated-examples|tests/golden)/.*\\.(java|svg|html)");
        return !printed && !FOREIGN.contains(name);
    }
}
