package org.deepliftc.data;

/** Element counts and printing of shapes. */
final class Shapes {
    /** More axes than any array library makes; a claim above it is damage. */
    static final int MAX_RANK = 64;

    private Shapes() {}

    /** The number of elements, or an error in terms of the file when it is not one an array can have. */
    static int count(long[] shape, Origin origin) throws DataFormatException {
        long count = 1;
        boolean empty = false;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw origin.error("the shape " + text(shape) + " has a negative dimension", "write the file again");
            }
            empty |= dimension == 0;
            if (dimension > Elements.MAX_COUNT || !empty && (count *= dimension) > Elements.MAX_COUNT) {
                throw origin.error(
                        "the shape " + text(shape) + " has more than " + Elements.MAX_COUNT + " elements",
                        "split the array along its first axis");
            }
        }
        return empty ? 0 : (int) count;
    }

    /** The number of elements of a shape that a caller gives. */
    static int count(int[] shape) {
        long count = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("the shape " + text(shape) + " has a negative dimension");
            }
        }
        for (int dimension : shape) {
            if (dimension == 0) {
                return 0;
            }
            count *= dimension;
            if (count > Elements.MAX_COUNT) {
                throw new IllegalArgumentException("the shape " + text(shape) + " has too many elements for one array");
            }
        }
        return (int) count;
    }

    static int[] toInts(long[] shape) {
        int[] result = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            result[i] = (int) shape[i];
        }
        return result;
    }

    static String text(int[] shape) {
        return java.util.Arrays.toString(shape);
    }

    static String text(long[] shape) {
        return java.util.Arrays.toString(shape);
    }
}
