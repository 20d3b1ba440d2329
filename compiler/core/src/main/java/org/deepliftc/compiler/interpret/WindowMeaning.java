package org.deepliftc.compiler.interpret;

import java.util.Arrays;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Operators that slide a window over the spatial axes of [channels, space...], for any number of spatial axes. */
final class WindowMeaning {
    static final int PADDING = -1;

    /** Sums computed side by side, so that none waits for the one before: a reference of zeros takes billions of terms. */
    private static final int ABREAST = 4;

    private final Window window;
    private final Shape space;
    private final Shape kernel;
    private final Shape output;

    /** A window over inputs whose spatial shape is {@code space}. */
    WindowMeaning(Window window, Shape space) {
        this.window = window;
        this.space = space;
        this.kernel = new Shape(window.size());
        this.output = window.outputOf(space);
    }

    /** The spatial shape that comes out. */
    Shape output() {
        return output;
    }

    /** For each tap of the kernel, row-major, the flat input position it reads for the output at {@code at}. */
    int[] taps(int[] at) {
        int[] taps = new int[kernel.size()];
        int[] strides = space.strides();
        int[] tap = Coordinates.first(kernel);
        for (int k = 0; k < taps.length; k++) {
            taps[k] = 0;
            for (int axis = 0; axis < at.length && taps[k] != PADDING; axis++) {
                int position = at[axis] * window.stride().get(axis)
                        - window.padBefore().get(axis)
                        + tap[axis] * window.dilation().get(axis);
                boolean inside = position >= 0 && position < space.dim(axis);
                taps[k] = inside ? taps[k] + position * strides[axis] : PADDING;
            }
            Coordinates.advance(tap, kernel);
        }
        return taps;
    }

    /** y[o, p] = sum over c, k of W[o, c, k] x[group(o) + c, tap(p, k)]. */
    double[] convolution(double[] x, double[] weights, Shape weightShape, int groups) {
        int filters = weightShape.dim(0);
        int terms = weightShape.dim(1) * kernel.size();
        int positions = output.size();
        double[] y = new double[filters * positions];
        double[] patches = new double[groups * terms * ABREAST];
        int[] at = Coordinates.first(output);
        for (int p = 0; p < positions; p += ABREAST) {
            int count = Math.min(ABREAST, positions - p);
            for (int i = 0; i < count; i++) {
                readPatch(x, taps(at), patches, i);
                Coordinates.advance(at, output);
            }
            for (int o = 0; o < filters; o++) {
                double[] sums = products(weights, o * terms, terms, patches, o / (filters / groups) * terms);
                System.arraycopy(sums, 0, y, o * positions + p, count);
            }
        }
        return y;
    }

    /** What the window sees in all channels, as one of several patches side by side; padding is 0. */
    private void readPatch(double[] x, int[] taps, double[] patches, int number) {
        int plane = space.size();
        int to = number;
        for (int channel = 0; to < patches.length; channel += plane) {
            for (int tap : taps) {
                patches[to] = tap == PADDING ? 0 : x[channel + tap];
                to += ABREAST;
            }
        }
    }

    /** The sums of weight times input of patches side by side, each in the order of the terms. */
    private static double[] products(double[] weights, int from, int terms, double[] patches, int firstTerm) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int at = firstTerm * ABREAST;
        for (int i = from; i < from + terms; i++) {
            double weight = weights[i];
            sum0 += weight * patches[at];
            sum1 += weight * patches[at + 1];
            sum2 += weight * patches[at + 2];
            sum3 += weight * patches[at + 3];
            at += ABREAST;
        }
        return new double[] {sum0, sum1, sum2, sum3};
    }

    /** x[group(o) + c, tap(p, k)] += W[o, c, k] m[o, p]. */
    double[] convolutionTransposed(double[] m, double[] weights, Shape weightShape, int groups) {
        int filters = weightShape.dim(0);
        int channels = weightShape.dim(1);
        int plane = space.size();
        int positions = output.size();
        double[] x = new double[channels * groups * plane];
        int[] at = Coordinates.first(output);
        for (int p = 0; p < output.size(); p++) {
            int[] taps = taps(at);
            for (int o = 0; o < filters; o++) {
                int firstChannel = o / (filters / groups) * channels;
                for (int c = 0; c < channels; c++) {
                    for (int k = 0; k < taps.length; k++) {
                        if (taps[k] != PADDING) {
                            x[(firstChannel + c) * plane + taps[k]] +=
                                    weights[(o * channels + c) * taps.length + k] * m[o * positions + p];
                        }
                    }
                }
            }
            Coordinates.advance(at, output);
        }
        return x;
    }

    /** The flat position of the largest entry of each window, the first where tied; padding never wins. */
    double[] winners(double[] x, int channels) {
        double[] winners = new double[channels * output.size()];
        int[] at = Coordinates.first(output);
        for (int p = 0; p < output.size(); p++) {
            int[] taps = taps(at);
            for (int c = 0; c < channels; c++) {
                winners[c * output.size() + p] = winner(x, c * space.size(), taps);
            }
            Coordinates.advance(at, output);
        }
        return winners;
    }

    private static int winner(double[] x, int channel, int[] taps) {
        int best = PADDING;
        for (int tap : taps) {
            if (tap != PADDING && (best == PADDING || x[channel + tap] > x[channel + best])) {
                best = tap;
            }
        }
        if (best == PADDING) {
            throw new IllegalArgumentException("a window of this pool sees nothing but padding");
        }
        return best;
    }

    /** The largest entry of each window. */
    double[] maxPool(double[] x, int channels) {
        double[] y = winners(x, channels);
        for (int i = 0; i < y.length; i++) {
            int channel = i / output.size() * space.size();
            y[i] = x[channel + (int) y[i]];
        }
        return y;
    }

    /** The mean of each window. */
    double[] averagePool(double[] x, int channels, boolean countPadding) {
        double[] y = new double[channels * output.size()];
        int[] at = Coordinates.first(output);
        for (int p = 0; p < output.size(); p++) {
            int[] taps = taps(at);
            double divisor = divisor(taps, countPadding);
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int tap : taps) {
                    if (tap != PADDING) {
                        sum += x[c * space.size() + tap];
                    }
                }
                y[c * output.size() + p] = sum / divisor;
            }
            Coordinates.advance(at, output);
        }
        return y;
    }

    /** Hands every entry of a window its share of that window's multiplier. */
    double[] averagePoolTransposed(double[] m, int channels, boolean countPadding) {
        double[] x = new double[channels * space.size()];
        int[] at = Coordinates.first(output);
        for (int p = 0; p < output.size(); p++) {
            int[] taps = taps(at);
            double divisor = divisor(taps, countPadding);
            for (int c = 0; c < channels; c++) {
                for (int tap : taps) {
                    if (tap != PADDING) {
                        x[c * space.size() + tap] += m[c * output.size() + p] / divisor;
                    }
                }
            }
            Coordinates.advance(at, output);
        }
        return x;
    }

    private static double divisor(int[] taps, boolean countPadding) {
        long inside = Arrays.stream(taps).filter(tap -> tap != PADDING).count();
        if (inside == 0 && !countPadding) {
            throw new IllegalArgumentException("a window of this pool sees nothing but padding");
        }
        return countPadding ? taps.length : inside;
    }
}
