package org.deepliftc.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ParallelExplainer;
import org.deepliftc.runtime.VectorSwitch;

/**
 * How a task behaves, cold and warm. A call is one of the whole batch, on all threads.
 *
 * @param coldFirstCallMicros of the first call of all, right after loading the class, in one thread
 * @param warmAfterSeconds how long the rate went on improving
 * @param callsPerSecond one measurement a round
 * @param allocation of one call of a session on the whole batch
 * @param latencyMicros of single calls
 */
public record Measurement(
        double coldFirstCallMicros,
        double warmAfterSeconds,
        Spread callsPerSecond,
        Allocation allocation,
        Spread latencyMicros) {
    private static final int ROUNDS = 5;
    private static final int MOST_LATENCIES = 200_000;
    private static final int LEAST_LATENCIES = 100;
    private static final int FEWEST_LATENCIES = 5;
    private static final long LATENCY_NANOS = 10_000_000_000L;

    /** Measures a task that has not run yet for about {@code seconds}, after warming it up. */
    public static Measurement of(BenchTask task, Batch batch, int threads, double seconds) {
        try (CompiledSession session = task.model().openSession()) {
            Runnable alone = () -> task.run(session, batch);
            double cold = nanos(alone) / 1e3;
            if (threads == 1) {
                return warm(alone, alone, cold, seconds);
            }
            int chunk = Math.max(1, Math.min(32, (batch.examples() + threads - 1) / threads));
            try (ParallelExplainer explainer = ParallelExplainer.of(task.model())
                    .threads(threads)
                    .chunkRows(chunk)
                    .open()) {
                return warm(() -> task.run(explainer, batch), alone, cold, seconds);
            }
        }
    }

    /** Scalar code answers until vector code is warm; what is measured is what stays. */
    private static void awaitVectors() {
        try {
            VectorSwitch.awaitWarm();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Measurement warm(Runnable call, Runnable alone, double cold, double seconds) {
        awaitVectors();
        double warmAfter = new WarmUp().run(call);
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[round] = rate(call, seconds * 2 / 3 / ROUNDS);
        }
        Spread latency = latencies(call, seconds / 3);
        return new Measurement(cold, warmAfter, new Spread(rates), allocated(alone), latency);
    }

    private static long nanos(Runnable call) {
        long began = System.nanoTime();
        call.run();
        return System.nanoTime() - began;
    }

    /** Calls for so long, at least once. @return calls per second */
    private static double rate(Runnable call, double seconds) {
        long began = System.nanoTime();
        long calls = 0;
        long elapsed;
        do {
            call.run();
            calls++;
            elapsed = System.nanoTime() - began;
        } while (elapsed < seconds * 1e9);
        return calls * 1e9 / elapsed;
    }

    /** Single calls for so long; where they are slow a hundred of them if that takes ten seconds, at least five. */
    private static Spread latencies(Runnable call, double seconds) {
        double[] micros = new double[MOST_LATENCIES];
        long began = System.nanoTime();
        int count = 0;
        long elapsed = 0;
        while (count < MOST_LATENCIES
                && (count < FEWEST_LATENCIES
                        || elapsed < seconds * 1e9
                        || count < LEAST_LATENCIES && elapsed < LATENCY_NANOS)) {
            micros[count++] = nanos(call) / 1e3;
            elapsed = System.nanoTime() - began;
        }
        return new Spread(Arrays.copyOf(micros, count));
    }

    private static Allocation allocated(Runnable call) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean)) {
            return Allocation.UNKNOWN;
        }
        long thread = Thread.currentThread().getId();
        bean.getThreadAllocatedBytes(thread);
        return Allocation.of(call, () -> bean.getThreadAllocatedBytes(thread), System::nanoTime);
    }
}
