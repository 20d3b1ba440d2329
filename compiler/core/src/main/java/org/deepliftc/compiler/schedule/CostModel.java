package org.deepliftc.compiler.schedule;

import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * What work is expected to take on one thread: a roofline. A step takes as long as its arithmetic or its memory traffic
 * alone, whichever is longer:
 *
 * <pre>
 * seconds = max(operations / rate, activation bytes / cache bandwidth + weight bytes / batch / weight bandwidth)
 * </pre>
 *
 * <p>The constants are measured, not this machine's: {@code tests/benchmarks/RESULTS.md} has the runs. They hold for one
 * core of a server of the 2020s whose vectors are 512 bits wide (a peak of 120e9 multiply-adds a second, a second-level
 * cache of 1 MiB); with 256 bits expect half of the vector rate.
 *
 * <ul>
 *   <li>An operation is a multiply-add of the direct algorithm or, in a step that writes more elements than it
 *       multiplies, the making of one element. Scalar code does {@value #SCALAR_RATE} a second, in either precision: whole
 *       networks reach 4.2e9 to 4.4e9. Vector code does {@value #VECTOR_RATE} with floats: kernels reach 90e9 from
 *       cache, whole networks 71e9 to 91e9; it would do half as many with doubles.
 *   <li>Activations are read from and written to the second-level cache at {@value #CACHE_BANDWIDTH} bytes a second.
 *   <li>Weights are read once for all examples of a batch: from that cache where all weights of the model fit into
 *       {@value #CACHE_BYTES} bytes, else from memory at {@value #MEMORY_BANDWIDTH} bytes a second.
 *   <li>Nothing is known of the data: work that a zero or a one-hot input saves counts in full, as do slow elementary
 *       functions, which count as one operation.
 * </ul>
 *
 * <p>So a rate is right within a small factor, and the ranking of nodes is better than their rates.
 *
 * @param operationsPerSecond multiply-adds, or elements, a second
 * @param weightBytesPerSecond the bandwidth at which weights arrive
 * @param batch examples that share one reading of the weights; at least 1
 */
public record CostModel(double operationsPerSecond, double weightBytesPerSecond, int batch) {
    private static final double SCALAR_RATE = 4e9;
    private static final double VECTOR_RATE = 80e9;
    private static final double CACHE_BANDWIDTH = 100e9;
    private static final double MEMORY_BANDWIDTH = 16e9;
    private static final long CACHE_BYTES = 1L << 20;

    /**
     * Seconds of scalar work on each thread from which on vector code pays in a process that ends with the work. To print,
     * compile and load it takes 0.6 s more of one core than scalar code, and until it is warm, which takes 1 s to 3 s, scalar
     * code answers anyway.
     */
    private static final double VECTOR_START_SECONDS = 2;

    public CostModel {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch of " + batch);
        }
    }

    /**
     * The model of a class.
     *
     * @param vector whether its loops are vector code
     * @param batch examples that are computed together
     * @param weightBytes of all weights of the model
     */
    public static CostModel of(boolean vector, ElementType type, int batch, long weightBytes) {
        double lanes = type == ElementType.DOUBLE ? 0.5 : 1;
        return new CostModel(
                vector ? VECTOR_RATE * lanes : SCALAR_RATE,
                weightBytes <= CACHE_BYTES ? CACHE_BANDWIDTH : MEMORY_BANDWIDTH,
                batch);
    }

    /**
     * Whether vector code pays in a process that does this work and ends.
     *
     * @param multiplyAdds of the direct algorithm, of all the work
     * @param threads among which it is divided
     */
    public static boolean vectorsPay(double multiplyAdds, int threads) {
        return multiplyAdds / SCALAR_RATE / threads >= VECTOR_START_SECONDS;
    }

    /**
     * Seconds a step takes for one example.
     *
     * @param multiplyAdds of the direct algorithm
     * @param elements it writes
     * @param activationBytes it reads and writes besides weights
     * @param weightBytes it reads
     */
    public double seconds(long multiplyAdds, long elements, long activationBytes, long weightBytes) {
        double arithmetic = Math.max(multiplyAdds, elements) / operationsPerSecond;
        double traffic = activationBytes / CACHE_BANDWIDTH + weightBytes / (weightBytesPerSecond * batch);
        return Math.max(arithmetic, traffic);
    }
}
