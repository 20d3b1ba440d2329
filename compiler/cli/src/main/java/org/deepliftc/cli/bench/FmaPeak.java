package org.deepliftc.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.LongUnaryOperator;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.schedule.Backend;

/**
 * The multiply-adds that Java reaches on this machine, in GFLOP/s (a multiply-add counts two), timed in the same process
 * as the model and on as many threads. With the module of the Vector API it is a loop on vector registers alone. Without
 * it two loops of plain Java are timed and the better one counts: independent accumulators in registers, and a chain over
 * an array in the first-level cache that the JIT compiler turns into vector instructions where it can.
 */
public final class FmaPeak {
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 60_000_000L;
    private static final int SCALAR_STEPS = 20_000;
    private static final int VECTOR_STEPS = 20_000;
    private static final int LENGTH = 1024;
    private static final int CHAIN = 16;
    private static final int SWEEPS = 32;

    /** Keeps results alive, so that no loop is dead code. */
    private static volatile double sink;

    private FmaPeak() {}

    /**
     * A measured peak.
     *
     * @param gflops of all threads together
     * @param kind which loop reached it
     */
    public record Peak(double gflops, String kind) {}

    /** A loop that reports how many multiply-adds it has done. */
    private interface Kernel {
        long run();
    }

    /** Measures on {@code threads} threads at once. */
    public static Peak measure(Precision precision, int threads) {
        if (Backend.isVectorModulePresent()) {
            LongUnaryOperator loop = VectorLoop.compile(precision);
            return new Peak(best(threads, () -> loop.applyAsLong(VECTOR_STEPS)), loop.toString());
        }
        boolean single = precision == Precision.FLOAT;
        double scalar = best(threads, single ? FmaPeak::scalarFloat : FmaPeak::scalarDouble);
        double array = best(threads, single ? arrayFloat() : arrayDouble());
        return array > scalar
                ? new Peak(array, "array loop, vectorised by the JIT compiler")
                : new Peak(scalar, "independent scalar accumulators");
    }

    private static double best(int threads, Kernel kernel) {
        new WarmUp().run(kernel::run);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, round(threads, kernel));
        }
        return best;
    }

    private static double round(int threads, Kernel kernel) {
        long[] done = new long[threads];
        long[] nanos = new long[threads];
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int own = i;
            Thread worker = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                    return; // counts as nothing done
                }
                long began = System.nanoTime();
                while (nanos[own] < ROUND_NANOS) {
                    done[own] += kernel.run();
                    nanos[own] = System.nanoTime() - began;
                }
            });
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        double gflops = 0;
        for (int i = 0; i < threads; i++) {
            try {
                workers.get(i).join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
            gflops += nanos[i] == 0 ? 0 : 2.0 * done[i] / nanos[i];
        }
        return gflops;
    }

    private static long scalarFloat() {
        float a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7, i = 8, j = 9, k = 10, l = 11;
        float x = 0.999f;
        float y = 0.001f;
        for (int step = 0; step < SCALAR_STEPS; step++) {
            a = Math.fma(a, x, y);
            b = Math.fma(b, x, y);
            c = Math.fma(c, x, y);
            d = Math.fma(d, x, y);
            e = Math.fma(e, x, y);
            f = Math.fma(f, x, y);
            g = Math.fma(g, x, y);
            h = Math.fma(h, x, y);
            i = Math.fma(i, x, y);
            j = Math.fma(j, x, y);
            k = Math.fma(k, x, y);
            l = Math.fma(l, x, y);
        }
        sink = a + b + c + d + e + f + g + h + i + j + k + l;
        return 12L * SCALAR_STEPS;
    }

    private static long scalarDouble() {
        double a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7, i = 8, j = 9, k = 10, l = 11;
        double x = 0.999;
        double y = 0.001;
        for (int step = 0; step < SCALAR_STEPS; step++) {
            a = Math.fma(a, x, y);
            b = Math.fma(b, x, y);
            c = Math.fma(c, x, y);
            d = Math.fma(d, x, y);
            e = Math.fma(e, x, y);
            f = Math.fma(f, x, y);
            g = Math.fma(g, x, y);
            h = Math.fma(h, x, y);
            i = Math.fma(i, x, y);
            j = Math.fma(j, x, y);
            k = Math.fma(k, x, y);
            l = Math.fma(l, x, y);
        }
        sink = a + b + c + d + e + f + g + h + i + j + k + l;
        return 12L * SCALAR_STEPS;
    }

    private static Kernel arrayFloat() {
        ThreadLocal<float[]> arrays = ThreadLocal.withInitial(() -> new float[LENGTH]);
        return () -> {
            float[] v = arrays.get();
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                sweep(v, 0.999f, 0.001f);
            }
            sink = v[0];
            return (long) SWEEPS * LENGTH * CHAIN;
        };
    }

    private static Kernel arrayDouble() {
        ThreadLocal<double[]> arrays = ThreadLocal.withInitial(() -> new double[LENGTH]);
        return () -> {
            double[] v = arrays.get();
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                sweep(v, 0.999, 0.001);
            }
            sink = v[0];
            return (long) SWEEPS * LENGTH * CHAIN;
        };
    }

    /** {@value #CHAIN} dependent multiply-adds an element, elements independent: one load and one store for all. */
    private static void sweep(float[] v, float x, float y) {
        for (int i = 0; i < LENGTH; i++) {
            float t = v[i];
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            v[i] = t;
        }
    }

    private static void sweep(double[] v, double x, double y) {
        for (int i = 0; i < LENGTH; i++) {
            double t = v[i];
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            t = Math.fma(t, x, y);
            v[i] = t;
        }
    }
}
