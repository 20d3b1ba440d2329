package org.deepliftc.compiler.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One-hot inputs and references given as a byte for each position: the bits of those given as columns. */
class CodesTest {
    private static final int ROWS = 21;
    private static final int SYMBOLS = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SEQUENCE,SCALAR,0",
        "SEQUENCE,SCALAR,3",
        "SEQUENCE,VECTOR,0",
        "SEQUENCE,VECTOR,1",
        "SEQUENCE,VECTOR,20",
        "RESIDUAL,VECTOR,0",
        "RESIDUAL,VECTOR,5"
    })
    void givesTheBitsOfColumns(Networks network, Backend backend, int references) {
        CompiledModel model = model(network, backend, references == 0, Precision.FLOAT);
        int positions = model.description().inputs().get(0).size() / SYMBOLS;
        byte[] inputs = codes(ROWS * positions, 1);
        byte[] given = codes(ROWS * Math.max(1, references) * positions, 2);

        List<float[]> expected = results(model, columns(inputs, positions), columns(given, positions), references);
        assertSame(results(model, inputs, given, references), expected);
        assertSame(results(model, inputs, columns(given, positions), references), expected);
        assertSame(results(model, columns(inputs, positions), given, references), expected);
    }

    @Test
    void givesTheBitsOfColumnsInDoublePrecision() {
        CompiledModel model = model(Networks.SEQUENCE, Backend.SCALAR, true, Precision.DOUBLE);
        int size = model.description().inputs().get(0).size();
        byte[] inputs = codes(ROWS * size / SYMBOLS, 1);
        float[] columns = columns(inputs, size / SYMBOLS);
        double[] doubles = new double[columns.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = columns[i];
        }
        double[] fromCodes = new double[ROWS * size];
        double[] fromColumns = new double[ROWS * size];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(ROWS, (Object) inputs).contributions((Object) fromCodes), 0, ROWS);
            session.explain(new Batch(ROWS, (Object) doubles).contributions((Object) fromColumns), 0, ROWS);
        }
        assertThat(fromCodes).isEqualTo(fromColumns);
    }

    @Test
    void bindsReferencesGivenAsCodes() {
        CompiledModel model = model(Networks.SEQUENCE, Backend.VECTOR, false, Precision.FLOAT);
        int positions = model.description().inputs().get(0).size() / SYMBOLS;
        byte[] inputs = codes(ROWS * positions, 1);
        byte[] given = codes(7 * positions, 2);

        List<float[]> expected =
                results(model.withReferences(7, columns(given, positions)), columns(inputs, positions), null, 0);
        assertSame(results(model.withReferences(7, given), inputs, null, 0), expected);
    }

    /** The typed methods, in turn with the others: no call sees what an earlier one gave. */
    @Test
    void hasTypedMethods() throws ReflectiveOperationException {
        CompiledModel model = model(Networks.SEQUENCE, Backend.VECTOR, false, Precision.FLOAT);
        int size = model.description().inputs().get(0).size();
        byte[] input = codes(size / SYMBOLS, 1);
        byte[] given = codes(3 * size / SYMBOLS, 2);
        float[] x = columns(input, size / SYMBOLS);
        float[] references = columns(given, size / SYMBOLS);
        float[] fromCodes = new float[size];
        float[] fromColumns = new float[size];
        float[] outputs = new float[3];
        float[] sameOutputs = new float[3];
        try (CompiledSession session = model.openSession()) {
            Class<?> type = session.getClass();
            Method codes = type.getMethod("explain", byte[].class, byte[].class, float[].class);
            Method columns = type.getMethod("explain", float[].class, float[].class, float[].class);
            for (int turn = 0; turn < 2; turn++) {
                codes.invoke(session, input, given, fromCodes);
                columns.invoke(session, x, references, fromColumns);
                assertThat(fromCodes).isEqualTo(fromColumns);
            }
            type.getMethod("predict", byte[].class, float[].class).invoke(session, input, outputs);
            type.getMethod("predict", float[].class, float[].class).invoke(session, x, sameOutputs);
            assertThat(outputs).isEqualTo(sameOutputs);
        }
    }

    @Test
    void allocatesNothingPerCall() {
        CompiledModel model = model(Networks.SEQUENCE, Backend.SCALAR, true, Precision.FLOAT);
        int size = model.description().inputs().get(0).size();
        Batch batch = new Batch(ROWS, (Object) codes(ROWS * size / SYMBOLS, 1))
                .contributions((Object) new float[ROWS * size]);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (CompiledSession session = model.openSession()) {
            session.explain(batch, 0, ROWS);
            memory.getThreadAllocatedBytes(thread);
            long before = memory.getThreadAllocatedBytes(thread);
            session.explain(batch, 0, ROWS);
            assertThat(memory.getThreadAllocatedBytes(thread) - before).isZero();
        }
    }

    @Test
    void saysWhatIsWrong() {
        CompiledModel sequence = model(Networks.SEQUENCE, Backend.SCALAR, true, Precision.FLOAT);
        CompiledModel table = model(Networks.TABLE, Backend.SCALAR, true, Precision.FLOAT);
        try (CompiledSession session = sequence.openSession();
                CompiledSession other = table.openSession()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.explain(new Batch(2, new byte[100]), 0, 2))
                    .withMessage("array 'dna' should be byte[2 x 61], got byte[100]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.explain(new Batch(1, new byte[70]), 0, 1))
                    .withMessage("array 'x' should be float[1 x 70], got byte[70]");
        }
    }

    private CompiledModel model(Networks network, Backend backend, boolean zeros, Precision precision) {
        Reference reference = zeros ? new Reference.Zeros() : new Reference.Given();
        return Compiler.load(Compiler.compile(
                network.in(folder),
                CompileOptions.DEFAULT
                        .withExplain(ExplainOptions.NONE.withReferences(Map.of("*", reference)))
                        .withBackend(backend)
                        .withPrecision(precision)
                        .withExpectedBatch(8)
                        .withShape(CodeShape.LOOPS)));
    }

    /** Codes of all symbols, some of no symbol: 4 as N, and others that are none either. */
    private static byte[] codes(int count, long seed) {
        Random random = new Random(seed);
        byte[] codes = new byte[count];
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(40);
            codes[i] = kind == 0 ? (byte) SYMBOLS : kind == 1 ? (byte) -1 : (byte) random.nextInt(SYMBOLS);
        }
        return codes;
    }

    private static float[] columns(byte[] codes, int positions) {
        float[] columns = new float[codes.length * SYMBOLS];
        for (int i = 0; i < codes.length; i++) {
            int row = i / positions;
            if (codes[i] >= 0 && codes[i] < SYMBOLS) {
                columns[(row * SYMBOLS + codes[i]) * positions + i % positions] = 1;
            }
        }
        return columns;
    }

    private static List<float[]> results(CompiledModel model, Object inputs, Object references, int perExample) {
        int size = model.description().inputs().get(0).size();
        int outputs = model.description().outputs().get(0).size();
        List<float[]> results =
                List.of(new float[ROWS * outputs], new float[ROWS * size], new float[ROWS * size], new float[ROWS]);
        Batch batch = new Batch(ROWS, inputs)
                .predictions((Object) results.get(0))
                .contributions((Object) results.get(1))
                .multipliers((Object) results.get(2))
                .convergenceDelta(results.get(3));
        if (perExample > 0) {
            batch.references(perExample, references);
        }
        try (CompiledSession session = model.openSession()) {
            session.predict(batch, 0, ROWS);
            session.explain(batch, 0, 10);
            session.explain(batch, 10, 1);
            session.explain(batch, 11, ROWS - 11);
        }
        return new ArrayList<>(results);
    }

    private static void assertSame(List<float[]> found, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).as("result %d", i).isEqualTo(expected.get(i));
        }
    }
}
