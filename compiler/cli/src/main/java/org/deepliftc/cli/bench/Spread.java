package org.deepliftc.cli.bench;

import java.util.Arrays;

/** Repeated measurements of one quantity, in rising order. */
public record Spread(double[] sorted) {

    public Spread {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no measurements");
        }
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double median() {
        return percentile(50);
    }

    /** The smallest measurement that at least {@code percent} per cent of all do not exceed. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
