package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deepliftc.compiler.importer.keras.KerasModel.weight;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.interpret.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers against plain loops over arrays in Keras's order of axes. */
class KerasLayersTest {
    @TempDir
    Path folder;

    private Shape shape;

    private static double x(int i) {
        return Math.sin(1 + i * 0.7);
    }

    /** The output for the input x(0), x(1)... */
    private double[] run(KerasModel keras) throws IOException {
        Model model =
                KerasImporter.read(keras.write(folder), ImportOptions.DEFAULT).model();
        Shape given = model.inputs().get(0).shape();
        double[] values = new double[given.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x(i);
        }
        Node leaf = model.graph().nodes().stream()
                .filter(node -> node.op() instanceof Op.Input)
                .findFirst()
                .orElseThrow();
        Node result = model.graph().outputs().values().iterator().next();
        shape = result.shape();
        return new Interpreter(Map.of((Op.Input) leaf.op(), values)).value(result);
    }

    private static void assertClose(double[] got, double[] expected) {
        assertThat(got).containsExactly(expected, within(1e-6));
    }

    @Test
    void depthwiseFiltersBelongToTheirChannel() throws IOException {
        double[] got = run(new KerasModel(5, 2)
                .layer("DepthwiseConv1D", "'kernel_size': 2, 'depth_multiplier': 3", new int[] {2, 2, 3}, new int[] {6
                }));

        double[] expected = new double[4 * 6];
        for (int p = 0; p < 4; p++) {
            for (int c = 0; c < 2; c++) {
                for (int m = 0; m < 3; m++) {
                    double sum = weight(c * 3 + m);
                    for (int k = 0; k < 2; k++) {
                        sum += x((p + k) * 2 + c) * weight((k * 2 + c) * 3 + m);
                    }
                    expected[p * 6 + c * 3 + m] = sum;
                }
            }
        }
        assertThat(shape).isEqualTo(Shape.of(4, 6));
        assertClose(got, expected);
    }

    @Test
    void separableConvolutionsMixChannelsAfterwards() throws IOException {
        double[] got = run(new KerasModel(4, 2)
                .layer(
                        "SeparableConv1D",
                        "'kernel_size': [2], 'filters': 3, 'use_bias': false",
                        new int[] {2, 2, 1},
                        new int[] {1, 2, 3}));

        double[] expected = new double[3 * 3];
        for (int p = 0; p < 3; p++) {
            for (int o = 0; o < 3; o++) {
                for (int c = 0; c < 2; c++) {
                    for (int k = 0; k < 2; k++) {
                        expected[p * 3 + o] += x((p + k) * 2 + c) * weight(k * 2 + c) * weight(c * 3 + o);
                    }
                }
            }
        }
        assertClose(got, expected);
    }

    @Test
    void transposedConvolutionsScatter() throws IOException {
        String config = "'kernel_size': 3, 'filters': 2, 'strides': 2, 'padding': ";
        double[] full = new double[9 * 2];
        for (int p = 0; p < 4; p++) {
            for (int k = 0; k < 3; k++) {
                for (int o = 0; o < 2; o++) {
                    for (int c = 0; c < 3; c++) {
                        full[(2 * p + k) * 2 + o] += x(p * 3 + c) * weight((k * 2 + o) * 3 + c);
                    }
                }
            }
        }
        for (int i = 0; i < full.length; i++) {
            full[i] += weight(i % 2);
        }
        int[] kernel = {3, 2, 3};

        assertClose(
                run(new KerasModel(4, 3).layer("Conv1DTranspose", config + "'valid'", kernel, new int[] {2})), full);
        double[] same = run(new KerasModel(4, 3).layer("Conv1DTranspose", config + "'same'", kernel, new int[] {2}));
        assertClose(same, java.util.Arrays.copyOf(full, 8 * 2));
    }

    @Test
    void causalConvolutionsLookBack() throws IOException {
        double[] got = run(new KerasModel(5, 1)
                .layer(
                        "Conv1D",
                        "'kernel_size': [2], 'filters': 1, 'dilation_rate': [2], 'padding': 'causal', 'use_bias': false",
                        new int[] {2, 1, 1}));

        double[] expected = new double[5];
        for (int p = 0; p < 5; p++) {
            expected[p] = x(p) * weight(1) + (p < 2 ? 0 : x(p - 2) * weight(0));
        }
        assertClose(got, expected);
    }

    @Test
    void spaceIsPaddedCroppedAndStretched() throws IOException {
        double[] got = run(new KerasModel(2, 3, 1)
                .layer("ZeroPadding2D", "'padding': [[1, 0], [0, 2]]")
                .layer("Cropping2D", "'cropping': [[0, 1], [1, 0]]")
                .layer("UpSampling2D", "'size': [1, 2], 'interpolation': 'nearest'"));

        assertThat(shape).isEqualTo(Shape.of(2, 8, 1));
        assertClose(got, new double[] {0, 0, 0, 0, 0, 0, 0, 0, x(1), x(1), x(2), x(2), 0, 0, 0, 0});
    }

    @Test
    void axesArePermutedRepeatedAndReshaped() throws IOException {
        double[] permuted = run(new KerasModel(2, 3).layer("Permute", "'dims': [2, 1]"));
        assertClose(permuted, new double[] {x(0), x(3), x(1), x(4), x(2), x(5)});

        double[] repeated =
                run(new KerasModel(2).layer("RepeatVector", "'n': 2").layer("Reshape", "'target_shape': [-1]"));
        assertClose(repeated, new double[] {x(0), x(1), x(0), x(1)});
    }

    @Test
    void adaptedStatisticsNormalise() throws IOException {
        double[] got = run(new KerasModel(2)
                .layer("Normalization", "'axis': [-1]", new int[] {2}, new int[] {2})
                .layer("Rescaling", "'scale': 2.0, 'offset': 1.0"));

        // the variances are negative and positive: the first counts as nothing
        assertThat(got[1]).isCloseTo(2 * (x(1) - weight(1)) / Math.sqrt(weight(1)) + 1, within(1e-6));
    }

    @Test
    void recurrencesGoBackwardsInTheirOwnOrder() throws IOException {
        int[][] shapes = {{2, 3}, {3, 3}, {3}};
        double[] got = run(new KerasModel(4, 2)
                .layer("SimpleRNN", "'units': 3, 'go_backwards': true, 'return_sequences': true", shapes));

        double[] expected = new double[4 * 3];
        double[] state = new double[3];
        for (int step = 0; step < 4; step++) {
            double[] next = new double[3];
            for (int u = 0; u < 3; u++) {
                double sum = weight(u);
                for (int i = 0; i < 2; i++) {
                    sum += x((3 - step) * 2 + i) * weight(i * 3 + u);
                }
                for (int i = 0; i < 3; i++) {
                    sum += state[i] * weight(i * 3 + u);
                }
                next[u] = Math.tanh(sum);
                expected[step * 3 + u] = next[u];
            }
            state = next;
        }
        assertClose(got, expected);
    }
}
