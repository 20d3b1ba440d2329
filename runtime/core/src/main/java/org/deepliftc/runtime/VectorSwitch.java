package org.deepliftc.runtime;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides when a generated class computes with vectors. Both codes give the same bits; but vector code is hundreds of times
 * slower than scalar code until the JIT has compiled it, so that scalar code answers first while vector code runs on a
 * background thread until it is the faster one.
 *
 * <p>The system property {@value #PROPERTY} chooses otherwise: {@code off} never uses vectors, {@code now} uses them from
 * the first call. Without the module {@code jdk.incubator.vector} in this process code stays scalar.
 */
public final class VectorSwitch {

    /** The system property: {@code auto} (default), {@code now} or {@code off}. */
    public static final String PROPERTY = "deepliftc.vectors";

    private static final String MODULE = "jdk.incubator.vector";

    /** A window of warming up, its growth that still counts, and how long warming up may take. */
    private static final long WINDOW_NANOS = 50_000_000;

    private static final double GROWTH = 1.05;
    private static final int STEADY_WINDOWS = 4;
    private static final long MOST_NANOS = 20_000_000_000L;

    private static final Set<Thread> WARMING = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean started = new AtomicBoolean();
    private final boolean possible;
    private volatile boolean ready;

    /** Makes the switch of one generated class. */
    public VectorSwitch() {
        String chosen = System.getProperty(PROPERTY, "auto");
        possible = !chosen.equals("off") && isAvailable();
        ready = possible && chosen.equals("now");
    }

    /** True where this process has the module that vector code needs. */
    public static boolean isAvailable() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /**
     * Waits until all vector code of this process that is warming up is warm, as a benchmark wants it.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static void awaitWarm() throws InterruptedException {
        for (Thread thread : WARMING) {
            thread.join();
            WARMING.remove(thread);
        }
    }

    /** True where sessions are to compute with vectors now. */
    public boolean isReady() {
        return ready;
    }

    /** True until vector code begins to warm up, which takes a session; not for a second model of the same class. */
    public boolean isPending() {
        return possible && !ready && !started.get();
    }

    /**
     * Begins to warm vector code up in the background, the first time it is called.
     *
     * @param model what is run, on made-up inputs
     * @param session uses vectors whatever the switch says; it is closed in the end
     * @param tile the most rows that run together
     */
    public void warmUp(CompiledModel model, CompiledSession session, int tile) {
        if (!isPending() || !started.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(() -> run(model, session, tile), "deepliftc-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        WARMING.add(thread);
        thread.start();
    }

    private void run(CompiledModel model, CompiledSession session, int tile) {
        try (session) {
            Batch batch = madeUp(model.description(), tile);
            double scalar = scalarRate(model, batch, tile);
            long end = System.nanoTime() + MOST_NANOS;
            boolean fast = steady(end, scalar, () -> session.explain(batch, 0, tile));
            steady(end, 0, () -> {
                session.explain(batch, 0, 1);
                session.predict(batch, 0, tile);
            });
            ready = fast;
        } catch (LinkageError e) {
            // The JVM has the module but refuses the class: scalar code goes on answering.
            ready = false;
        } finally {
            WARMING.remove(Thread.currentThread());
        }
    }

    /** What scalar code reaches: sessions of the model are scalar as long as this switch is not ready. */
    private static double scalarRate(CompiledModel model, Batch batch, int tile) {
        double best = 0;
        try (CompiledSession scalar = model.openSession()) {
            for (int window = 0; window < STEADY_WINDOWS; window++) {
                best = Math.max(best, rate(() -> scalar.explain(batch, 0, tile)));
            }
        }
        return best;
    }

    /**
     * Runs until the rate of several windows has not grown.
     *
     * @param least a rate below which code is not warm, however steady: a call may be longer than many windows
     * @return whether the rate came to be that high
     */
    static boolean steady(long end, double least, Runnable once) {
        double best = 0;
        int steady = 0;
        while (steady < STEADY_WINDOWS && System.nanoTime() < end) {
            double rate = rate(once);
            steady = rate > best * GROWTH || best < least ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
        return best >= least;
    }

    /** Calls per nanosecond in one window, at least one. */
    private static double rate(Runnable once) {
        long start = System.nanoTime();
        long calls = 0;
        long now;
        do {
            once.run();
            calls++;
            now = System.nanoTime();
        } while (now - start < WINDOW_NANOS);
        return (double) calls / (now - start);
    }

    /** Inputs of ones and zeros, as many ones as a one-hot code has: every path that real inputs take. */
    private static Batch madeUp(ModelDescription description, int rows) {
        Random random = new Random(1);
        int inputs = description.inputs().size();
        Object[] arrays = new Object[inputs];
        Object[] references = new Object[inputs];
        int perExample = 2;
        for (int i = 0; i < inputs; i++) {
            int size = description.inputs().get(i).size();
            int first = description.inputs().get(i).shape().isEmpty()
                    ? 1
                    : description.inputs().get(i).shape().get(0);
            arrays[i] = array(description, rows, size, first, random);
            references[i] = array(description, rows * perExample, size, first, random);
        }
        Batch batch = new Batch(rows, arrays);
        Object[] predictions = new Object[description.outputs().size()];
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] =
                    zeros(description, rows * description.outputs().get(i).size());
        }
        batch.predictions(predictions);
        if (description.referenceBinding() == ModelDescription.ReferenceBinding.GIVEN) {
            batch.references(perExample, references);
        }
        if (description.targetBinding() == ModelDescription.TargetBinding.GIVEN) {
            batch.targets(0);
        }
        return batch;
    }

    private static Object array(ModelDescription description, int rows, int size, int channels, Random random) {
        float[] values = new float[rows * size];
        int positions = size / channels;
        for (int row = 0; row < rows; row++) {
            for (int p = 0; p < positions; p++) {
                values[row * size + random.nextInt(channels) * positions + p] = 1;
            }
        }
        return description.elementType() == ModelDescription.ElementType.FLOAT ? values : doubles(values);
    }

    private static Object zeros(ModelDescription description, int size) {
        return description.elementType() == ModelDescription.ElementType.FLOAT ? new float[size] : new double[size];
    }

    private static double[] doubles(float[] values) {
        double[] all = new double[values.length];
        Arrays.setAll(all, i -> values[i]);
        return all;
    }
}
