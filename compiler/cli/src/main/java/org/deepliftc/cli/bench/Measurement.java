package org.deepliftc.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ParallelExplainer;

/**
 * The warm behaviour of a task.
 *
 * @param callsPerSecond of the whole batch, one measurement a round
 * @param bytesPerCall allocated by one call of a session on the whole batch, after warm-up
 * @param latencyMicros of calls with one example
 */
public record Measurement(Spread callsPerSecond, long bytesPerCall, Spread latencyMicros) {
    private static final int ROUNDS = 5;
    private static final int MOST_LATENCIES = 200_000;
    private static final int LEAST_LATENCIES = 100;

    /**
     * Measures for about {@code seconds}, after warming up for a third as long.
     *
     * @param batch the batch of the rates
     * @param single a batch of one example, of the latencies
     */
    public static Measurement of(BenchTask task, Batch batch, Batch single, int threads, double seconds) {
        Spread rate = threads == 1 ? alone(task, batch, seconds) : together(task, batch, threads, seconds);
        try (CompiledSession session = task.model().openSession()) {
            Runnable one = () -> task.run(session, single);
            repeat(one, seconds / 12);
            Spread latency = latencies(one, seconds / 4);
            Runnable all = () -> task.run(session, batch);
            repeat(all, seconds / 12);
            return new Measurement(rate, allocated(all), latency);
        }
    }

    private static Spread alone(BenchTask task, Batch batch, double seconds) {
        try (CompiledSession session = task.model().openSession()) {
            return rounds(() -> task.run(session, batch), seconds);
        }
    }

    private static Spread together(BenchTask task, Batch batch, int threads, double seconds) {
        int chunk = Math.max(1, Math.min(32, (batch.examples() + threads - 1) / threads));
        try (ParallelExplainer explainer = ParallelExplainer.of(task.model())
                .threads(threads)
                .chunkRows(chunk)
                .open()) {
            return rounds(() -> task.run(explainer, batch), seconds);
        }
    }

    private static Spread rounds(Runnable call, double seconds) {
        repeat(call, seconds / 3);
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[round] = repeat(call, seconds * 2 / 3 / ROUNDS);
        }
        return new Spread(rates);
    }

    /** Calls for so long, at least once. @return calls per second */
    private static double repeat(Runnable call, double seconds) {
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

    private static Spread latencies(Runnable call, double seconds) {
        double[] micros = new double[MOST_LATENCIES];
        long began = System.nanoTime();
        int count = 0;
        long last = began;
        while (count < MOST_LATENCIES && (count < LEAST_LATENCIES || last - began < seconds * 1e9)) {
            long before = System.nanoTime();
            call.run();
            last = System.nanoTime();
            micros[count++] = (last - before) / 1e3;
        }
        return new Spread(java.util.Arrays.copyOf(micros, count));
    }

    /** The least of a few calls: what the call itself allocates, without a compilation that happens to fall into it. */
    private static long allocated(Runnable call) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean)) {
            return -1;
        }
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        bean.getThreadAllocatedBytes(thread);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = bean.getThreadAllocatedBytes(thread);
            call.run();
            least = Math.min(least, bean.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
