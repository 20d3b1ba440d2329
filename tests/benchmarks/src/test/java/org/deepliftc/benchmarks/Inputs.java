package org.deepliftc.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.sequence.OneHotLayout;
import org.deepliftc.data.sequence.OneHotSequences;
import org.deepliftc.data.sequence.ShuffledReferences;

/** What the networks read while they are measured: the same on every machine, and never zeros. */
final class Inputs {
    private static final long SEED = 1;

    private Inputs() {}

    /** Examples {@code [count, input shape]}: held-out sequences, random DNA, or normal noise, as the network reads. */
    static float[] of(BenchmarkModel model, Model read, int count) {
        int size = read.inputs().get(0).shape().size();
        return switch (model) {
            case GENOMICS -> heldOut(count, size);
            case BPNET -> randomDna(count, size / 4);
            case VGG16, MLP, DENSE, LSTM, GRU, GEMM, CONV, RESNET50, TRANSFORMER -> normal(count * size);
        };
    }

    /** The sequences of the example network, over and over. */
    private static float[] heldOut(int count, int size) {
        try {
            float[] all = OneHotSequences.read(
                            Examples.file("gata-cagatg").resolveSibling("sequences.fa"),
                            java.util.OptionalInt.of(size / 4),
                            OneHotLayout.CHANNELS_FIRST)
                    .values()
                    .toFloats();
            float[] values = new float[count * size];
            for (int i = 0; i < count; i++) {
                System.arraycopy(all, i * size % all.length, values, i * size, size);
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] randomDna(int count, int length) {
        Random random = new Random(SEED);
        float[] values = new float[count * 4 * length];
        for (int i = 0; i < count; i++) {
            for (int p = 0; p < length; p++) {
                values[(i * 4 + random.nextInt(4)) * length + p] = 1;
            }
        }
        return values;
    }

    private static float[] normal(int count) {
        Random random = new Random(SEED);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Dinucleotide shuffles {@code [count, copies, 4, length]} of one-hot sequences {@code [count, 4, length]}. */
    static float[] shuffles(float[] sequences, int count, int copies) {
        int length = sequences.length / count / 4;
        try {
            return ShuffledReferences.of(
                            DataArray.of(sequences, count, 4, length), OneHotLayout.CHANNELS_FIRST, copies, SEED, 0)
                    .values()
                    .toFloats();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
