package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The classes of trained networks predict what the networks did where they were trained, and explain all of it. */
class TrainedModelsTest {
    /** A trained network: its class, the arrays of its samples, and how many of them it gets right. */
    enum Trained {
        BREAST_CANCER("breast-cancer", "cells", "benign", "logit", 61),
        DIGITS_CNN("digits-cnn", "image", "probabilities", "logits", 62),
        DIGITS_GRU("digits-gru", "image", "probabilities", "logits", 62),
        DIGITS_LSTM("digits-lstm", "image", "probabilities", "logits", 62);

        private final String folder;
        private final String input;
        private final String output;
        private final String logits;
        private final int right;

        Trained(String folder, String input, String output, String logits, int right) {
            this.folder = folder;
            this.input = input;
            this.output = output;
            this.logits = logits;
            this.right = right;
        }

        CompiledModel load() throws IOException {
            return switch (this) {
                case BREAST_CANCER -> BreastCancer.load();
                case DIGITS_CNN -> DigitsCnn.load();
                case DIGITS_GRU -> DigitsGru.load();
                case DIGITS_LSTM -> DigitsLstm.load();
            };
        }

        float[] samples(String array) throws IOException {
            return read(array).toFloats();
        }

        DataArray read(String array) throws IOException {
            return Npz.readAll(Path.of(folder, "samples.npz")).get(array);
        }
    }

    @ParameterizedTest
    @EnumSource(Trained.class)
    void predictsWhatTheTrainedNetworkDid(Trained model) throws IOException {
        float[] expected = model.samples(model.output);
        int count = model.read(model.output).rows();
        float[] predictions = new float[expected.length];
        try (CompiledSession session = model.load().openSession()) {
            session.predict(
                    new Batch(count, (Object) model.samples(model.input)).predictions((Object) predictions), 0, count);
        }
        assertThat(predictions).containsExactly(expected, within(2e-6f));
        assertThat(right(predictions, model.read("label"))).isEqualTo(model.right);
    }

    private static int right(float[] predictions, DataArray labels) {
        int classes = predictions.length / labels.rows();
        int right = 0;
        for (int i = 0; i < labels.rows(); i++) {
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = predictions[i * classes + k] > predictions[i * classes + best] ? k : best;
            }
            int decided = classes == 1 ? Math.round(predictions[i]) : best;
            right += decided == labels.get(i) ? 1 : 0;
        }
        return right;
    }

    /** The output explained is the stored logit, less the mean of all classes where there are several. */
    @ParameterizedTest
    @EnumSource(Trained.class)
    void contributionsSumToTheChangeOfTheOutput(Trained model) throws IOException {
        float[] input = model.samples(model.input);
        float[] logits = model.samples(model.logits);
        int count = model.read(model.logits).rows();
        int classes = logits.length / count;
        float[] contributions = new float[input.length];
        float[] output = new float[count];
        float[] reference = new float[count];
        try (CompiledSession session = model.load().openSession()) {
            Batch batch = new Batch(count, (Object) input)
                    .contributions((Object) contributions)
                    .output(output)
                    .referenceOutput(reference);
            session.explain(batch, 0, count);
        }
        for (int i = 0; i < count; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, logits[i * classes + k]);
                mean += logits[i * classes + k] / classes;
            }
            assertThat((double) output[i]).isCloseTo(classes == 1 ? largest : largest - mean, within(2e-5));
            double sum = 0;
            for (int k = 0; k < input.length / count; k++) {
                sum += contributions[i * (input.length / count) + k];
            }
            assertThat(sum).isCloseTo(output[i] - reference[i], within(2e-5 * Math.max(1, Math.abs(sum))));
        }
    }
}
