package org.deepliftc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ParallelExplainerTest {
    private static final int INPUTS = LinearModel.INPUTS;

    @AfterEach
    void leavesNoThread() {
        assertThat(workers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,32,1000", "3,1,101", "8,7,1000", "16,64,65", "4,1000000,10", "2,32,32", "2,32,0"})
    void explainsEveryRowInItsPlace(int threads, int chunkRows, int rows) {
        LinearModel model = new LinearModel();
        float[] x = random(rows);
        float[] output = new float[rows];
        float[] contributions = new float[rows * INPUTS];
        Batch batch = new Batch(rows, x).output(output).contributions(contributions);
        try (ParallelExplainer explainer = ParallelExplainer.of(model)
                .threads(threads)
                .chunkRows(chunkRows)
                .open()) {
            explainer.explain(batch);
        }
        assertExplained(x, output, contributions);
        assertThat(model.opened.get()).isBetween(Math.min(rows, 1), threads);
        assertThat(model.closed.get()).isEqualTo(model.opened.get());
    }

    @Test
    void predicts() {
        float[] x = random(77);
        float[] predictions = new float[77];
        try (ParallelExplainer explainer =
                ParallelExplainer.of(new LinearModel()).threads(3).open()) {
            explainer.predict(new Batch(77, x).predictions(predictions));
        }
        for (int row = 0; row < 77; row++) {
            assertThat(predictions[row]).isEqualTo(LinearModel.value(x, row));
        }
    }

    @Test
    void opensOneSessionPerThreadForManyRuns() {
        LinearModel model = new LinearModel();
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).chunkRows(1).open()) {
            for (int run = 0; run < 50; run++) {
                explainer.explain(new Batch(40, random(40)).output(new float[40]));
            }
            assertThat(model.opened.get()).isBetween(1, 2);
            assertThat(workers()).as("beside the calling one").hasSize(1).allMatch(Thread::isDaemon);
        }
        explainerMayBeClosedTwice(model);
    }

    private static void explainerMayBeClosedTwice(LinearModel model) {
        ParallelExplainer explainer = ParallelExplainer.of(model).open();
        explainer.close();
        explainer.close();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> explainer.explain(new Batch(1, random(1))))
                .withMessageContaining("closed");
    }

    @Test
    void streamsInOrderAndHoldsNoMoreBatchesThanAllowed() throws IOException {
        int batches = 40;
        Random random = new Random(3);
        LinearModel model = new LinearModel(first -> Thread.yield());
        List<float[]> inputs = new ArrayList<>();
        List<Batch> delivered = new ArrayList<>();
        AtomicInteger held = new AtomicInteger();
        Thread caller = Thread.currentThread();
        BatchSource source = () -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            if (inputs.size() == batches) {
                return Optional.empty();
            }
            assertThat(held.incrementAndGet()).isLessThanOrEqualTo(3);
            int rows = random.nextInt(100);
            inputs.add(random(rows));
            return Optional.of(new Batch(rows, inputs.get(inputs.size() - 1))
                    .output(new float[rows])
                    .contributions(new float[rows * INPUTS]));
        };
        BatchSink sink = batch -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            assertThat(batch.input(0)).isSameAs(inputs.get(delivered.size()));
            assertExplained((float[]) batch.input(0), (float[]) batch.output(), (float[]) batch.contributions(0));
            delivered.add(batch);
            held.decrementAndGet();
        };
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(4).chunkRows(8).inFlight(3).open()) {
            explainer.explain(source, sink);
        }
        assertThat(delivered).hasSize(batches);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "8"})
    void reportsTheLowestRowsThatFailedWhateverTheThreads(int threads) {
        LinearModel model = new LinearModel(first -> {
            if (first >= 300) {
                throw new IllegalArgumentException("row " + first + " is bad");
            }
        });
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(threads).chunkRows(10).open()) {
            for (int attempt = 0; attempt < 50; attempt++) {
                assertThatExceptionOfType(RowsFailedException.class)
                        .isThrownBy(() -> explainer.explain(new Batch(1_000, random(1_000))))
                        .withMessage("rows 300 to 309 of batch 0: row 300 is bad")
                        .withCauseInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(model.closed.get()).isEqualTo(model.opened.get());
    }

    @Test
    void neverDeliversABatchThatFailed() {
        LinearModel model = new LinearModel(first -> {
            if (first == 3) {
                throw new StackOverflowError();
            }
        });
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(4).chunkRows(1).open()) {
            for (int attempt = 0; attempt < 500; attempt++) {
                AtomicInteger supplied = new AtomicInteger();
                List<Integer> delivered = new ArrayList<>();
                assertThatExceptionOfType(RowsFailedException.class)
                        .isThrownBy(() -> explainer.explain(
                                () -> {
                                    int rows = supplied.getAndIncrement() == 2 ? 4 : 3;
                                    return Optional.of(new Batch(rows, random(rows)));
                                },
                                batch -> delivered.add(batch.examples())))
                        .satisfies(e -> {
                            assertThat(e.batch()).isEqualTo(2);
                            assertThat(e.first()).isEqualTo(3);
                            assertThat(e.count()).isEqualTo(1);
                        })
                        .withMessage("row 3 of batch 2: java.lang.StackOverflowError");
                assertThat(delivered).hasSizeLessThanOrEqualTo(2).allMatch(rows -> rows == 3);
            }
        }
    }

    @Test
    void worksAgainAfterAFailure() {
        AtomicInteger failures = new AtomicInteger(1);
        LinearModel model = new LinearModel(first -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("once");
            }
        });
        float[] x = random(10);
        float[] output = new float[10];
        float[] contributions = new float[10 * INPUTS];
        Batch batch = new Batch(10, x).output(output).contributions(contributions);
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(1).open()) {
            assertThatExceptionOfType(RowsFailedException.class).isThrownBy(() -> explainer.explain(batch));
            explainer.explain(batch);
        }
        assertExplained(x, output, contributions);
        assertThat(model.opened.get()).isEqualTo(2);
        assertThat(model.closed.get()).isEqualTo(2);
    }

    @Test
    void saysWhatToDoWhereASessionDoesNotFit() {
        CompiledModel model = new CompiledModel() {
            @Override
            public ModelDescription description() {
                return ModelDescription.builder("huge")
                        .computes(ModelDescription.ElementType.FLOAT, "scalar", 1L << 40)
                        .build();
            }

            @Override
            public CompiledSession openSession() {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public CompiledModel withReferences(int count, Object... references) {
                return this;
            }
        };
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).open()) {
            assertThatExceptionOfType(RowsFailedException.class)
                    .isThrownBy(() -> explainer.explain(new Batch(100, new float[100])))
                    .withMessageContaining("1099511627776 bytes each, 2 threads); use fewer threads or give Java more");
        }
    }

    @Test
    void stopsWithinAChunkWhenCancelled() {
        Cancellation cancellation = new Cancellation();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger begunWhenCancelled = new AtomicInteger();
        LinearModel model = new LinearModel(first -> {
            if (begun.incrementAndGet() == 20) {
                cancellation.cancel();
                begunWhenCancelled.set(begun.get()); // other threads went on until cancel() took effect
            }
        });
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(4).chunkRows(1).open()) {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> explainer.explain(new Batch(10_000, random(10_000)), Progress.NONE, cancellation))
                    .withMessage("the run was cancelled");
            int atReturn = begun.get();
            assertThat(atReturn).isBetween(20, begunWhenCancelled.get() + 4).isLessThan(10_000);
            explainer.explain(new Batch(10, random(10)));
            assertThat(begun.get()).isEqualTo(atReturn + 10);
        }
    }

    @Test
    void endsInterruptedWhenItsCallerIsInterruptedAndTouchesNoArrayAfterwards() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LinearModel model = new LinearModel(first -> {
            computing.countDown();
            while (release.getCount() > 0) { // the calling thread computes, too, and an interrupt ends no chunk
                Thread.onSpinWait();
            }
            // The other thread takes longer for the rest than the caller to notice that it was interrupted.
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicInteger flag = new AtomicInteger();
        float[] output = new float[1_000];
        float[] atReturn = new float[1_000];
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).chunkRows(1).open()) {
            Thread caller = new Thread(() -> {
                try {
                    explainer.explain(new Batch(1_000, random(1_000)).output(output));
                } catch (CancellationException e) {
                    thrown.set(e);
                }
                flag.set(Thread.currentThread().isInterrupted() ? 1 : -1);
                System.arraycopy(output, 0, atReturn, 0, output.length);
            });
            caller.start();
            computing.await();
            caller.interrupt();
            caller.join(50);
            assertThat(caller.isAlive()).as("waits for the chunks begun").isTrue();
            release.countDown();
            caller.join();
        }
        assertThat(thrown.get()).isInstanceOf(CancellationException.class).hasMessage("the run was interrupted");
        assertThat(flag.get()).isEqualTo(1);
        assertThat(output).isEqualTo(atReturn);
        assertThat(output[999]).isZero();
    }

    @Test
    void closingEndsARunOfAnotherThread() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        LinearModel model = new LinearModel(first -> {
            computing.countDown();
            sleep(2);
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).chunkRows(1).open();
        Thread caller = new Thread(() -> {
            try {
                explainer.explain(new Batch(1_000_000, new float[5_000_000]));
            } catch (CancellationException e) {
                thrown.set(e);
            }
        });
        caller.start();
        computing.await();
        explainer.close();
        caller.join();
        assertThat(thrown.get()).hasMessageContaining("closed");
        assertThat(model.closed.get()).isEqualTo(model.opened.get());
    }

    @Test
    void passesOnWhatSourceSinkAndProgressThrow() {
        try (ParallelExplainer explainer =
                ParallelExplainer.of(new LinearModel()).threads(2).open()) {
            AtomicInteger calls = new AtomicInteger();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> explainer.explain(
                            () -> {
                                if (calls.incrementAndGet() == 3) {
                                    throw new IOException("disk gone");
                                }
                                return Optional.of(new Batch(100, random(100)));
                            },
                            batch -> {}))
                    .withMessage("disk gone");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> explainer.explain(() -> Optional.of(new Batch(9, random(9))), batch -> {
                        throw new IOException("disk full");
                    }))
                    .withMessage("disk full");
            assertThatIllegalStateException()
                    .isThrownBy(() -> explainer.explain(
                            new Batch(9, random(9)),
                            (done, total) -> {
                                throw new IllegalStateException("no terminal");
                            },
                            new Cancellation()))
                    .withMessage("no terminal");
        }
    }

    @Test
    void refusesARunWithinARun() {
        try (ParallelExplainer explainer =
                ParallelExplainer.of(new LinearModel()).open()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> explainer.explain(
                            () -> Optional.of(new Batch(1, random(1))), batch -> explainer.explain(batch)))
                    .withMessageContaining("open another one");
        }
    }

    @Test
    void reportsRisingProgressAtABoundedRateAndTheEnd() {
        LinearModel model = new LinearModel(first -> sleep(1));
        List<Long> heard = new ArrayList<>();
        long begun = System.nanoTime();
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).chunkRows(1).open()) {
            explainer.explain(
                    new Batch(600, random(600)),
                    (done, total) -> {
                        assertThat(total).isEqualTo(OptionalLong.of(600));
                        heard.add(done);
                    },
                    new Cancellation());
        }
        long tenths = (System.nanoTime() - begun) / 100_000_000;
        assertThat(heard).isSorted().endsWith(600L);
        assertThat(heard.size()).isBetween(2, (int) tenths + 2);
        assertThat(heard.get(0)).isLessThan(600L);
    }

    /** A batch of one chunk is computed by the thread that asks, without waking another. */
    @Test
    void startsNoThreadThatHasNothingToDo() {
        LinearModel model = new LinearModel();
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(8).chunkRows(10).open()) {
            for (int run = 0; run < 20; run++) {
                explainer.explain(new Batch(10, random(10)).output(new float[10]));
            }
            assertThat(workers()).isEmpty();
            explainer.explain(new Batch(30, random(30)).output(new float[30]));
            assertThat(workers()).hasSize(2);
        }
        assertThat(model.closed.get()).isEqualTo(model.opened.get());
    }

    /** Batches of one chunk each occupy as many threads as are in flight. */
    @Test
    void computesBatchesOfAStreamAtOnce() throws IOException {
        Set<Thread> met = ConcurrentHashMap.newKeySet();
        LinearModel model = new LinearModel(first -> {
            met.add(Thread.currentThread());
            sleep(5);
        });
        AtomicInteger left = new AtomicInteger(30);
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(3).chunkRows(10).open()) {
            explainer.explain(
                    () -> left.getAndDecrement() > 0
                            ? Optional.of(new Batch(10, random(10)).output(new float[10]))
                            : Optional.empty(),
                    batch -> {});
        }
        assertThat(met).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void computesWithBothThreads() {
        Set<Thread> met = ConcurrentHashMap.newKeySet();
        LinearModel model = new LinearModel(first -> {
            met.add(Thread.currentThread());
            sleep(5);
        });
        try (ParallelExplainer explainer =
                ParallelExplainer.of(model).threads(2).chunkRows(32).open()) {
            for (int run = 0; run < 10; run++) {
                explainer.explain(new Batch(64, random(64)).output(new float[64]));
            }
        }
        assertThat(met).hasSize(2).contains(Thread.currentThread());
    }

    @Test
    void allocatesNothingPerChunk() {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Batch large = new Batch(100_000, random(100_000)).output(new float[100_000]);
        try (ParallelExplainer explainer =
                ParallelExplainer.of(new LinearModel()).threads(2).chunkRows(1).open()) {
            explainer.explain(large);
            long[] workers = workers().stream().mapToLong(Thread::getId).toArray();
            assertThat(workers).hasSize(1);
            long before = total(memory.getThreadAllocatedBytes(workers));
            explainer.explain(large);
            assertThat(total(memory.getThreadAllocatedBytes(workers)) - before).isLessThan(20_000);
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        ParallelExplainer.Builder builder = ParallelExplainer.of(new LinearModel());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.threads(0))
                .withMessage("the number of threads is 0, not 1 to 1024");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.threads(1_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.chunkRows(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.inFlight(-1));
    }

    private static void assertExplained(float[] x, float[] output, float[] contributions) {
        for (int row = 0; row < output.length; row++) {
            assertThat(output[row]).isEqualTo(LinearModel.value(x, row));
            for (int i = 0; i < INPUTS; i++) {
                assertThat(contributions[row * INPUTS + i]).isEqualTo(LinearModel.contribution(x, row, i));
            }
        }
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deepliftc-"))
                .toList();
    }

    private static float[] random(int rows) {
        Random random = new Random(rows);
        float[] x = new float[rows * INPUTS];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    private static long total(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
