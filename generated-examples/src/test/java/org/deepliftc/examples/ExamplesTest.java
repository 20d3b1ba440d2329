package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;

/** The generated classes, compiled by javac in the build, called as a user calls them. */
class ExamplesTest {
    private static final int BASES = 4 * 200;
    private static final int EXAMPLES = 64;

    /** Random one-hot sequences. */
    private static float[] sequences(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * BASES];
        for (int i = 0; i < count; i++) {
            for (int p = 0; p < 200; p++) {
                values[i * BASES + random.nextInt(4) * 200 + p] = 1;
            }
        }
        return values;
    }

    @Test
    void figure1HasThePapersNumbers() {
        float[] contributions = new float[2];
        try (Figure1.Session session = Figure1.load().openSession()) {
            session.explain(new float[] {-1, -1}, contributions);
        }
        assertThat(contributions[0]).isCloseTo(-0.4f / 3, within(1e-7f));
        assertThat(contributions[1]).isCloseTo(-0.8f / 3, within(1e-7f));
    }

    @Test
    void everyWayOfLoadingGivesTheSame() throws IOException {
        float[] dna = sequences(1, 3);
        Path file = Path.of("target/generated-resources/deepliftc/org/deepliftc/examples/GataCagatg.weights");
        float[] expected = explained(GataCagatg.load(), dna);
        assertThat(explained(GataCagatg.load(file), dna)).containsExactly(expected);
        try (InputStream in = GataCagatg.class.getResourceAsStream("GataCagatg.weights")) {
            assertThat(explained(GataCagatg.load(in), dna)).containsExactly(expected);
        }
    }

    private static float[] explained(GataCagatg model, float[] dna) {
        float[] contributions = new float[BASES];
        try (GataCagatg.Session session = model.openSession()) {
            session.explain(dna, contributions);
        }
        return contributions;
    }

    /** javac in the build and Janino in this process compile the same source to the same bits. */
    @Test
    void javacAndJaninoAgree() throws IOException {
        CompiledModel inProcess = Compiler.load(Compiler.compile(
                Compiler.read(Path.of("gata-cagatg/gata-cagatg.dlift")),
                CompileOptions.DEFAULT.named("in.process", Optional.of("GataCagatg"))));
        float[] dna = sequences(EXAMPLES, 5);
        assertThat(contributions(GataCagatg.load(), dna)).containsExactly(contributions(inProcess, dna));
    }

    private static float[] contributions(CompiledModel model, float[] dna) {
        float[] contributions = new float[dna.length];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(EXAMPLES, (Object) dna).contributions((Object) contributions), 0, EXAMPLES);
        }
        return contributions;
    }

    @Test
    void contributionsSumToTheChangeOfTheOutput() throws IOException {
        float[] dna = sequences(EXAMPLES, 7);
        float[] references = sequences(EXAMPLES * 20, 9);
        float[] output = new float[EXAMPLES];
        float[] referenceOutput = new float[EXAMPLES];
        float[] delta = new float[EXAMPLES];
        float[] contributions = new float[dna.length];
        Batch batch = new Batch(EXAMPLES, (Object) dna)
                .references(20, (Object) references)
                .contributions((Object) contributions)
                .output(output)
                .referenceOutput(referenceOutput)
                .convergenceDelta(delta);
        try (GataCagatgShuffled.Session session = GataCagatgShuffled.load().openSession()) {
            session.explain(batch, 0, EXAMPLES);
        }
        for (int i = 0; i < EXAMPLES; i++) {
            double sum = 0;
            for (int k = 0; k < BASES; k++) {
                sum += contributions[i * BASES + k];
            }
            double change = output[i] - referenceOutput[i];
            assertThat(sum).isCloseTo(change, within(1e-4 * Math.max(1, Math.abs(change))));
            assertThat((double) delta[i]).isCloseTo(sum - change, within(2e-5));
        }
    }

    /** A background bound once gives the same bits as the same references with every example. */
    @Test
    void sharedReferencesEqualGivenOnes() throws IOException {
        float[] dna = sequences(2, 11);
        float[] background = sequences(5, 13);
        float[] given = new float[2 * background.length];
        System.arraycopy(background, 0, given, 0, background.length);
        System.arraycopy(background, 0, given, background.length, background.length);
        GataCagatgShuffled model = GataCagatgShuffled.load();
        float[] byCall = new float[dna.length];
        try (CompiledSession session = model.openSession()) {
            Batch batch =
                    new Batch(2, (Object) dna).references(5, (Object) given).contributions((Object) byCall);
            session.explain(batch, 0, 2);
        }
        float[] bound = new float[dna.length];
        try (CompiledSession session = model.withReferences(background).openSession()) {
            session.explain(new Batch(2, (Object) dna).contributions((Object) bound), 0, 2);
        }
        assertThat(bound).containsExactly(byCall);
    }

    @Test
    void callsAllocateNothing() throws IOException {
        float[] dna = sequences(1, 15);
        float[] contributions = new float[BASES];
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (GataCagatg.Session session = GataCagatg.load().openSession()) {
            for (int i = 0; i < 200; i++) {
                session.explain(dna, contributions);
            }
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 200; i++) {
                session.explain(dna, contributions);
            }
            assertThat(threads.getThreadAllocatedBytes(thread) - before)
                    .as("bytes allocated by 200 calls; reading the counter may take a few")
                    .isLessThan(200);
        }
    }

    @Test
    void tinyNetworkIsStraightLines() throws IOException {
        String source = java.nio.file.Files.readString(Path.of("mlp-10-16-1/Mlp10x16x1.java"));
        assertThat(source).contains("Math.fma(").doesNotContain("Weights");
        int rowLoops = 2; // the loops over the rows of a batch, in predict and explain
        assertThat(List.of(source.split("for \\(", -1))).hasSize(rowLoops + 1);
        assertThat(Mlp10x16x1.load().description().inputs().get(0).size()).isEqualTo(10);
    }
}
