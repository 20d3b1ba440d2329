package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.data.Csv;
import org.deepliftc.data.Npz;
import org.deepliftc.data.sequence.OneHotLayout;
import org.deepliftc.data.sequence.OneHotSequences;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;

/** Networks whose weights were made: every contribution sums to the change of the output, whatever the network is. */
class MadeModelsTest {
    /** Explains every example and checks the sums; returns the contributions. */
    private static float[] explain(CompiledModel model, float[] input, int count, double tolerance) {
        float[] contributions = new float[input.length];
        float[] output = new float[count];
        float[] reference = new float[count];
        try (CompiledSession session = model.openSession()) {
            Batch batch = new Batch(count, (Object) input)
                    .contributions((Object) contributions)
                    .output(output)
                    .referenceOutput(reference);
            session.explain(batch, 0, count);
        }
        int size = input.length / count;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += contributions[i * size + k];
            }
            assertThat(sum)
                    .as("example %s", i)
                    .isNotZero()
                    .isCloseTo(output[i] - reference[i], within(tolerance * Math.max(1, Math.abs(sum))));
        }
        return contributions;
    }

    @Test
    void attentionAndLayerNormKeepTheSum() throws IOException {
        float[] tokens =
                Csv.read(Path.of("transformer", "samples.csv")).values().toFloats();
        float[] contributions = explain(Transformer.load(), tokens, tokens.length / 12, 2e-6);
        for (int i = 0; i < tokens.length; i++) {
            assertThat(contributions[i] == 0)
                    .as("token %s is padding, as in the reference", i)
                    .isEqualTo(tokens[i] == 0);
        }
    }

    @Test
    void bothHeadsOfBpNetKeepTheSum() throws IOException {
        float[] dna = OneHotSequences.read(
                        Path.of("gata-cagatg", "sequences.fa"), OptionalInt.of(200), OneHotLayout.CHANNELS_FIRST)
                .values()
                .toFloats();
        explain(BpNet.load(), dna, dna.length / 800, 1e-5);
        explain(BpNetProfile.load(), dna, dna.length / 800, 1e-5);
    }

    /** 41 million weights: about a gigabyte of heap while it is compiled. */
    @Test
    void vgg16KeepsTheSum() throws IOException {
        float[] images =
                Npz.readAll(Path.of("vgg16", "samples.npz")).get("image").toFloats();
        CompiledModel model = Compiler.load(
                Compiler.compile(Compiler.read(SeededModel.VGG16.make()), CompileOptions.DEFAULT.withExpectedBatch(3)));
        explain(model, images, 3, 2e-5);
    }
}
