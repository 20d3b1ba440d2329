package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keras files as they are: they predict what Keras did, and explain as the same network does in the language. */
class KerasTest {
    private static CompiledModel load(String file, ExplainOptions explain) {
        return Compiler.load(
                Compiler.compile(Compiler.read(Path.of(file)), CompileOptions.DEFAULT.withExplain(explain)));
    }

    @ParameterizedTest
    @CsvSource({"image.keras, image, image.npz", "recurrent.keras, series, recurrent.npz"})
    void predictsWhatKerasDid(String file, String input, String samples) throws IOException {
        Map<String, DataArray> arrays = Npz.readAll(Path.of("keras", samples));
        DataArray expected = arrays.get("output");
        float[] predictions = new float[expected.toFloats().length];
        float[] delta = new float[expected.rows()];
        float[] x = arrays.get(input).toFloats();
        try (CompiledSession session =
                load("keras/" + file, ExplainOptions.NONE).openSession()) {
            session.predict(
                    new Batch(expected.rows(), (Object) x).predictions((Object) predictions), 0, expected.rows());
            Batch batch = new Batch(expected.rows(), (Object) x)
                    .contributions((Object) new float[x.length])
                    .convergenceDelta(delta);
            session.explain(batch, 0, expected.rows());
        }
        assertThat(predictions).containsExactly(expected.toFloats(), within(2e-6f));
        assertThat(delta).containsOnly(new float[expected.rows()], within(1e-5f));
    }

    @Test
    void genomicsContributionsAreThoseOfTheModelInTheLanguage() {
        int count = 16;
        Random random = new Random(3);
        float[] channelsFirst = new float[count * 800];
        float[] channelsLast = new float[count * 800];
        for (int i = 0; i < count * 200; i++) {
            int base = random.nextInt(4);
            channelsLast[i * 4 + base] = 1;
            channelsFirst[i / 200 * 800 + base * 200 + i % 200] = 1;
        }
        ExplainOptions asTheyAre = ExplainOptions.NONE.withNormalisedOnehot(false);
        float[] expected = explain(load("gata-cagatg/gata-cagatg.dlift", asTheyAre), channelsFirst, count);
        float[] fromKeras = explain(load("keras/gata-cagatg.h5", asTheyAre), channelsLast, count);
        float[] transposed = new float[expected.length];
        for (int i = 0; i < expected.length; i++) {
            transposed[i / 800 * 800 + i % 4 * 200 + i % 800 / 4] = fromKeras[i];
        }
        assertThat(transposed).containsExactly(expected, within(2e-6f));
    }

    private static float[] explain(CompiledModel model, float[] dna, int count) {
        float[] contributions = new float[dna.length];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(count, (Object) dna).contributions((Object) contributions), 0, count);
        }
        return contributions;
    }
}
