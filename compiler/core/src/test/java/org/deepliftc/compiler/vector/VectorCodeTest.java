package org.deepliftc.compiler.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.jit.JavacCompiler;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.VectorSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Vector code gives the bits of scalar code, whatever rows come together in a call. */
final class VectorCodeTest {
    private static final int ROWS = 21;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SEQUENCE, 0",
        "SEQUENCE, 1",
        "SEQUENCE, 9",
        "SEQUENCE, 40",
        "IMAGE, 0",
        "IMAGE, 2",
        "RESIDUAL, 0",
        "RESIDUAL, 3",
        "DEEP, 0",
        "DEEP, 2",
        "TABLE, 0",
        "TABLE, 5",
        "RECURRENT, 0",
        "RECURRENT, 3",
        "ATTENTION, 0",
        "ATTENTION, 2",
    })
    void givesTheBitsOfScalarCode(Networks network, int references) {
        assertThat(VectorSwitch.isAvailable()).isTrue();
        Model model = network.in(folder);
        List<float[]> scalar = results(network, load(model, Backend.SCALAR, references), references, List.of(ROWS));
        CompiledModel vectors = load(model, Backend.VECTOR, references);
        assertThat(vectors.description().backend()).isEqualTo("vector");
        for (List<Integer> calls : List.of(List.of(ROWS), parts(1), parts(2), parts(5), parts(8))) {
            List<float[]> vector = results(network, vectors, references, calls);
            for (int i = 0; i < scalar.size(); i++) {
                assertThat(bits(vector.get(i)))
                        .as("result %d of %s with %d references in calls of %s", i, network, references, calls)
                        .isEqualTo(bits(scalar.get(i)));
            }
        }
    }

    /** Janino made the class of the other test; javac takes the same source, without a warning but the module's notice. */
    @ParameterizedTest
    @EnumSource(Networks.class)
    void javacAcceptsTheSource(Networks network) {
        Model model = network.in(folder);
        CompiledClass compiled = Compiler.compile(model, options(Backend.VECTOR, 0));
        GeneratedClass source = new GeneratedClass(
                compiled.packageName(), compiled.className(), compiled.javaSource(), compiled.weights());
        List<float[]> janino = results(network, Compiler.load(compiled), 0, List.of(ROWS));
        List<float[]> javac = results(network, JavacCompiler.load(source), 0, List.of(ROWS));
        for (int i = 0; i < janino.size(); i++) {
            assertThat(bits(javac.get(i))).isEqualTo(bits(janino.get(i)));
        }
    }

    /** Winograd's forms, on sizes that no tile divides, against the direct way in double precision. */
    @ParameterizedTest
    @EnumSource(
            value = Networks.class,
            names = {"RESIDUAL", "DEEP"})
    void winogradStaysClose(Networks network) {
        Model model = network.in(folder);
        CompileOptions forms = options(Backend.VECTOR, 0).withExpectedBatch(ROWS);
        CompiledClass compiled = Compiler.compile(model, forms);
        assertThat(compiled.javaSource()).contains("winograd");
        float[] close =
                results(network, Compiler.load(compiled), 0, List.of(ROWS)).get(1);
        CompiledModel exact = Compiler.load(
                Compiler.compile(model, options(Backend.SCALAR, 0).withPrecision(CompileOptions.Precision.DOUBLE)));
        int size = exact.description().inputs().get(0).size();
        double[] inputs = new double[ROWS * size];
        float[] rows = network.rows(ROWS, size, 1);
        Arrays.setAll(inputs, i -> rows[i]);
        double[] expected = new double[ROWS * size];
        try (CompiledSession session = exact.openSession()) {
            session.explain(new Batch(ROWS, (Object) inputs).contributions((Object) expected), 0, ROWS);
        }
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(close[i] - expected[i]));
        }
        assertThat(worst / largest).isLessThan(1e-4);
    }

    /** Left to itself a class answers in scalar code and changes to vectors when they are warm: nobody sees it. */
    @Test
    void changesToVectorsUnseen() throws InterruptedException {
        Model model = Networks.SEQUENCE.in(folder);
        String before = System.setProperty(VectorSwitch.PROPERTY, "auto");
        try {
            CompileOptions options = options(Backend.VECTOR, 0).named("", Optional.of("WarmingUp"));
            CompiledModel compiled = Compiler.load(Compiler.compile(model, options));
            List<float[]> first = results(Networks.SEQUENCE, compiled, 0, List.of(ROWS));
            VectorSwitch.awaitWarm();
            List<float[]> second = results(Networks.SEQUENCE, compiled, 0, List.of(ROWS));
            for (int i = 0; i < first.size(); i++) {
                assertThat(bits(second.get(i))).isEqualTo(bits(first.get(i)));
            }
        } finally {
            System.setProperty(VectorSwitch.PROPERTY, before);
        }
    }

    /** A second model of a class, such as one bound to references, opens no second session to warm up. */
    @Test
    void warmsUpOnce() throws ReflectiveOperationException, InterruptedException {
        Model model = Networks.SEQUENCE.in(folder);
        String before = System.setProperty(VectorSwitch.PROPERTY, "auto");
        try {
            CompileOptions options = options(Backend.VECTOR, 3).named("", Optional.of("WarmedOnce"));
            CompiledModel compiled = Compiler.load(Compiler.compile(model, options));
            Field vectors = compiled.getClass().getDeclaredField("VECTORS");
            vectors.setAccessible(true);
            assertThat(((VectorSwitch) vectors.get(null)).isPending()).isFalse();
            compiled.withReferences(1, (Object) new float[4 * 61]);
            assertThat(((VectorSwitch) vectors.get(null)).isPending()).isFalse();
            VectorSwitch.awaitWarm();
            assertThat(((VectorSwitch) vectors.get(null)).isReady()).isTrue();
        } finally {
            System.setProperty(VectorSwitch.PROPERTY, before);
        }
    }

    /** Rows in parts of one size, the last with what is left. */
    private static List<Integer> parts(int size) {
        List<Integer> parts = new ArrayList<>();
        for (int done = 0; done < ROWS; done += size) {
            parts.add(Math.min(size, ROWS - done));
        }
        return parts;
    }

    private static CompiledModel load(Model model, Backend backend, int references) {
        return Compiler.load(Compiler.compile(model, options(backend, references)));
    }

    private static CompileOptions options(Backend backend, int references) {
        Reference reference = references == 0 ? new Reference.Zeros() : new Reference.Given();
        ExplainOptions asked = ExplainOptions.NONE.withReferences(Map.of("*", reference));
        return CompileOptions.DEFAULT
                .withExplain(asked)
                .withBackend(backend)
                .withShape(CodeShape.LOOPS)
                .named("", Optional.of("Compiled" + backend));
    }

    /** Predictions, contributions, multipliers, outputs and convergence deltas of all rows. */
    private static List<float[]> results(Networks network, CompiledModel model, int references, List<Integer> calls) {
        ModelDescription description = model.description();
        int size = description.inputs().get(0).size();
        int outputs = description.outputs().get(0).size();
        List<float[]> results = List.of(
                new float[ROWS * outputs],
                new float[ROWS * size],
                new float[ROWS * size],
                new float[ROWS],
                new float[ROWS]);
        Batch batch = new Batch(ROWS, (Object) network.rows(ROWS, size, 1))
                .predictions((Object) results.get(0))
                .contributions((Object) results.get(1))
                .multipliers((Object) results.get(2))
                .output(results.get(3))
                .convergenceDelta(results.get(4));
        if (references > 0) {
            batch.references(references, (Object) network.rows(ROWS * references, size, 2));
        }
        try (CompiledSession session = model.openSession()) {
            int first = 0;
            for (int count : calls) {
                session.predict(batch, first, count);
                session.explain(batch, first, count);
                first += count;
            }
        }
        return results;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }
}
