package org.deepliftc.cli.bench;

/**
 * One line of a benchmark.
 *
 * @param method as a user writes it, or {@code predict}
 * @param references of each example; 0 for a method without
 * @param sharedReferences whether all examples share them
 * @param multiplyAdds of the direct algorithm, for one example with all its references
 * @param peak what plain Java reaches on as many threads
 * @param compileMillis from the source to a loaded class
 * @param firstResultMillis from the source to the first result
 */
public record BenchResult(
        String method,
        String backend,
        int batch,
        int references,
        boolean sharedReferences,
        int threads,
        Measurement measured,
        double multiplyAdds,
        FmaPeak.Peak peak,
        double compileMillis,
        double firstResultMillis) {

    /** Examples per second in a round. */
    public double examples(double callsPerSecond) {
        return callsPerSecond * batch;
    }

    /** (example, reference) pairs per second in the median round. */
    public double pairsPerSecond() {
        return examples(measured.callsPerSecond().median()) * Math.max(1, references);
    }

    /** FLOPs of the direct algorithm against the peak. */
    public double percentOfPeak() {
        return 100 * examples(measured.callsPerSecond().median()) * multiplyAdds * 2 / (peak.gflops() * 1e9);
    }

    /**
     * Multiply-adds of the direct algorithm for one example: a forward pass over the example, one over each reference
     * that is not shared, and a pass back for each pair.
     *
     * @param forward multiply-adds of one forward pass
     */
    public static double directMultiplyAdds(double forward, boolean predict, int references, boolean shared) {
        if (predict) {
            return forward;
        }
        int pairs = Math.max(1, references);
        return forward * (1 + pairs + (shared ? 0 : pairs));
    }
}
