package org.deepliftc.cli.input;

import java.util.List;
import java.util.Optional;

/**
 * How an input holds an image.
 *
 * @param channelsLast whether it is {@code [height, width, channels]}, as Keras has it
 */
public record ImageLayout(int channels, int height, int width, boolean channelsLast) {
    /** More planes than this along the last axis are no channels of colour. */
    private static final int MOST_COLOURS = 4;

    /**
     * The layout of an input of this shape, if it can hold an image: {@code [channels, height, width]}, the same with
     * channels last where only they are few, or {@code [height, width]} unless a side is so short that a list reads
     * better.
     */
    public static Optional<ImageLayout> of(List<Integer> shape) {
        if (shape.size() == 2) {
            return shape.get(0) > 1 && shape.get(1) > 1
                    ? Optional.of(new ImageLayout(1, shape.get(0), shape.get(1), false))
                    : Optional.empty();
        }
        if (shape.size() != 3) {
            return Optional.empty();
        }
        boolean channelsLast = shape.get(2) <= MOST_COLOURS && shape.get(0) > MOST_COLOURS;
        return Optional.of(
                channelsLast
                        ? new ImageLayout(shape.get(2), shape.get(0), shape.get(1), true)
                        : new ImageLayout(shape.get(0), shape.get(1), shape.get(2), false));
    }

    /** Values of an image, the channels added up: {@code [height][width]}. */
    public double[][] summed(double[] values) {
        double[][] map = new double[height][width];
        for (int channel = 0; channel < channels; channel++) {
            double[][] plane = plane(values, channel);
            for (int i = 0; i < height * width; i++) {
                map[i / width][i % width] += plane[i / width][i % width];
            }
        }
        return map;
    }

    /** The image as it is seen: three planes of colour, or the mean of all channels as grey. */
    public double[][][] seen(double[] values) {
        if (channels == 3) {
            return new double[][][] {plane(values, 0), plane(values, 1), plane(values, 2)};
        }
        double[][] grey = summed(values);
        for (double[] row : grey) {
            for (int i = 0; i < row.length; i++) {
                row[i] /= channels;
            }
        }
        return new double[][][] {grey};
    }

    private double[][] plane(double[] values, int channel) {
        double[][] plane = new double[height][width];
        for (int i = 0; i < height * width; i++) {
            plane[i / width][i % width] = values[channelsLast ? i * channels + channel : channel * height * width + i];
        }
        return plane;
    }
}
