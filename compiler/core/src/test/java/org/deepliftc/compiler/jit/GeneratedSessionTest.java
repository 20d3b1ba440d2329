package org.deepliftc.compiler.jit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Programs;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.junit.jupiter.api.Test;

/** How sessions of generated classes behave: allocation, threads, and wrong arguments. */
class GeneratedSessionTest {
    private static final int ROWS = 4;

    private static CompiledModel model(boolean references, List<Integer> targets) {
        LoopProgram program = Programs.rich(references, targets, Programs.PLAIN);
        return JaninoCompiler.load(
                JavaBackend.generate(program, GeneratedClassTest.header(program, ElementType.FLOAT, CodeShape.LOOPS)));
    }

    private static float[] random(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        return values;
    }

    private static Batch batch(float[] contributions) {
        return new Batch(ROWS, random(1, ROWS * 5), random(2, ROWS * 3))
                .predictions(new float[ROWS * 3], new float[ROWS])
                .contributions(contributions, new float[ROWS * 2 * 3])
                .targets(2, 0);
    }

    @Test
    void callsAllocateNothing() {
        CompiledModel model = model(true, List.of());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Batch given = batch(new float[ROWS * 2 * 5]).references(2, random(3, ROWS * 2 * 5), random(4, ROWS * 2 * 3));
        Batch shared = batch(new float[ROWS * 2 * 5]);
        try (CompiledSession own = model.openSession();
                CompiledSession bound =
                        model.withReferences(2, random(3, 10), random(4, 6)).openSession()) {
            long smallest = Long.MAX_VALUE;
            for (int i = 0; i < 200; i++) {
                long before =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                own.predict(given, 0, ROWS);
                own.explain(given, 0, ROWS);
                bound.explain(shared, 0, ROWS);
                long after =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                smallest = Math.min(smallest, after - before);
            }
            assertThat(smallest).isZero();
        }
    }

    @Test
    void twoThreadsShareAModel() throws Exception {
        CompiledModel bound = model(true, List.of()).withReferences(2, random(3, 10), random(4, 6));
        float[] expected = new float[ROWS * 2 * 5];
        try (CompiledSession session = bound.openSession()) {
            session.explain(batch(expected), 0, ROWS);
        }
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                wrong.add(pool.submit(() -> differences(bound, expected)));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static int differences(CompiledModel model, float[] expected) {
        int differences = 0;
        try (CompiledSession session = model.openSession()) {
            for (int i = 0; i < 2_000; i++) {
                float[] actual = new float[expected.length];
                session.explain(batch(actual), 0, ROWS);
                differences += java.util.Arrays.equals(actual, expected) ? 0 : 1;
            }
        }
        return differences;
    }

    @Test
    void typedMethodsAgreeWithTheGeneralOnes() throws Exception {
        CompiledModel model = model(true, List.of());
        float[] a = random(1, 5);
        float[] b = random(2, 3);
        float[] expected = new float[5];
        float[] actual = new float[5];
        try (CompiledSession session = model.openSession()) {
            session.explain(
                    new Batch(1, a, b)
                            .references(2, random(3, 10), random(4, 6))
                            .contributions(expected, new float[3])
                            .targets(1),
                    0,
                    1);
            Class<?> array = float[].class;
            session.getClass()
                    .getMethod("explain", array, array, array, array, int.class, array, array)
                    .invoke(session, a, b, random(3, 10), random(4, 6), 1, actual, new float[3]);
        }
        assertThat(actual).isEqualTo(expected).isNotEqualTo(new float[5]);
    }

    @Test
    void wrongArgumentsAreNamed() {
        CompiledModel model = model(true, List.of());
        try (CompiledSession session = model.openSession()) {
            float[] references = new float[ROWS * 5];
            float[] more = new float[ROWS * 3];
            expect(
                    session,
                    new Batch(ROWS, new float[ROWS * 5], new float[3]).targets(0),
                    "'b' should be float[4 x 3]");
            expect(session, new Batch(ROWS, new double[ROWS * 5], more).targets(0), "'a' should be", "double[20]");
            expect(session, new Batch(ROWS, references).targets(0), "the model has 2 inputs");
            expect(session, new Batch(ROWS, references, null).targets(0), "'b' should be", "got nothing");
            Batch good = new Batch(ROWS, references, more);
            expect(session, good, "leaves its target open");
            expect(session, good.targets(3), "target 3 lies outside");
            good.targets(0).references(1, references, more);
            expect(session, good.multipliers(references, more), "does not compute multipliers");
            good.multipliers(null, null).contributions(new float[1], null);
            expect(session, good, "'contributions of a' should be float[4 x 5], got float[1]");
            assertThatThrownBy(() -> session.explain(good, 3, 2)).hasMessageContaining("rows 3 to 5");
            assertThatThrownBy(() -> session.explain(new Batch(1, new float[5], new float[3]).targets(0), 0, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no reference");
        }
        assertThatThrownBy(() -> model.withReferences(2, new float[10]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 arrays, not 1");
        assertThatThrownBy(() -> model.withReferences(2, new float[10], new float[5]))
                .hasMessageContaining("'references of b' should be float[2 x 3], got float[5]");
        assertThatThrownBy(() -> model(false, List.of(1)).withReferences(1, new float[5], new float[3]))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void expect(CompiledSession session, Batch batch, String... parts) {
        assertThatThrownBy(() -> session.explain(batch, 0, ROWS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
