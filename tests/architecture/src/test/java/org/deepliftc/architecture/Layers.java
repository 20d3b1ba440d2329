package org.deepliftc.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which package may use which other: the pipeline's stages, each seeing only what comes before it. */
final class Layers {
    /** Each package below the root with all others it may use; its own subpackages go without saying. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("grammar", List.of()),
            Map.entry("runtime", List.of()),
            Map.entry("data", List.of("runtime")),
            Map.entry("pictures", List.of()),
            Map.entry("compiler.diagnostic", List.of()),
            Map.entry("compiler.explain", List.of("compiler.diagnostic")),
            Map.entry("compiler.graph", List.of("compiler.diagnostic", "compiler.explain")),
            Map.entry("compiler.layer", graphAnd()),
            Map.entry("compiler.syntax", List.of("grammar", "compiler.diagnostic", "compiler.explain")),
            Map.entry("compiler.check", graphAnd("compiler.layer", "compiler.syntax", "data")),
            Map.entry("compiler.importer", graphAnd("compiler.interpret", "compiler.layer", "data")),
            Map.entry("compiler.print", graphAnd("compiler.check", "compiler.layer", "data")),
            Map.entry("compiler.interpret", graphAnd()),
            Map.entry("compiler.rule", graphAnd("compiler.interpret")),
            Map.entry("compiler.optimize", graphAnd("compiler.interpret")),
            Map.entry("compiler.stage", graphAnd()),
            Map.entry("compiler.loop", graphAnd()),
            Map.entry("compiler.schedule", graphAnd("compiler.stage", "compiler.loop", "runtime")),
            Map.entry("compiler.lower", graphAnd("compiler.stage", "compiler.loop", "compiler.schedule", "runtime")),
            Map.entry("compiler.emit", graphAnd("compiler.loop", "compiler.schedule", "runtime")),
            Map.entry("compiler.jit", List.of("compiler.diagnostic", "compiler.emit", "runtime")),
            Map.entry("compiler.driver", List.of("compiler", "grammar", "data", "runtime")),
            Map.entry(
                    "cli",
                    graphAnd(
                            "compiler.driver",
                            "compiler.check",
                            "compiler.importer",
                            "compiler.print",
                            "compiler.jit",
                            "compiler.schedule",
                            "data",
                            "pictures",
                            "runtime")),
            Map.entry(
                    "maven",
                    graphAnd(
                            "compiler.driver",
                            "compiler.check",
                            "compiler.importer",
                            "compiler.schedule",
                            "data",
                            "runtime")),
            Map.entry("opencl", List.of("runtime")),
            Map.entry("spark", List.of("data", "runtime"))));

    private Layers() {}

    /** One rule per package, and one that no package is missing from the table. */
    static List<ArchRule> rules(String root) {
        List<ArchRule> rules = new ArrayList<>();
        MAY_USE.forEach((layer, others) -> rules.add(layerRule(root, layer, others)));
        rules.add(classes()
                .should()
                .resideInAnyPackage(packages(root, MAY_USE.keySet().stream()))
                .as("every package has its place in the table of layers"));
        return rules;
    }

    private static ArchRule layerRule(String root, String layer, List<String> others) {
        String[] allowed = packages(root, Stream.concat(Stream.of(layer), others.stream()));
        String uses = others.isEmpty() ? "nothing else of ours" : "of ours only " + String.join(", ", others);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + layer + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))))
                .as(layer + " uses " + uses);
    }

    private static String[] packages(String root, Stream<String> layers) {
        return layers.map(layer -> root + "." + layer + "..").toArray(String[]::new);
    }

    private static List<String> graphAnd(String... others) {
        return Stream.concat(Stream.of("compiler.diagnostic", "compiler.explain", "compiler.graph"), Stream.of(others))
                .toList();
    }
}
