package org.deepliftc.compiler.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Safetensors;

/** Networks large enough that tiles, panels, tables and borders all occur, with seeded weights. */
public enum Networks {
    SEQUENCE("""
            model Sequence {
              input dna: float[4, 61] onehot(axis = 0)
              weights "weights.safetensors"
              motifs = relu(conv1d(dna, filters = 20, width = 7, padding = same, weights = "motifs"))
              sites = maxpool1d(motifs, width = 19, stride = 19)
              hidden = relu(dense(flatten(sites), units = 40, weights = "hidden"))
              output score = dense(hidden, units = 3, weights = "score")
              explain score { target 1 }
            }
            """, Map.of("motifs", new int[] {20, 4, 7}, "hidden", new int[] {40, 60}, "score", new int[] {3, 40})),
    IMAGE(
            """
            model Image {
              input image: float[3, 17, 13]
              weights "weights.safetensors"
              a = maxpool2d(relu(conv2d(image, filters = 24, size = 3, padding = 1, weights = "a")), size = 2)
              b = relu(conv2d(a, filters = 40, size = 3, weights = "b"))
              hidden = relu(dense(flatten(b), units = 33, weights = "hidden"))
              output classes = softmax(dense(hidden, units = 10, weights = "classes"))
              explain classes { target 2 }
            }
            """,
            Map.of(
                    "a", new int[] {24, 3, 3, 3},
                    "b", new int[] {40, 24, 3, 3},
                    "hidden", new int[] {33, 40 * 6 * 4},
                    "classes", new int[] {10, 33})),
    RESIDUAL(
            """
            function dilated(x, i) {
              return x + relu(conv1d(x, filters = 64, width = 3, dilation = 2 ^ i, padding = same, weights = "d" + i))
            }
            model Residual {
              input dna: float[4, 90] onehot(axis = 0, normalise = false)
              weights "weights.safetensors"
              x = relu(conv1d(dna, filters = 64, width = 9, padding = same, weights = "first"))
              for i in 1..3 { x = dilated(x, i) }
              output count = dense(mean(x, axis = 1), units = 1, weights = "count")
              explain count { target 0 }
            }
            """,
            Map.of(
                    "first", new int[] {64, 4, 9},
                    "d1", new int[] {64, 64, 3},
                    "d2", new int[] {64, 64, 3},
                    "d3", new int[] {64, 64, 3},
                    "count", new int[] {1, 64})),
    DEEP(
            """
            model Deep {
              input image: float[3, 22, 19]
              weights "weights.safetensors"
              a = relu(conv2d(image, filters = 32, size = 3, padding = 1, weights = "a"))
              b = relu(conv2d(a, filters = 64, size = 3, padding = 1, weights = "b"))
              c = maxpool2d(relu(conv2d(b, filters = 64, size = 3, padding = 1, weights = "c")), size = 2)
              d = relu(conv2d(c, filters = 32, size = 3, padding = 1, weights = "d"))
              output classes = dense(flatten(d), units = 4, weights = "classes")
              explain classes { target 3 }
            }
            """,
            Map.of(
                    "a", new int[] {32, 3, 3, 3},
                    "b", new int[] {64, 32, 3, 3},
                    "c", new int[] {64, 64, 3, 3},
                    "d", new int[] {32, 64, 3, 3},
                    "classes", new int[] {4, 32 * 11 * 9})),
    TABLE("""
            model Table {
              input x: float[70]
              weights "weights.safetensors"
              a = sigmoid(dense(x, units = 130, weights = "a"))
              b = tanh(dense(a, units = 50, weights = "b"))
              output y = dense(b, units = 5, weights = "y")
              explain y { target 4 }
            }
            """, Map.of("a", new int[] {130, 70}, "b", new int[] {50, 130}, "y", new int[] {5, 50})),
    RECURRENT(
            """
            model Recurrent {
              input x: float[11, 19]
              weights "weights.safetensors"
              both = concat(
                lstm(x, weight = "forward.weight", recurrent = "forward.recurrent.weight", sequences = true),
                gru(x, weight = "back.weight", recurrent = "back.recurrent.weight", direction = reverse, sequences = true),
                axis = -1)
              last = lstm(both, weight = "last.weight", recurrent = "last.recurrent.weight", bias = "last.bias")
              output y = dense(last, units = 3, weights = "y")
              explain y { target 1 }
            }
            """,
            Map.of(
                    "forward", new int[] {4 * 37, 19},
                    "forward.recurrent", new int[] {4 * 37, 37},
                    "back", new int[] {3 * 40, 19},
                    "back.recurrent", new int[] {3 * 40, 40},
                    "last", new int[] {4 * 33, 77},
                    "last.recurrent", new int[] {4 * 33, 33},
                    "y", new int[] {3, 33})),
    ATTENTION(
            """
            model Attention {
              input x: float[67, 19]
              weights "weights.safetensors"
              query = dense(x, units = 24, weights = "query")
              key = dense(x, units = 24, weights = "key")
              value = dense(x, units = 24, weights = "value")
              mixed = attention(query, key, value)
              hidden = gelu(dense(mixed, units = 37, weights = "hidden"))
              share = softmax(dense(hidden, units = 24, weights = "share"), axis = 0)
              output y = dense(mean(mixed * share, axis = 0), units = 3, weights = "y")
              explain y { target 1 }
            }
            """,
            Map.of(
                    "query", new int[] {24, 19},
                    "key", new int[] {24, 19},
                    "value", new int[] {24, 19},
                    "hidden", new int[] {37, 24},
                    "share", new int[] {24, 37},
                    "y", new int[] {3, 24}));

    private final String text;
    private final Map<String, int[]> layers;

    Networks(String text, Map<String, int[]> layers) {
        this.text = text;
        this.layers = layers;
    }

    /** The model, written to a folder with its weights. */
    public Model in(Path folder) {
        try {
            Map<String, DataArray> tensors = new LinkedHashMap<>();
            layers.forEach((name, shape) -> addLayer(name, shape, tensors));
            Safetensors.write(folder.resolve("weights.safetensors"), tensors, Map.of());
            Path file = folder.resolve("model.dlift");
            Files.writeString(file, text);
            return Compiler.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addLayer(String name, int[] shape, Map<String, DataArray> tensors) {
        Random random = new Random(name.hashCode());
        int fanIn = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            fanIn *= shape[axis];
        }
        tensors.put(name + ".weight", DataArray.of(normal(random, shape[0] * fanIn, Math.sqrt(2.0 / fanIn)), shape));
        tensors.put(name + ".bias", DataArray.of(normal(random, shape[0], 0.1)));
    }

    private static float[] normal(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    boolean isSequence() {
        return this == SEQUENCE || this == RESIDUAL;
    }

    /** Rows of input: for sequences one-hot, some with unknown bases, some with probabilities instead of ones. */
    public float[] rows(int count, int size, long seed) {
        Random random = new Random(seed);
        if (!isSequence()) {
            return normal(random, count * size, 1);
        }
        float[] values = new float[count * size];
        int length = size / 4;
        for (int row = 0; row < count; row++) {
            for (int p = 0; p < length; p++) {
                boolean unknown = row % 5 == 3 && p % 7 == 0;
                boolean soft = row % 7 == 5 && p % 11 == 0;
                int base = random.nextInt(4);
                if (soft) {
                    values[row * size + base * length + p] = 0.75f;
                    values[row * size + (base + 1) % 4 * length + p] = 0.25f;
                } else if (!unknown) {
                    values[row * size + base * length + p] = 1;
                }
            }
        }
        return values;
    }
}
