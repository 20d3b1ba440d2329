package org.deepliftc.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;

/**
 * A case folder.
 *
 * @param model the file the model is read from
 * @param inputs the names of the model's inputs, in order
 * @param keys all sets of expected contributions, replayed or not
 * @param arrays everything in {@code inputs.npz} and {@code expected.npz}, by name
 */
record ConformanceCase(
        String name,
        Path folder,
        Path model,
        List<String> inputs,
        int examples,
        List<MethodKey> keys,
        Map<String, DataArray> arrays) {

    /** The cases whose model is written in the language, by name. */
    static List<ConformanceCase> all() {
        return in("/cases", ".dlift");
    }

    /** The same cases from their ONNX files, and those that have nothing else. */
    static List<ConformanceCase> imported() {
        List<ConformanceCase> cases = new ArrayList<>(in("/cases", ".onnx"));
        cases.addAll(in("/imported-cases", ".onnx"));
        return cases;
    }

    private static List<ConformanceCase> in(String resources, String extension) {
        try (Stream<Path> folders =
                Files.list(Path.of(Objects.requireNonNull(ConformanceCase.class.getResource(resources))
                        .toURI()))) {
            List<ConformanceCase> cases = new ArrayList<>();
            for (Path folder : folders.sorted().toList()) {
                cases.add(read(folder, extension));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConformanceCase read(Path folder, String extension) throws IOException {
        Map<String, Object> json = JsonTree.readObject(folder.resolve("case.json"));
        Map<String, Object> tolerances = object(object(json, "tolerance"), "per_method");
        List<MethodKey> keys = new ArrayList<>();
        for (String key : object(json, "methods").keySet()) {
            Map<String, Object> settings = new HashMap<>(object(json, "target"));
            settings.putAll(object(json, "common_options"));
            settings.putAll(object(object(json, "methods"), key));
            keys.add(MethodKey.of(key, settings, (Double) tolerances.get(key)));
        }
        Map<String, DataArray> arrays = new TreeMap<>(Npz.readAll(folder.resolve("inputs.npz")));
        arrays.putAll(Npz.readAll(folder.resolve("expected.npz")));
        int examples = ((Double) json.get("examples")).intValue();
        List<String> inputs = List.copyOf(object(json, "inputs").keySet());
        String name = (String) json.get("name");
        Path model = folder.resolve((extension.equals(".onnx") ? "model" : name) + extension);
        return new ConformanceCase(name, folder, model, inputs, examples, keys, arrays);
    }

    @SuppressWarnings("unchecked") // objects of JSON are read as such maps
    private static Map<String, Object> object(Map<String, Object> json, String key) {
        return (Map<String, Object>) json.get(key);
    }

    /** All examples of an input. */
    double[] actual(String input) {
        return arrays.get("x." + input).toDoubles();
    }

    /** The reference of each example. */
    double[] reference(String input) {
        return arrays.get("reference." + input).toDoubles();
    }

    /** The expected contributions of all examples. */
    double[] expected(MethodKey key, String input) {
        return arrays.get(inputs.size() == 1 ? key.name() : key.name() + "." + input)
                .toDoubles();
    }
}
