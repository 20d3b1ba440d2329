package org.deepliftc.compiler.interpret;

import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * The entries of a window as lines over the path from the reference (0) to the example (1), and the parts of the path on
 * which each is the upper envelope: found by walking along it from one crossing to the next.
 */
final class SegmentMeaning {
    private final WindowMeaning windows;
    private final Shape space;
    private final double[] actual;
    private final double[] reference;

    SegmentMeaning(Window window, Shape space, double[] actual, double[] reference) {
        this.windows = new WindowMeaning(window, space);
        this.space = space;
        this.actual = actual;
        this.reference = reference;
    }

    /** What happens on one part of one path. */
    private interface Part {
        void of(int output, int entry, double share);
    }

    /** y[p] = sum_i s_i v[i]. */
    double[] forward(double[] v, int channels) {
        double[] y = new double[channels * windows.output().size()];
        walk(channels, (output, entry, share) -> y[output] += share * v[entry]);
        return y;
    }

    /** v[i] += s_i m[p]. */
    double[] transposed(double[] m, int channels) {
        double[] v = new double[channels * space.size()];
        walk(channels, (output, entry, share) -> v[entry] += share * m[output]);
        return v;
    }

    private void walk(int channels, Part part) {
        Shape output = windows.output();
        int[] at = Coordinates.first(output);
        for (int p = 0; p < output.size(); p++) {
            int[] taps = windows.taps(at);
            for (int c = 0; c < channels; c++) {
                walk(taps, c * space.size(), c * output.size() + p, part);
            }
            Coordinates.advance(at, output);
        }
    }

    private void walk(int[] taps, int channel, int output, Part part) {
        int entry = highest(taps, channel);
        double at = 0;
        while (at < 1) {
            double next = 1;
            int following = entry;
            for (int tap : taps) {
                double gain = tap == WindowMeaning.PADDING ? 0 : rise(channel + tap) - rise(entry);
                if (gain > 0) {
                    double crossing = Math.max(at, (reference[entry] - reference[channel + tap]) / gain);
                    if (crossing < next) {
                        next = crossing;
                        following = channel + tap;
                    }
                }
            }
            part.of(output, entry, next - at);
            at = next;
            entry = following;
        }
    }

    private double rise(int entry) {
        return actual[entry] - reference[entry];
    }

    /** The largest entry of the reference, the first where tied. */
    private int highest(int[] taps, int channel) {
        int best = WindowMeaning.PADDING;
        for (int tap : taps) {
            if (tap != WindowMeaning.PADDING && (best < 0 || reference[channel + tap] > reference[best])) {
                best = channel + tap;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("a window of this pool sees nothing but padding");
        }
        return best;
    }
}
