package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deepliftc.compiler.importer.keras.KerasModel.weight;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recurrent layers against the equations of Keras's documentation, step by step on plain arrays; the weights of a layer are
 * kernel [features, gates units], recurrent kernel [units, gates units] and bias.
 */
class KerasRecurrentLayersTest {
    private static final int LENGTH = 4;
    private static final int FEATURES = 2;
    private static final int UNITS = 3;

    @TempDir
    Path folder;

    /** A cell of Keras with the weights of array {@code first} and those behind it. */
    private record Cell(String kind, boolean resetAfter, int first) {
        int gates() {
            return kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1;
        }

        int[][] shapes() {
            int columns = gates() * UNITS;
            return new int[][] {
                {FEATURES, columns}, {UNITS, columns}, resetAfter ? new int[] {2, columns} : new int[] {columns}
            };
        }

        private double input(double[] x, int gate, int u) {
            double sum = weight(first + 2, gate * UNITS + u);
            for (int i = 0; i < FEATURES; i++) {
                sum += x[i] * weight(first, (i * gates() + gate) * UNITS + u);
            }
            return sum;
        }

        private double recurrent(double[] h, int gate, int u) {
            double sum = resetAfter ? weight(first + 2, (gates() + gate) * UNITS + u) : 0;
            for (int i = 0; i < UNITS; i++) {
                sum += h[i] * weight(first + 1, (i * gates() + gate) * UNITS + u);
            }
            return sum;
        }

        private double gate(double[] x, double[] h, int gate, int u) {
            return input(x, gate, u) + recurrent(h, gate, u);
        }

        /** One step; the cell state of an LSTM is changed in place. */
        double[] step(double[] x, double[] h, double[] c) {
            double[] next = new double[UNITS];
            for (int u = 0; u < UNITS; u++) {
                next[u] = switch (kind) {
                    case "LSTM" -> {
                        // i, f, c, o
                        c[u] = logistic(gate(x, h, 1, u)) * c[u]
                                + logistic(gate(x, h, 0, u)) * Math.tanh(gate(x, h, 2, u));
                        yield logistic(gate(x, h, 3, u)) * Math.tanh(c[u]);
                    }
                    case "GRU" -> {
                        // z, r, h
                        double z = logistic(gate(x, h, 0, u));
                        yield z * h[u] + (1 - z) * candidate(x, h, u);
                    }
                    default -> Math.tanh(gate(x, h, 0, u));
                };
            }
            return next;
        }

        private double candidate(double[] x, double[] h, int u) {
            if (resetAfter) {
                return Math.tanh(input(x, 2, u) + logistic(gate(x, h, 1, u)) * recurrent(h, 2, u));
            }
            double[] reset = new double[UNITS];
            for (int i = 0; i < UNITS; i++) {
                reset[i] = logistic(gate(x, h, 1, i)) * h[i];
            }
            return Math.tanh(input(x, 2, u) + recurrent(reset, 2, u));
        }

        /** The states in the order in which they are made. */
        List<double[]> states(boolean backwards) {
            List<double[]> states = new ArrayList<>();
            double[] h = new double[UNITS];
            double[] c = new double[UNITS];
            for (int step = 0; step < LENGTH; step++) {
                int position = backwards ? LENGTH - 1 - step : step;
                double[] x = new double[FEATURES];
                for (int i = 0; i < FEATURES; i++) {
                    x[i] = KerasRun.x(position * FEATURES + i);
                }
                h = step(x, h, c);
                states.add(h);
            }
            return states;
        }
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static List<Arguments> layers() {
        List<Arguments> all = new ArrayList<>();
        for (String kind : List.of("LSTM", "GRU", "GRU after", "SimpleRNN")) {
            for (boolean sequences : new boolean[] {false, true}) {
                for (boolean backwards : new boolean[] {false, true}) {
                    all.add(Arguments.of(kind, sequences, backwards));
                }
            }
        }
        return all;
    }

    private static Cell cell(String kind, int first) {
        boolean after = kind.endsWith(" after");
        return new Cell(kind.replace(" after", ""), after, first);
    }

    private static String config(Cell cell, boolean sequences, boolean backwards) {
        return "'units': " + UNITS + ", 'return_sequences': " + sequences + ", 'go_backwards': " + backwards
                + (cell.kind.equals("GRU") ? ", 'reset_after': " + cell.resetAfter : "");
    }

    private static double[] joined(List<double[]> rows) {
        return rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void runsStepByStep(String kind, boolean sequences, boolean backwards) throws IOException {
        Cell cell = cell(kind, 0);
        double[] got = KerasRun.run(
                folder,
                new KerasModel(LENGTH, FEATURES)
                        .layer(cell.kind, config(cell, sequences, backwards))
                        .with("cell", cell.shapes()));

        List<double[]> states = cell.states(backwards);
        double[] expected = sequences ? joined(states) : states.get(LENGTH - 1);
        assertThat(got).containsExactly(expected, within(1e-6));
    }

    static List<Arguments> bidirectional() {
        List<Arguments> all = new ArrayList<>();
        for (String kind : List.of("LSTM", "GRU", "GRU after", "SimpleRNN")) {
            for (String merge : List.of("concat", "sum", "mul", "ave")) {
                all.add(Arguments.of(kind, merge, false));
                all.add(Arguments.of(kind, merge, true));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("bidirectional")
    void runsInBothDirections(String kind, String merge, boolean sequences) throws IOException {
        Cell forward = cell(kind, 0);
        Cell backward = cell(kind, 3);
        String wrapped = "'layer': {'class_name': '" + forward.kind + "', 'config': {'name': 'inner', "
                + config(forward, sequences, false) + "}}, 'merge_mode': '" + merge + "'";
        double[] got = KerasRun.run(
                folder,
                new KerasModel(LENGTH, FEATURES)
                        .layer("Bidirectional", wrapped)
                        .with("forward_layer/cell", forward.shapes())
                        .with("backward_layer/cell", backward.shapes()));

        List<double[]> ahead = forward.states(false);
        List<double[]> back = new ArrayList<>(backward.states(true));
        java.util.Collections.reverse(back);
        List<double[]> expected = new ArrayList<>();
        for (int p = 0; p < LENGTH; p++) {
            expected.add(merged(merge, ahead.get(p), back.get(p)));
        }
        // without sequences each direction hands out its last step
        double[] last = merged(merge, ahead.get(LENGTH - 1), back.get(0));
        assertThat(got).containsExactly(sequences ? joined(expected) : last, within(1e-6));
    }

    private static double[] merged(String mode, double[] a, double[] b) {
        if (mode.equals("concat")) {
            return joined(List.of(a, b));
        }
        double[] result = new double[UNITS];
        for (int u = 0; u < UNITS; u++) {
            result[u] = switch (mode) {
                case "sum" -> a[u] + b[u];
                case "mul" -> a[u] * b[u];
                default -> (a[u] + b[u]) / 2;
            };
        }
        return result;
    }
}
