package org.deepliftc.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges our classes, and shows that each kind of rule does find what it forbids. */
class ArchitectureTest {
    private static final String ROOT = "org.deepliftc";
    private static final String BROKEN = "org.deepliftc.architecture.broken";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(BROKEN);

    @ParameterizedTest
    @MethodSource
    void holds(ArchRule rule) {
        rule.check(OURS);
    }

    static List<ArchRule> holds() {
        return Rules.all(ROOT);
    }

    /** The wrong classes break each of these; so a rule that has lost its force is seen here. */
    @ParameterizedTest
    @MethodSource
    void findsWhatItForbids(String description, String culprit) {
        ArchRule rule = Rules.all(BROKEN).stream()
                .filter(each -> each.getDescription().equals(description))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule says: " + description));
        assertThat(rule.evaluate(WRONG).getFailureReport().toString()).contains(culprit);
    }

    static List<Arguments> findsWhatItForbids() {
        return List.of(
                arguments("compiler.graph uses of ours only compiler.diagnostic, compiler.explain", "Lowering"),
                arguments("every package has its place in the table of layers", "Stray"),
                arguments("ANTLR is used only in grammar, compiler.syntax", "KnowsEverything"),
                arguments("JavaPoet is used only in compiler.emit.java", "KnowsEverything"),
                arguments("Janino is used only in compiler.jit", "KnowsEverything"),
                arguments("picocli is used only in cli", "KnowsEverything"),
                arguments("Jackson is used only in data, cli, compiler.importer.keras.file", "KnowsEverything"),
                arguments("FastCSV is used only in data, cli", "KnowsEverything"),
                arguments("the public face of compiler.syntax shows no type of ANTLR or the grammar", "LeakyParser"),
                arguments("runtime depends on the JDK alone", "ActivationHelper"),
                arguments(
                        "runtime computes no operator: every multiply of a model stands in its generated source",
                        "tanh"),
                arguments("packages are free of cycles", "Lowering"),
                arguments(
                        "classes are named after what they are, not Impl, Manager, Helper or Util",
                        "ActivationHelper"));
    }
}
