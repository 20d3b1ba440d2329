package org.deepliftc.pictures;

/** A rectangle divided into a grid of plainly coloured cells, drawn without gaps or smoothing. */
public final class Cells implements Shape {
    private final double x;
    private final double y;
    private final double width;
    private final double height;
    private final int columns;
    private final int[] colours;

    /**
     * @param columns cells in a row
     * @param colours 0xRRGGBB row by row from the top; a multiple of {@code columns} long
     */
    public Cells(double x, double y, double width, double height, int columns, int[] colours) {
        this.x = Checks.coordinate("x", x);
        this.y = Checks.coordinate("y", y);
        this.width = Checks.length("width", width);
        this.height = Checks.length("height", height);
        if (columns < 1 || colours.length == 0 || colours.length % columns != 0) {
            throw new IllegalArgumentException(colours.length + " colours do not fill rows of " + columns + " cells");
        }
        this.columns = columns;
        this.colours = colours.clone();
    }

    public double x() {
        return x;
    }

    public double y() {
        return y;
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return colours.length / columns;
    }

    /** The colour of one cell as 0xRRGGBB. */
    public int rgb(int row, int column) {
        return colours[row * columns + column] & 0xFFFFFF;
    }
}
