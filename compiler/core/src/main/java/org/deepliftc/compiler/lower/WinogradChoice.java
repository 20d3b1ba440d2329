package org.deepliftc.compiler.lower;

import java.util.List;
import java.util.Optional;

/**
 * Which form of Winograd a convolution is computed by, by a model of what a layer costs: its products at the rate of the
 * units, or reading its filters where that takes longer. The transformed filters of F(4 x 4) are four times as large as the
 * filters, so that a layer of many channels and few positions may be better off with F(2 x 2), or directly.
 *
 * @param block tiles that are worked off together
 */
record WinogradChoice(WinogradForm form, int block) {
    /** Multiply-adds per second that register tiles reach. */
    private static final double RATE = 100e9;

    /** Bytes per second that filters beyond the cache are read with. */
    private static final double BANDWIDTH = 25e9;

    /** Bytes of filters that stay in a cache from call to call. */
    private static final long CACHED = 1 << 20;

    /** Of a form's time, what transforming inputs and outputs adds for each channel of a tile: seconds per element. */
    private static final double TRANSFORM = 0.25e-9;

    private static final int BLOCK = 32;
    private static final int LARGE_BLOCK = 128;

    /** The best form, none where the direct way is better. */
    static Optional<WinogradChoice> of(View in, View out, int dilation, int rows) {
        int rank = out.shape().rank() - 1;
        int channels = in.shape().dim(0);
        int filters = out.shape().dim(0);
        int shortest = out.shape().from(1).dims().stream().min(Integer::compare).orElse(0) / dilation;
        double taps = Math.pow(WinogradForm.TAPS, rank);
        double positions = (double) rows * out.shape().from(1).size();
        double best = time(positions * taps, taps, channels, filters, 1);
        Optional<WinogradChoice> choice = Optional.empty();
        for (WinogradForm form : List.of(WinogradForm.F4, WinogradForm.F2)) {
            // Along one axis a short run computes too much of its end twice.
            int least = rank == 1 ? 4 * form.outputs() : form.outputs();
            if (shortest < least) {
                continue;
            }
            double products = Math.pow(form.products(), rank);
            double tiles = (double) rows * new WinogradKernels.Sites(form, out, rank, dilation).count();
            int block = products * channels * filters * Float.BYTES > CACHED ? LARGE_BLOCK : BLOCK;
            // A register tile has eight rows; fewer tiles leave it partly empty.
            double filled = Math.ceil(tiles / 8) * 8;
            double time = time(filled * products, products, channels, filters, Math.ceil(tiles / block))
                    + tiles * products * (channels + filters) * TRANSFORM;
            if (time < best) {
                best = time;
                choice = Optional.of(new WinogradChoice(form, block));
            }
        }
        return choice;
    }

    private static double time(double rows, double taps, int channels, int filters, double passes) {
        double bytes = taps * channels * filters * Float.BYTES;
        double reading = bytes > CACHED ? bytes * passes / BANDWIDTH : 0;
        return Math.max(rows * channels * filters / RATE, reading);
    }
}
