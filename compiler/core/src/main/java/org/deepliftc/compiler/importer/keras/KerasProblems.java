package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.importer.ImportProblem;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.importer.keras.file.KerasFileException;

/** Everything in a file that has no translation. */
final class KerasProblems {
    private static final int MOST_PLACES = 8;

    private final String file;
    private final Map<String, Set<String>> unknown = new TreeMap<>();
    private final Map<String, Diagnostic> others = new LinkedHashMap<>();

    KerasProblems(String file) {
        this.file = file;
    }

    /** Notes the layer where its class has no translation; true where it has one. */
    boolean check(Config layer, String name) {
        String type = layer.text("class_name", "?");
        // functions of keras.ops bear the names of layers
        boolean isFunction = layer.text("module", "").startsWith("keras.src.ops");
        boolean known = !isFunction
                && (ModelTranslation.isModel(layer)
                        || type.equals("InputLayer")
                        || Layers.find(type).isPresent());
        if (!known) {
            unknown.computeIfAbsent(isFunction ? "keras.ops." + type : type, t -> new LinkedHashSet<>())
                    .add(name);
        }
        return known;
    }

    /** Does a step about a layer; nothing where it has no translation. */
    <T> Optional<T> at(Config layer, String name, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (KerasFailure e) {
            add(layer, name, e);
        } catch (KerasFileException e) {
            add(layer, name, KerasFailure.of("cannot be read: " + e.getMessage(), e.remedy()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            add(
                    layer,
                    name,
                    KerasFailure.of("has extents that make no sense: " + e.getMessage(), "save the model again"));
        }
        return Optional.empty();
    }

    void add(Config layer, String name, KerasFailure failure) {
        String message = layer.text("class_name", "?") + " '" + name + "' " + failure.getMessage();
        others.putIfAbsent(message, failure.problem().in(file, message, failure.hint()));
    }

    int count() {
        return unknown.size() + others.size();
    }

    /** All of them; the list of what is supported comes once. */
    List<Diagnostic> all() {
        List<Diagnostic> all = new ArrayList<>();
        int left = unknown.size();
        for (Map.Entry<String, Set<String>> entry : unknown.entrySet()) {
            String where = entry.getValue().stream()
                    .limit(MOST_PLACES)
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));
            int more = entry.getValue().size() - MOST_PLACES;
            String message = "layer " + entry.getKey() + " is not supported, at " + where
                    + (more > 0 ? " and " + more + " more" : "");
            String hint = --left == 0
                    ? "supported are " + String.join(", ", Layers.table().keySet())
                    : "replace it by layers that are supported";
            all.add(ImportProblem.IMPORT003.in(file, message, hint));
        }
        all.addAll(others.values());
        return all;
    }
}
