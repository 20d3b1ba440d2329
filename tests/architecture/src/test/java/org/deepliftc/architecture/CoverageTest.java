package org.deepliftc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No rule holds for classes it never sees: every module of the product must be on these tests' class path. */
class CoverageTest {
    @Test
    void everySourceIsJudged() {
        List<String> unseen = Repository.open().productSources().stream()
                .map(CoverageTest::classFile)
                .filter(file -> !file.endsWith("-info.class"))
                .filter(file -> find(file) == null)
                .toList();
        assertThat(unseen)
                .as("classes that the architecture rules do not see; name their module in tests/architecture/pom.xml")
                .isEmpty();
    }

    @Test
    void theRulesSeeThisProject() {
        assertThat(new ClassFileImporter().importPackages("org.deepliftc.compiler.graph", "org.deepliftc.runtime"))
                .extracting(type -> type.getSimpleName())
                .contains("Graph", "CompiledModel");
    }

    private static String classFile(Path source) {
        return Repository.slashed(source).replaceFirst(".*/src/main/java/", "").replaceFirst("java$", "class");
    }

    private static URL find(String classFile) {
        return CoverageTest.class.getClassLoader().getResource(classFile);
    }
}
