package org.deepliftc.compiler.importer.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.importer.keras.file.KerasFileException;
import org.deepliftc.compiler.importer.keras.file.LayerWeights;

/** Translates the layers of a model, and of models inside it. */
final class ModelTranslation {
    /** Gives an input of the outermost model, by its layer's name and configuration. */
    interface Leaves extends BiFunction<String, Config, Tensor> {}

    private static final int MOST_LAYERS = 20_000;
    private static final int MOST_DEPTH = 20;

    private final KerasProblems problems;
    private final KerasWriter writer;
    private final int version;

    ModelTranslation(KerasProblems problems, KerasWriter writer, int version) {
        this.problems = problems;
        this.writer = writer;
        this.version = version;
    }

    static boolean isModel(Config layer) {
        String type = layer.text("class_name", "");
        return type.equals("Sequential") || type.equals("Functional") || type.equals("Model");
    }

    /** The results of a model by name; empty where a layer has no translation, which {@link KerasProblems} then holds. */
    Map<String, Tensor> run(Config model, LayerWeights weights, String prefix, int depth, Leaves leaves) {
        if (depth > MOST_DEPTH) {
            throw new KerasFileException("models lie inside each other " + depth + " deep", "save the model flat");
        }
        Config config = model.at("config");
        // the oldest Sequential models are lists of layers
        List<Config> layers =
                config.isList() ? config.list() : config.at("layers").list();
        if (layers.size() > MOST_LAYERS) {
            throw new KerasFileException("the model has " + layers.size() + " layers", "split the model");
        }
        Scope scope = new Scope(weights, prefix, depth, leaves, numbered(layers));
        return model.text("class_name", "").equals("Sequential")
                ? sequential(config, layers, scope)
                : functional(config, layers, scope);
    }

    /** What is known all over one model. */
    private record Scope(LayerWeights weights, String prefix, int depth, Leaves leaves, Map<String, String> numbered) {}

    private static String name(Config layer) {
        return layer.at("config").isObject() && layer.at("config").at("name").isText()
                ? layer.at("config").at("name").text()
                : layer.at("name").text();
    }

    /** The names of layers in files that number them by class. */
    private static Map<String, String> numbered(List<Config> layers) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Config layer : layers) {
            String type = layer.text("class_name", "layer")
                    .replaceAll("\\W+", "")
                    .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                    .replaceAll("([a-z])([A-Z])", "$1_$2")
                    .toLowerCase(Locale.ROOT);
            int before = counts.merge(type, 1, Integer::sum) - 1;
            names.put(name(layer), before == 0 ? type : type + "_" + before);
        }
        return names;
    }

    // ---- chains -------------------------------------------------------------------------------------------------

    private Map<String, Tensor> sequential(Config config, List<Config> layers, Scope scope) {
        if (layers.isEmpty()) {
            throw new KerasFileException("the model has no layers", "save a trained model");
        }
        Optional<List<Tensor>> value = Optional.empty();
        boolean begun = false;
        String last = "";
        for (Config layer : layers) {
            last = name(layer);
            boolean isInput = layer.text("class_name", "").equals("InputLayer");
            if (!begun) {
                value = problems.at(
                        layer, scope.prefix() + name(layer), () -> List.of(beginning(config, layer, scope)));
                begun = true;
            }
            if (!isInput) {
                value = call(layer, scope, value);
            }
        }
        Map<String, Tensor> results = new LinkedHashMap<>();
        String name = last;
        value.ifPresent(all -> results.put(name, all.get(0)));
        return results;
    }

    /** The input, which old files give with the first layer or beside all of them. */
    private Tensor beginning(Config config, Config first, Scope scope) {
        Config own = first.at("config");
        if (first.text("class_name", "").equals("InputLayer")) {
            return scope.leaves().apply(name(first), own);
        }
        if (isModel(first) || !own.at("batch_input_shape").isNull() || !config.isObject()) {
            return scope.leaves().apply(name(first) + "_input", own);
        }
        return scope.leaves().apply(name(first) + "_input", config);
    }

    // ---- graphs -------------------------------------------------------------------------------------------------

    /** One use of a layer. */
    private record Use(Config layer, int call, List<ModelValue> reads) {}

    private Map<String, Tensor> functional(Config config, List<Config> layers, Scope scope) {
        Map<ModelValue, Tensor> values = new HashMap<>();
        Set<String> failed = new HashSet<>();
        Map<String, Config> inputs = new HashMap<>();
        Deque<Use> open = new ArrayDeque<>();
        for (Config layer : layers) {
            if (layer.text("class_name", "").equals("InputLayer")) {
                inputs.put(name(layer), layer);
            } else {
                uses(layer, scope, failed).forEach(open::add);
            }
        }
        for (ModelValue input : ModelValue.all(config.at("input_layers"))) {
            Config layer = inputs.remove(input.layer());
            if (layer != null) {
                problems.at(
                                layer,
                                scope.prefix() + input.layer(),
                                () -> List.of(scope.leaves().apply(input.layer(), layer.at("config"))))
                        .ifPresentOrElse(all -> values.put(input, all.get(0)), () -> failed.add(input.layer()));
            }
        }
        int waiting = 0;
        while (!open.isEmpty()) {
            Use use = open.poll();
            if (use.reads().stream().anyMatch(read -> failed.contains(read.layer()))) {
                failed.add(name(use.layer()));
                waiting = 0;
                problems.check(use.layer(), scope.prefix() + name(use.layer()));
            } else if (values.keySet().containsAll(use.reads())) {
                waiting = 0;
                run(use, scope, values, failed);
            } else {
                open.add(use);
                if (++waiting > open.size()) {
                    throw new KerasFileException(
                            "layer '" + name(use.layer()) + "' reads values that no layer makes, or its own",
                            "save the model again with Keras");
                }
            }
        }
        return results(config, values, failed);
    }

    private List<Use> uses(Config layer, Scope scope, Set<String> failed) {
        List<Use> uses = new ArrayList<>();
        Optional<List<Use>> found = problems.at(layer, scope.prefix() + name(layer), () -> {
            List<Use> all = new ArrayList<>();
            if (!layer.at("inbound_nodes").isNull()) {
                for (Config inbound : layer.at("inbound_nodes").list()) {
                    all.add(new Use(layer, all.size(), ModelValue.read(inbound)));
                }
            }
            return all;
        });
        found.ifPresentOrElse(uses::addAll, () -> failed.add(name(layer)));
        return uses;
    }

    private void run(Use use, Scope scope, Map<ModelValue, Tensor> values, Set<String> failed) {
        List<Tensor> read = use.reads().stream().map(values::get).toList();
        String name = name(use.layer());
        call(use.layer(), scope, Optional.of(read))
                .ifPresentOrElse(
                        all -> {
                            for (int i = 0; i < all.size(); i++) {
                                values.put(new ModelValue(name, use.call(), i), all.get(i));
                            }
                        },
                        () -> failed.add(name));
    }

    private static Map<String, Tensor> results(Config config, Map<ModelValue, Tensor> values, Set<String> failed) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        List<ModelValue> outputs = ModelValue.all(config.at("output_layers"));
        if (outputs.isEmpty()) {
            throw new KerasFileException("the model names no outputs", "save the model again with Keras");
        }
        for (ModelValue output : outputs) {
            Tensor value = values.get(output);
            if (value != null) {
                String name = output.layer();
                for (int i = 1; results.containsKey(name); i++) {
                    name = output.layer() + "_" + i;
                }
                results.put(name, value);
            } else if (!failed.contains(output.layer())) {
                throw new KerasFileException(
                        "no layer makes the output '" + output.layer() + "'", "save the model again with Keras");
            }
        }
        return results;
    }

    // ---- layers -------------------------------------------------------------------------------------------------

    private Optional<List<Tensor>> call(Config layer, Scope scope, Optional<List<Tensor>> inputs) {
        String name = scope.prefix() + name(layer);
        if (!problems.check(layer, name) || inputs.isEmpty()) {
            if (isModel(layer)) {
                checkInside(layer, scope.prefix() + name(layer) + "/");
            }
            return Optional.empty();
        }
        if (isModel(layer)) {
            return inside(layer, scope, inputs.get());
        }
        return problems.at(layer, name, () -> {
            LayerCall call = new LayerCall(
                    name,
                    layer.at("config"),
                    version,
                    inputs.get(),
                    scope.weights().of(name(layer), scope.numbered().getOrDefault(name(layer), "")),
                    writer);
            return List.of(Layers.find(layer.at("class_name").text())
                    .orElseThrow()
                    .translation()
                    .apply(call));
        });
    }

    /** Reports what has no translation in a model that cannot be reached. */
    private void checkInside(Config model, String prefix) {
        Config config = model.at("config");
        for (Config layer :
                config.isList() ? config.list() : config.at("layers").list()) {
            problems.check(layer, prefix + name(layer));
        }
    }

    private Optional<List<Tensor>> inside(Config model, Scope scope, List<Tensor> inputs) {
        String name = name(model);
        Optional<LayerWeights> weights =
                scope.weights().inside(name, scope.numbered().getOrDefault(name, ""));
        if (weights.isEmpty()) {
            problems.add(
                    model,
                    scope.prefix() + name,
                    KerasFailure.of(
                            "is a model inside a model, whose weights this file does not keep apart",
                            "load the model in Keras and save it as .keras"));
            checkInside(model, scope.prefix() + name + "/");
            return Optional.empty();
        }
        Deque<Tensor> given = new ArrayDeque<>(inputs);
        Leaves leaves = (input, config) -> {
            if (given.isEmpty()) {
                throw KerasFailure.of("is given no value", "save the model again with Keras");
            }
            return given.poll();
        };
        int before = problems.count();
        Map<String, Tensor> results = run(model, weights.get(), scope.prefix() + name + "/", scope.depth() + 1, leaves);
        return problems.count() > before || results.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(results.values()));
    }
}
