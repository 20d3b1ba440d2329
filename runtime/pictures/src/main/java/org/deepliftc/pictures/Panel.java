package org.deepliftc.pictures;

/**
 * One small image of a {@link PanelGrid}: what its numbers are decides how they are coloured.
 *
 * @param values {@code [planes][height][width]}: 3 planes are red, green and blue, 1 is anything else
 */
record Panel(Kind kind, double[][][] values) {
    /** What the numbers of a panel are. */
    enum Kind {
        /** Light: black is nothing. */
        IMAGE,
        /** Sizes without a sign: white is nothing, black the largest. */
        MAGNITUDE,
        /** Contributions: white is nothing, red raises, blue lowers. */
        SCORES
    }

    private static final int MOST_CELLS = 250_000;

    /**
     * Copies and checks planes of equal size.
     *
     * @throws IllegalArgumentException if a plane is empty, ragged, too large or holds NaN or an infinity, or planes
     *     differ in size
     */
    static Panel of(String title, Kind kind, double[][]... planes) {
        String what = "panel '" + Text.clean(title) + "'";
        if (planes.length != 1 && planes.length != 3) {
            throw new IllegalArgumentException(
                    what + " has " + planes.length + " planes; an image has 1 (grey) or 3 (red, green, blue)");
        }
        double[][][] copy = new double[planes.length][][];
        for (int i = 0; i < planes.length; i++) {
            copy[i] = Checks.matrix(what, planes[i]);
            if (copy[i].length != copy[0].length || copy[i][0].length != copy[0][0].length) {
                throw new IllegalArgumentException(what + " has planes of different sizes: " + copy[0].length + " by "
                        + copy[0][0].length + " and " + copy[i].length + " by " + copy[i][0].length);
            }
        }
        if ((long) copy[0].length * copy[0][0].length > MOST_CELLS) {
            throw new IllegalArgumentException(what + " has " + copy[0].length + " by " + copy[0][0].length
                    + " values; a panel of a grid holds " + MOST_CELLS + " at most");
        }
        return new Panel(kind, copy);
    }

    int rows() {
        return values[0].length;
    }

    int columns() {
        return values[0][0].length;
    }

    /** The largest magnitude: what the darkest colour stands for. */
    double largest() {
        return Math.max(most(1), most(-1));
    }

    /** The colours of the cells, row by row. */
    int[] colours() {
        boolean isImage = kind == Kind.IMAGE;
        double low = isImage ? -most(-1) : 0;
        double high = isImage ? most(1) : largest();
        if (isImage && low == 0 && high <= 1) {
            high = 1; // light between black and white, as image files have it; anything else is stretched
        }
        int[] colours = new int[rows() * columns()];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = colour(i / columns(), i % columns(), low, high);
        }
        return colours;
    }

    private int colour(int row, int column, double low, double high) {
        double value = values[0][row][column];
        return switch (kind) {
            case SCORES -> DivergingColours.rgb(high == 0 ? 0 : value / high);
            case MAGNITUDE -> 0x10101 * (int) Math.round(255 * (1 - (high == 0 ? 0 : Math.abs(value) / high)));
            case IMAGE -> {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double light = values[values.length == 3 ? channel : 0][row][column];
                    rgb = rgb << 8 | (int) Math.round(255 * ((light / 2 - low / 2) / (high / 2 - low / 2)));
                }
                yield rgb;
            }
        };
    }

    /** The largest value of this sign, as a magnitude; 0 where there is none. */
    private double most(int sign) {
        double most = 0;
        for (double[][] plane : values) {
            for (double[] row : plane) {
                for (double value : row) {
                    most = Math.max(most, sign * value);
                }
            }
        }
        return most;
    }
}
