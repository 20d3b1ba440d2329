package org.deepliftc.cli.bench;

/**
 * One line of a benchmark.
 *
 * @param method as a user writes it, or {@code predict}
 * @param references of each example; 1 for a prediction and for what has none
 * @param multiplyAdds of the direct algorithm, for one example with all its references
 * @param peak what Java reaches on as many threads
 * @param compileMillis from the source to a loaded class
 */
public record BenchResult(
        String method,
        String backend,
        int batch,
        int references,
        int threads,
        Measurement measured,
        long multiplyAdds,
        FmaPeak.Peak peak,
        double compileMillis) {

    /** Examples per second in a round. */
    public double examples(double callsPerSecond) {
        return callsPerSecond * batch;
    }

    /** (example, reference) pairs per second in the median round. */
    public double pairsPerSecond() {
        return examples(measured.callsPerSecond().median()) * references;
    }

    /** FLOPs of the direct algorithm against the peak; a multiply-add counts two. */
    public double percentOfPeak() {
        return 100 * examples(measured.callsPerSecond().median()) * multiplyAdds * 2 / (peak.gflops() * 1e9);
    }
}
