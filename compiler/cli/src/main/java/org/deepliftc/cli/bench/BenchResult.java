package org.deepliftc.cli.bench;

import java.util.List;
import org.deepliftc.compiler.driver.RuleTable;

/**
 * One line of a benchmark.
 *
 * @param method as a user writes it, or {@code predict}
 * @param references of each example; 1 for a prediction and for what has none
 * @param multiplyAdds of the direct algorithm, for one example with all its references
 * @param peak what Java reaches on as many threads
 * @param compileMillis from the source to a loaded class
 * @param nodes what each node of an explanation does, with its own backend
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
        double compileMillis,
        List<RuleTable.Row> nodes) {

    public BenchResult {
        nodes = List.copyOf(nodes);
    }

    /** The nodes whose backend is not that of the class, nor folded away. */
    List<RuleTable.Row> otherBackends() {
        return nodes.stream()
                .filter(node ->
                        !node.backend().equals(backend) && !node.backend().equals("folded"))
                .toList();
    }

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
