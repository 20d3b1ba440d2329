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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Sequential model in the making, whose weights are 1, 2, 3... times a small number. */
final class KerasModel {
    private final List<String> layers = new ArrayList<>();
    private final Map<String, List<float[]>> weights = new LinkedHashMap<>();
    private final Map<String, List<int[]>> shapes = new LinkedHashMap<>();

    KerasModel(int... input) {
        String dims = Arrays.toString(input).replace("[", "").replace("]", "");
        layers.add(layer("InputLayer", "x", "\"batch_shape\": [null, " + dims + "]"));
    }

    private static String layer(String type, String name, String config) {
        return "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"" + name + "\""
                + (config.isEmpty() ? "" : ", " + config.replace('\'', '"')) + "}}";
    }

    /** Adds a layer with its weights of these shapes. */
    KerasModel layer(String type, String config, int[]... stored) {
        String name = "l" + layers.size();
        layers.add(layer(type, name, config));
        if (stored.length == 0) {
            return this;
        }
        shapes.put(name, List.of(stored));
        weights.put(name, new ArrayList<>());
        for (int[] shape : stored) {
            float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = weight(i);
            }
            weights.get(name).add(values);
        }
        return this;
    }

    /** Element i of every weight. */
    static float weight(int i) {
        return (i * 7 % 11 - 4) / 8f;
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

    /** Writes the archive. */
    Path write(Path folder) throws IOException {
        Path hdf = folder.resolve("w.h5");
        try (WritableHdfFile out = HdfFile.write(hdf)) {
            WritableGroup all = out.putGroup("layers");
            weights.forEach((name, values) -> {
                WritableGroup vars = all.putGroup(name).putGroup("vars");
                vars.putAttribute("name", name);
                for (int i = 0; i < values.size(); i++) {
                    vars.putDataset(
                            String.valueOf(i),
                            nested(values.get(i), shapes.get(name).get(i)));
                }
            });
        }
        Path file = folder.resolve("m.keras");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            String config = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
                    + String.join(", ", layers) + "]}}";
            zip.write(config.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(Files.readAllBytes(hdf));
        }
        return file;
    }
}
