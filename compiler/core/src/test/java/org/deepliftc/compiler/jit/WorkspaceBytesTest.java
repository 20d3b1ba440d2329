package org.deepliftc.compiler.jit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.driver.CostTable;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.vector.Networks;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory of a session, told before anything runs, is what a session has once it has explained. */
class WorkspaceBytesTest {
    /** What the objects around the arrays take at most: their headers, and the fields of session and references. */
    private static final long OBJECTS = 8_192;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SEQUENCE,zeros,1",
        "SEQUENCE,zeros,16",
        "SEQUENCE,given,8",
        "RESIDUAL,given,1",
        "IMAGE,zeros,8",
        "DEEP,zeros,32",
        "TABLE,given,4"
    })
    void isToldBeforehand(Networks network, String reference, int batch) throws ReflectiveOperationException {
        Model model = network.in(folder);
        Reference chosen = reference.equals("given") ? new Reference.Given() : new Reference.Zeros();
        CompileOptions options = CompileOptions.DEFAULT
                .withExplain(ExplainOptions.NONE.withReferences(Map.of("*", chosen)))
                .withBackend(Backend.SCALAR)
                .withExpectedBatch(batch);
        CostTable costs = Compiler.costs(model, options);
        CompiledModel compiled = Compiler.load(Compiler.compile(model, options));
        int size = compiled.description().inputs().get(0).size();
        Batch rows = new Batch(2, (Object) new float[2 * size]).contributions((Object) new float[2 * size]);
        float[] references = new float[6 * size];
        if (reference.equals("given")) {
            rows.references(3, (Object) references);
        }
        compiled.openSession().close(); // classes are loaded now
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(thread);
        try (CompiledSession session = compiled.openSession()) {
            session.explain(rows, 0, 2);
            long allocated = memory.getThreadAllocatedBytes(thread) - before;

            assertThat(costs.totals().sessionBytes()).isEqualTo(arrays(session, references));
            assertThat(compiled.description().workspaceBytes()).isEqualTo(arrays(session, references));
            assertThat(allocated - arrays(session, references)).isBetween(0L, OBJECTS);
        }
    }

    /** The bytes of all arrays of numbers that a session and its own references hold, but the caller's. */
    private static long arrays(Object holder, float[] callers) throws ReflectiveOperationException {
        long bytes = 0;
        for (Field field : holder.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = Modifier.isStatic(field.getModifiers()) ? null : field.get(holder);
            if (value != null && field.getName().equals("own")) {
                bytes += arrays(value, callers);
            } else if (value instanceof float[] && value != callers
                    || value instanceof int[] && field.getName().startsWith("indexSlot")) {
                bytes += 4L * Array.getLength(value);
            }
        }
        return bytes;
    }
}
