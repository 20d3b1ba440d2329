package org.deepliftc.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** All rules about classes. They take the root package, so that the same rules judge the wrong classes of the tests. */
final class Rules {
    private static final String OPERATORS = "fma|exp|expm1|log|log10|log1p|sqrt|cbrt|pow|hypot"
            + "|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|IEEEremainder|scalb|signum";

    private Rules() {}

    static List<ArchRule> all(String root) {
        return Stream.of(Layers.rules(root), libraries(root), runtime(root), shape(root))
                .flatMap(List::stream)
                .map(rule -> rule.allowEmptyShould(true))
                .toList();
    }

    /** Each library is known in as few places as can be, so that it can be replaced there. */
    private static List<ArchRule> libraries(String root) {
        return List.of(
                library(root, "ANTLR", List.of("org.antlr.."), "grammar", "compiler.syntax"),
                new NoLeak(root + ".compiler.syntax..", "org.antlr..", root + ".grammar..")
                        .rule()
                        .as("the public face of compiler.syntax shows no type of ANTLR or the grammar"),
                library(root, "JavaPoet", List.of("com.palantir.javapoet.."), "compiler.emit.java"),
                library(root, "Janino", List.of("org.codehaus.janino..", "org.codehaus.commons.."), "compiler.jit"),
                library(root, "picocli", List.of("picocli.."), "cli"),
                library(
                        root,
                        "Jackson",
                        List.of("com.fasterxml.jackson.."),
                        "data",
                        "cli",
                        "compiler.importer.keras.file"),
                library(root, "jHDF", List.of("io.jhdf.."), "compiler.importer.keras.file"),
                library(root, "FastCSV", List.of("de.siegmar.fastcsv.."), "data", "cli"));
    }

    private static ArchRule library(String root, String name, List<String> packages, String... users) {
        String[] places = Stream.of(users).map(user -> root + "." + user + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .as(name + " is used only in " + String.join(", ", users));
    }

    private static List<ArchRule> runtime(String root) {
        String runtime = root + ".runtime..";
        return List.of(
                classes()
                        .that()
                        .resideInAPackage(runtime)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(runtime, "java..")
                        .as("runtime depends on the JDK alone"),
                noClasses()
                        .that()
                        .resideInAPackage(runtime)
                        .should()
                        .callMethodWhere(target(nameMatching(OPERATORS))
                                .and(target(owner(belongToAnyOf(Math.class, StrictMath.class)))))
                        .as("runtime computes no operator: every multiply of a model stands in its generated source"));
    }

    private static List<ArchRule> shape(String root) {
        return List.of(
                slices().matching(root + ".(**)").should().beFreeOfCycles().as("packages are free of cycles"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Impl|Manager|Helper|Utils?)(\\$.*)?")
                        .as("classes are named after what they are, not Impl, Manager, Helper or Util"));
    }
}
