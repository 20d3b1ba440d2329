package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deepliftc.compiler.importer.keras.KerasModel.weight;
import static org.deepliftc.compiler.importer.keras.KerasRun.x;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More layers against plain loops over arrays in Keras's order of axes, and read back from their text. */
class KerasOtherLayersTest {
    @TempDir
    Path folder;

    private double[] run(KerasModel keras) throws IOException {
        return KerasRun.run(folder, keras);
    }

    private static void assertClose(double[] got, double... expected) {
        assertThat(got).containsExactly(expected, within(1e-6));
    }

    @Test
    void embeddingsAreRows() throws IOException {
        KerasModel model = new KerasModel(4).layer("Embedding", "'input_dim': 5, 'output_dim': 3", new int[] {5, 3});
        double[] expected = new double[12];
        int[] words = {4, 0, 2, 2};
        for (int i = 0; i < 12; i++) {
            expected[i] = weight(words[i / 3] * 3 + i % 3);
        }
        assertClose(KerasRun.run(folder, model, 4, 0, 2, 2), expected);
    }

    @Test
    void modelsInsideModelsAreTheirLayers() throws IOException {
        KerasModel inner =
                new KerasModel(3).layer("Dense", "'units': 2, 'activation': 'tanh'", new int[] {3, 2}, new int[] {2});
        double[] got = run(new KerasModel(2)
                .layer("Dense", "'units': 3", new int[] {2, 3}, new int[] {3})
                .nested(inner)
                .layer("Dense", "'units': 1, 'use_bias': false", new int[] {2, 1}));

        double sum = 0;
        for (int o = 0; o < 2; o++) {
            double before = weight(o);
            for (int k = 0; k < 3; k++) {
                before += (x(0) * weight(k) + x(1) * weight(3 + k) + weight(k)) * weight(k * 2 + o);
            }
            sum += Math.tanh(before) * weight(o);
        }
        assertClose(got, sum);
    }

    @Test
    void distributedLayersSeeOnePosition() throws IOException {
        String layer = "'layer': {'class_name': 'Dense', 'config': {'name': 'd', 'units': 2, 'activation': 'relu'}}";
        double[] got = run(
                new KerasModel(3, 2).layer("TimeDistributed", layer).with("layer", new int[] {2, 2}, new int[] {2}));

        double[] expected = new double[6];
        for (int i = 0; i < 6; i++) {
            int p = i / 2;
            int o = i % 2;
            expected[i] = Math.max(0, x(2 * p) * weight(0, o) + x(2 * p + 1) * weight(0, 2 + o) + weight(1, o));
        }
        assertClose(got, expected);
    }

    /** Any rank as three axes of space, the missing ones of extent 1. */
    private record Space(int[] in, int[] kernel, int[] stride, int[] before, int[] out) {
        static Space of(int rank, int extent, int size, int step, boolean same) {
            int[] in = {1, 1, 1};
            int[] kernel = {1, 1, 1};
            int[] stride = {1, 1, 1};
            int[] before = {0, 0, 0};
            int[] out = {1, 1, 1};
            for (int axis = 3 - rank; axis < 3; axis++) {
                in[axis] = extent + axis;
                kernel[axis] = size;
                stride[axis] = step;
                out[axis] = same ? (in[axis] + step - 1) / step : (in[axis] - size) / step + 1;
                // TensorFlow's "same": the odd position lies behind
                before[axis] = same ? Math.max(0, (out[axis] - 1) * step + size - in[axis]) / 2 : 0;
            }
            return new Space(in, kernel, stride, before, out);
        }

        int[] input(int rank, int channels) {
            return IntStream.concat(IntStream.range(3 - rank, 3).map(a -> in[a]), IntStream.of(channels))
                    .toArray();
        }

        int size(int[] extents) {
            return extents[0] * extents[1] * extents[2];
        }

        /** The flat position read by tap {@code k} of output {@code p}; -1 in the padding. */
        int read(int p, int k) {
            int[] at = apart(p, out);
            int[] tap = apart(k, kernel);
            int flat = 0;
            for (int axis = 0; axis < 3; axis++) {
                int i = at[axis] * stride[axis] - before[axis] + tap[axis];
                if (i < 0 || i >= in[axis]) {
                    return -1;
                }
                flat = flat * in[axis] + i;
            }
            return flat;
        }

        private static int[] apart(int flat, int[] extents) {
            return new int[] {flat / (extents[1] * extents[2]), flat / extents[2] % extents[1], flat % extents[2]};
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "3, false", "3, true"})
    void convolutionsOfEveryRank(int rank, boolean same) throws IOException {
        Space space = Space.of(rank, 4, 3, 2, same);
        String config = "'filters': 2, 'kernel_size': 3, 'strides': 2, 'padding': '" + (same ? "same" : "valid") + "'";
        int[] kernel = IntStream.concat(IntStream.generate(() -> 3).limit(rank), IntStream.of(2, 2))
                .toArray();
        double[] got =
                run(new KerasModel(space.input(rank, 2)).layer("Conv" + rank + "D", config, kernel, new int[] {2}));

        int taps = space.size(space.kernel);
        double[] expected = new double[space.size(space.out) * 2];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = weight(i % 2);
            for (int k = 0; k < taps; k++) {
                int from = space.read(i / 2, k);
                for (int c = 0; c < 2 && from >= 0; c++) {
                    expected[i] += x(from * 2 + c) * weight((k * 2 + c) * 2 + i % 2);
                }
            }
        }
        assertClose(got, expected);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "3, false", "3, true"})
    void poolsOfEveryRank(int rank, boolean same) throws IOException {
        Space space = Space.of(rank, 3, 2, 2, same);
        String config = "'pool_size': 2, 'strides': 2, 'padding': '" + (same ? "same" : "valid") + "'";
        int[] input = space.input(rank, 2);
        double[] largest = run(new KerasModel(input).layer("MaxPooling" + rank + "D", config));
        double[] mean = run(new KerasModel(input).layer("AveragePooling" + rank + "D", config));

        for (int i = 0; i < largest.length; i++) {
            int channel = i % 2;
            int position = i / 2;
            double[] values = IntStream.range(0, space.size(space.kernel))
                    .map(k -> space.read(position, k))
                    .filter(from -> from >= 0)
                    .mapToDouble(from -> x(from * 2 + channel))
                    .toArray();
            assertThat(largest[i])
                    .isCloseTo(java.util.Arrays.stream(values).max().orElseThrow(), within(1e-9));
            // padding does not count
            assertThat(mean[i])
                    .isCloseTo(java.util.Arrays.stream(values).average().orElseThrow(), within(1e-9));
        }
        assertThat(largest).hasSize(space.size(space.out) * 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void globalPoolsOfEveryRank(int rank) throws IOException {
        Space space = Space.of(rank, 2, 1, 1, false);
        int[] input = space.input(rank, 2);
        double[] largest = run(new KerasModel(input).layer("GlobalMaxPooling" + rank + "D", ""));
        double[] mean = run(new KerasModel(input).layer("GlobalAveragePooling" + rank + "D", ""));
        for (int c = 0; c < 2; c++) {
            int channel = c;
            double[] values = IntStream.range(0, space.size(space.in))
                    .mapToDouble(p -> x(p * 2 + channel))
                    .toArray();
            assertThat(largest[c])
                    .isCloseTo(java.util.Arrays.stream(values).max().orElseThrow(), within(1e-9));
            assertThat(mean[c])
                    .isCloseTo(java.util.Arrays.stream(values).average().orElseThrow(), within(1e-9));
        }
    }

    @Test
    void lineSpaceIsPaddedCroppedAndStretched() throws IOException {
        double[] got = run(new KerasModel(3, 1)
                .layer("ZeroPadding1D", "'padding': [1, 2]")
                .layer("Cropping1D", "'cropping': [1, 1]")
                .layer("UpSampling1D", "'size': 2"));
        assertClose(got, x(0), x(0), x(1), x(1), x(2), x(2), 0, 0);
    }

    @Test
    void volumesArePaddedCroppedAndStretched() throws IOException {
        double[] got = run(new KerasModel(1, 2, 2, 1)
                .layer("ZeroPadding3D", "'padding': [[1, 0], [0, 0], [0, 1]]")
                .layer("Cropping3D", "'cropping': [[0, 0], [1, 0], [0, 1]]")
                .layer("UpSampling3D", "'size': [1, 2, 1]"));
        // [2, 1, 2] before stretching: zeros, then the second line
        assertClose(got, 0, 0, 0, 0, x(2), x(3), x(2), x(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"})
    void mergingLayersWorkElementByElement(String kind) throws IOException {
        DoubleBinaryOperator merge = switch (kind) {
            case "Add" -> Double::sum;
            case "Subtract" -> (a, b) -> a - b;
            case "Multiply" -> (a, b) -> a * b;
            case "Average" -> (a, b) -> (a + b) / 2;
            case "Maximum" -> Math::max;
            default -> Math::min;
        };
        double[] got = run(
                new KerasModel(4).layer("Activation", "'activation': 'tanh'").merge(kind, "", "x", "l1"));
        assertClose(
                got,
                IntStream.range(0, 4)
                        .mapToDouble(i -> merge.applyAsDouble(x(i), Math.tanh(x(i))))
                        .toArray());
    }

    @Test
    void concatenationsJoinAlongAnAxis() throws IOException {
        double[] got = run(new KerasModel(2, 2)
                .layer("Activation", "'activation': 'relu'")
                .merge("Concatenate", "'axis': 1", "x", "l1"));
        assertClose(
                got,
                x(0),
                x(1),
                x(2),
                x(3),
                Math.max(0, x(0)),
                Math.max(0, x(1)),
                Math.max(0, x(2)),
                Math.max(0, x(3)));
    }

    /** Layers and functions of one value, by their definitions. */
    @Test
    void activationsAreTheirFormulas() throws IOException {
        check("ReLU", "", v -> Math.max(0, v));
        check("ReLU", "'max_value': 0.5", v -> Math.min(Math.max(0, v), 0.5));
        check("ReLU", "'negative_slope': 0.25", v -> v > 0 ? v : v / 4);
        check("LeakyReLU", "'negative_slope': 0.125", v -> v > 0 ? v : v / 8);
        check("ELU", "'alpha': 0.5", v -> v > 0 ? v : 0.5 * Math.expm1(v));
        for (String function : List.of("relu6", "softplus", "softsign", "exponential", "silu", "mish", "gelu")) {
            check("Activation", "'activation': '" + function + "'", formula(function));
        }
        check("Activation", "'activation': 'hard_sigmoid'", v -> Math.min(Math.max(v / 6 + 0.5, 0), 1), 1e-6);
        check("Activation", "'activation': 'hard_silu'", v -> v * Math.min(Math.max(v / 6 + 0.5, 0), 1), 1e-6);
    }

    private static DoubleUnaryOperator formula(String function) {
        return switch (function) {
            case "relu6" -> v -> Math.min(Math.max(v, 0), 6);
            case "softplus" -> v -> Math.log(1 + Math.exp(v));
            case "softsign" -> v -> v / (1 + Math.abs(v));
            case "exponential" -> Math::exp;
            case "silu" -> v -> v / (1 + Math.exp(-v));
            case "mish" -> v -> v * Math.tanh(Math.log(1 + Math.exp(v)));
            default -> v -> v * (0.5 + integral(v));
        };
    }

    /** The standard normal's density from 0 to v, by the midpoint rule. */
    private static double integral(double v) {
        int steps = 4000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double t = v * (i + 0.5) / steps;
            sum += Math.exp(-t * t / 2);
        }
        return sum * v / steps / Math.sqrt(2 * Math.PI);
    }

    private void check(String type, String config, DoubleUnaryOperator formula) throws IOException {
        check(type, config, formula, 1e-6);
    }

    private void check(String type, String config, DoubleUnaryOperator formula, double tolerance) throws IOException {
        double[] got = run(new KerasModel(6).layer(type, config));
        for (int i = 0; i < 6; i++) {
            assertThat(got[i]).as(type + " " + config).isCloseTo(formula.applyAsDouble(x(i)), within(tolerance));
        }
    }

    @Test
    void softmaxAndItsLogarithm() throws IOException {
        double[] soft = run(new KerasModel(3).layer("Softmax", "'axis': -1"));
        double[] log = run(new KerasModel(3).layer("Activation", "'activation': 'log_softmax'"));
        double sum = Math.exp(x(0)) + Math.exp(x(1)) + Math.exp(x(2));
        for (int i = 0; i < 3; i++) {
            assertThat(soft[i]).isCloseTo(Math.exp(x(i)) / sum, within(1e-9));
            assertThat(log[i]).isCloseTo(x(i) - Math.log(sum), within(1e-9));
        }
    }

    @Test
    void slopesOfPreluMayBeSharedAlongAxes() throws IOException {
        double[] own = run(new KerasModel(2, 2).layer("PReLU", "", new int[] {2, 2}));
        double[] shared = run(new KerasModel(2, 2).layer("PReLU", "'shared_axes': [1]", new int[] {1, 2}));
        for (int i = 0; i < 4; i++) {
            assertThat(own[i]).isCloseTo(x(i) > 0 ? x(i) : weight(i) * x(i), within(1e-6));
            assertThat(shared[i]).isCloseTo(x(i) > 0 ? x(i) : weight(i % 2) * x(i), within(1e-6));
        }
    }

    @Test
    void normalisationsCentreAndScale() throws IOException {
        int size = 4;
        double[] layer = run(new KerasModel(2, size)
                .layer("LayerNormalization", "'axis': -1, 'epsilon': 0.01", new int[] {size}, new int[] {size}));
        double[] rms =
                run(new KerasModel(2, size).layer("RMSNormalization", "'axis': -1, 'epsilon': 0.01", new int[] {size}));
        double[] group = run(new KerasModel(2, size)
                .layer("GroupNormalization", "'groups': 2, 'axis': -1, 'epsilon': 0.01", new int[] {size}, new int[] {
                    size
                }));
        for (int i = 0; i < 2 * size; i++) {
            int row = i / size;
            int c = i % size;
            int[] line = IntStream.range(row * size, (row + 1) * size).toArray();
            int[] grouped = IntStream.range(0, 2 * size)
                    .filter(k -> k % size / 2 == c / 2)
                    .toArray();
            assertThat(layer[i]).isCloseTo(normal(i, line) * weight(c) + weight(c), within(1e-6));
            assertThat(group[i]).isCloseTo(normal(i, grouped) * weight(c) + weight(c), within(1e-6));
            double square = java.util.Arrays.stream(line)
                    .mapToDouble(k -> x(k) * x(k))
                    .average()
                    .orElseThrow();
            assertThat(rms[i]).isCloseTo(x(i) / Math.sqrt(square + 0.01) * weight(c), within(1e-6));
        }
    }

    private static double normal(int i, int[] among) {
        double mean =
                java.util.Arrays.stream(among).mapToDouble(k -> x(k)).average().orElseThrow();
        double variance = java.util.Arrays.stream(among)
                .mapToDouble(k -> (x(k) - mean) * (x(k) - mean))
                .average()
                .orElseThrow();
        return (x(i) - mean) / Math.sqrt(variance + 0.01);
    }

    @Test
    void depthwiseAndSeparableFiltersOfImages() throws IOException {
        double[] depthwise = run(new KerasModel(3, 3, 2)
                .layer("DepthwiseConv2D", "'kernel_size': 2, 'use_bias': false", new int[] {2, 2, 2, 1}));
        double[] separable = run(new KerasModel(3, 3, 2)
                .layer(
                        "SeparableConv2D",
                        "'kernel_size': 2, 'filters': 1, 'use_bias': false",
                        new int[] {2, 2, 2, 1},
                        new int[] {1, 1, 2, 1}));
        Space space = new Space(
                new int[] {1, 3, 3}, new int[] {1, 2, 2}, new int[] {1, 1, 1}, new int[3], new int[] {1, 2, 2});
        for (int p = 0; p < 4; p++) {
            double mixed = 0;
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += x(space.read(p, k) * 2 + c) * weight(k * 2 + c);
                }
                assertThat(depthwise[p * 2 + c]).isCloseTo(sum, within(1e-6));
                mixed += sum * weight(c);
            }
            assertThat(separable[p]).isCloseTo(mixed, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void transposedConvolutionsOfImagesAndVolumes(int rank) throws IOException {
        // what each input scatters is what a convolution of the larger space would read
        Space space = Space.of(rank, 2, 2, 2, false);
        int[] larger = {1, 1, 1};
        for (int axis = 3 - rank; axis < 3; axis++) {
            larger[axis] = space.in[axis] * 2;
        }
        int[] kernel = IntStream.concat(IntStream.generate(() -> 2).limit(rank), IntStream.of(1, 2))
                .toArray();
        double[] got = run(new KerasModel(space.input(rank, 2))
                .layer("Conv" + rank + "DTranspose", "'filters': 1, 'kernel_size': 2, 'strides': 2", kernel, new int[] {
                    1
                }));

        Space back = new Space(larger, space.kernel, space.stride, new int[3], space.in);
        double[] expected = new double[space.size(larger)];
        java.util.Arrays.fill(expected, weight(0));
        for (int p = 0; p < space.size(space.in); p++) {
            for (int k = 0; k < space.size(space.kernel); k++) {
                for (int c = 0; c < 2; c++) {
                    expected[back.read(p, k)] += x(p * 2 + c) * weight(k * 2 + c);
                }
            }
        }
        assertClose(got, expected);
    }

    @Test
    void layersOfTrainingAreLeftOut() throws IOException {
        double[] got = run(new KerasModel(3)
                .layer("Dropout", "'rate': 0.5")
                .layer("GaussianNoise", "'stddev': 1.0")
                .layer("ActivityRegularization", "'l1': 0.1"));
        assertClose(got, x(0), x(1), x(2));
    }
}
