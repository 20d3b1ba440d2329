package org.deepliftc.compiler.importer.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A model in the making, one layer behind the other, whose weights are small numbers. */
final class KerasModel {
    /** A layer and those it reads. */
    private record Layer(String type, String name, String config, List<String> reads) {}

    /** An array of a layer: the group it lies in, and its number there. */
    private record Stored(String group, int number, int[] shape, float[] values) {}

    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, List<Stored>> weights = new LinkedHashMap<>();
    private final Map<String, KerasModel> inner = new LinkedHashMap<>();

    KerasModel(int... input) {
        String dims = Arrays.toString(input).replace("[", "").replace("]", "");
        layers.add(new Layer("InputLayer", "x", "\"batch_shape\": [null, " + dims + "]", List.of()));
    }

    private String next() {
        return "l" + layers.size();
    }

    private KerasModel add(String type, String config, String... reads) {
        layers.add(new Layer(type, next(), config.replace('\'', '"'), List.of(reads)));
        return this;
    }

    private String last() {
        return layers.get(layers.size() - 1).name;
    }

    /** Adds a layer that reads the one before, with its weights of these shapes: {@link #weight(int)} of each element. */
    KerasModel layer(String type, String config, int[]... stored) {
        add(type, config, last());
        for (int k = 0; k < stored.length; k++) {
            store("", k, stored[k], 0);
        }
        return this;
    }

    /** Adds weights to the last layer, in a part of it; array k of all has {@link #weight(int, int)}. */
    KerasModel with(String part, int[]... stored) {
        int before = weights.getOrDefault(last(), List.of()).size();
        for (int k = 0; k < stored.length; k++) {
            store(part, k, stored[k], before + k);
        }
        return this;
    }

    /** Adds a layer that reads several, by name: x, l1, l2... */
    KerasModel merge(String type, String config, String... reads) {
        return add(type, config, reads);
    }

    /** Adds a model as a layer. */
    KerasModel nested(KerasModel model) {
        inner.put(next(), model);
        return add("Sequential", "", last());
    }

    private void store(String part, int number, int[] shape, int array) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = weight(array, i);
        }
        weights.computeIfAbsent(last(), name -> new ArrayList<>()).add(new Stored(part, number, shape, values));
    }

    /** Element i of every weight. */
    static float weight(int i) {
        return (i * 7 % 11 - 4) / 8f;
    }

    /** Element i of array k of a layer. */
    static float weight(int k, int i) {
        return weight(i + 5 * k);
    }

    private static Object nested(float[] values, int[] shape) {
        Object array = Array.newInstance(float.class, shape);
        fill(array, values, 0);
        return array;
    }

    private static int fill(Object array, float[] values, int from) {
        int next = from;
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array instanceof float[] row) {
                row[i] = values[next++];
            } else {
                next = fill(Array.get(array, i), values, next);
            }
        }
        return next;
    }

    private void write(WritableGroup model) {
        WritableGroup all = model.putGroup("layers");
        for (Layer layer : layers) {
            if (!weights.containsKey(layer.name) && !inner.containsKey(layer.name)) {
                continue;
            }
            Map<String, WritableGroup> groups = new LinkedHashMap<>();
            WritableGroup own = all.putGroup(layer.name);
            groups.put("", own);
            WritableGroup named = own.putGroup("vars");
            named.putAttribute("name", layer.name);
            for (Stored stored : weights.getOrDefault(layer.name, List.of())) {
                WritableGroup vars = stored.group.isEmpty() ? named : vars(groups, stored.group);
                vars.putDataset(String.valueOf(stored.number), nested(stored.values, stored.shape));
            }
            if (inner.containsKey(layer.name)) {
                inner.get(layer.name).write(own);
            }
        }
    }

    /** The group of variables of a part, {@code forward_layer/cell}. */
    private static WritableGroup vars(Map<String, WritableGroup> groups, String path) {
        String known = path + "/vars";
        if (!groups.containsKey(known)) {
            groups.put(known, group(groups, path).putGroup("vars"));
        }
        return groups.get(known);
    }

    private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
        if (!groups.containsKey(path)) {
            int slash = path.lastIndexOf('/');
            WritableGroup outer = group(groups, slash < 0 ? "" : path.substring(0, slash));
            groups.put(path, outer.putGroup(path.substring(slash + 1)));
        }
        return groups.get(path);
    }

    private String config(String name) {
        boolean isChain = layers.stream().allMatch(layer -> layer.reads.size() < 2);
        String all = layers.stream().map(layer -> text(layer, isChain)).collect(Collectors.joining(", "));
        String config = "\"name\": \"" + name + "\", \"layers\": [" + all + "]";
        return isChain
                ? "{\"class_name\": \"Sequential\", \"config\": {" + config + "}}"
                : "{\"class_name\": \"Functional\", \"config\": {" + config + ", \"input_layers\": [[\"x\", 0, 0]],"
                        + " \"output_layers\": [[\"" + last() + "\", 0, 0]]}}";
    }

    private String text(Layer layer, boolean isChain) {
        if (inner.containsKey(layer.name)) {
            return inner.get(layer.name).config(layer.name);
        }
        String config = "{\"name\": \"" + layer.name + "\"" + (layer.config.isEmpty() ? "" : ", " + layer.config) + "}";
        String reads = layer.reads.stream()
                .map(name -> "[\"" + name + "\", 0, 0, {}]")
                .collect(Collectors.joining(
                        ", ", layer.reads.isEmpty() ? "[" : "[[", layer.reads.isEmpty() ? "]" : "]]"));
        return "{\"class_name\": \"" + layer.type + "\", \"config\": " + config
                + (isChain ? "" : ", \"name\": \"" + layer.name + "\", \"inbound_nodes\": " + reads) + "}";
    }

    /** Writes the archive. */
    Path write(Path folder) throws IOException {
        Path hdf = folder.resolve("w.h5");
        try (WritableHdfFile out = HdfFile.write(hdf)) {
            write(out);
        }
        Path file = folder.resolve("m.keras");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config("m").getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(Files.readAllBytes(hdf));
        }
        return file;
    }
}
