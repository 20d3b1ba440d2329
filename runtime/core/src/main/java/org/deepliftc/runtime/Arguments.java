package org.deepliftc.runtime;

/** Checks of what callers hand to generated classes. Every message names the array and says what it should be. */
public final class Arguments {
    private Arguments() {}

    /** The array as {@code float[]} of exactly {@code length} elements. */
    public static float[] exactly(String name, float[] array, int length) {
        if (array == null || array.length != length) {
            throw wrong(name, "float[" + length + "]", array);
        }
        return array;
    }

    /** The array as {@code double[]} of exactly {@code length} elements. */
    public static double[] exactly(String name, double[] array, int length) {
        if (array == null || array.length != length) {
            throw wrong(name, "double[" + length + "]", array);
        }
        return array;
    }

    /** The array as {@code float[]} of at least {@code rows * size} elements. */
    public static float[] floats(String name, Object array, long rows, long size) {
        if (array instanceof float[] && ((float[]) array).length >= rows * size) {
            return (float[]) array;
        }
        throw wrong(name, "float[" + rows + " x " + size + "]", array);
    }

    /** The array as {@code double[]} of at least {@code rows * size} elements. */
    public static double[] doubles(String name, Object array, long rows, long size) {
        if (array instanceof double[] && ((double[]) array).length >= rows * size) {
            return (double[]) array;
        }
        throw wrong(name, "double[" + rows + " x " + size + "]", array);
    }

    /** The array as codes, a byte for each position, of exactly {@code length} elements. */
    public static byte[] exactly(String name, byte[] array, int length) {
        if (array == null || array.length != length) {
            throw wrong(name, "byte[" + length + "]", array);
        }
        return array;
    }

    /** The array as {@code byte[]} of at least {@code rows * size} elements. */
    public static byte[] codes(String name, Object array, long rows, long size) {
        if (array instanceof byte[] && ((byte[]) array).length >= rows * size) {
            return (byte[]) array;
        }
        throw wrong(name, "byte[" + rows + " x " + size + "]", array);
    }

    /** As {@link #floats}, or null where the caller does not want the result. */
    public static float[] floatsOrNull(String name, Object array, long rows, long size) {
        return array == null ? null : floats(name, array, rows, size);
    }

    /** As {@link #doubles}, or null where the caller does not want the result. */
    public static double[] doublesOrNull(String name, Object array, long rows, long size) {
        return array == null ? null : doubles(name, array, rows, size);
    }

    /** Refuses a result that the class does not make. */
    public static void absent(String name, Object array) {
        if (array != null) {
            throw new IllegalArgumentException("this class does not compute " + name + "; leave the array out");
        }
    }

    /** Checks the range of rows and the number of inputs of a call. */
    public static void rows(Batch batch, int first, int count, int inputs) {
        if (first < 0 || count < 0 || count > batch.examples() - first) {
            throw new IllegalArgumentException("rows " + first + " to " + ((long) first + count)
                    + " (exclusive) do not lie in a batch of " + batch.examples() + " examples");
        }
        if (batch.inputCount() != inputs) {
            throw new IllegalArgumentException(
                    "the model has " + inputs + " inputs, but the batch holds " + batch.inputCount() + " arrays");
        }
    }

    /** Checks a number of references and of their arrays. */
    public static void references(int count, Object[] arrays, int inputs) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one reference is needed, not " + count);
        }
        if (arrays == null || arrays.length != inputs) {
            throw new IllegalArgumentException("the references of a model of " + inputs + " inputs are " + inputs
                    + " arrays, not " + (arrays == null ? 0 : arrays.length));
        }
    }

    /** How many references of {@code size} elements fill an array of {@code length} elements. */
    public static int referenceCount(String name, int length, int size) {
        if (length == 0 || length % size != 0) {
            throw new IllegalArgumentException("the references of '" + name + "' have " + length
                    + " elements, which is no multiple of the " + size + " elements of one");
        }
        return length / size;
    }

    /** Checks target indices given with a call. */
    public static int[] targets(int[] targets, int pointSize) {
        if (targets == null || targets.length == 0) {
            throw new IllegalArgumentException(
                    "this class leaves its target open: give the index of a target, 0 to " + (pointSize - 1));
        }
        for (int target : targets) {
            if (target < 0 || target >= pointSize) {
                throw new IllegalArgumentException("target " + target
                        + " lies outside the explained point, which has indices 0 to " + (pointSize - 1));
            }
        }
        return targets;
    }

    /** Refuses target indices where the class knows its own. */
    public static void noTargets(int[] targets) {
        if (targets != null) {
            throw new IllegalArgumentException(
                    "the target of this class was bound when it was compiled; call without target indices");
        }
    }

    /** Refuses references where the class knows its own or its method needs none. */
    public static void noReferences(Batch batch) {
        if (batch.hasReferences()) {
            throw new IllegalArgumentException(
                    "this class takes no references: its reference was bound when it was compiled, or its method"
                            + " needs none; call without references");
        }
    }

    /** The length of an array of {@code count} slots of {@code size} elements. */
    public static int slots(String name, int count, int size) {
        if ((long) count * size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(count + " slots of " + size + " elements of '" + name
                    + "' are more than one array can hold; use fewer references or targets at a time");
        }
        return count * size;
    }

    private static IllegalArgumentException wrong(String name, String expected, Object array) {
        String found = array == null ? "nothing" : describe(array);
        return new IllegalArgumentException("array '" + name + "' should be " + expected + ", got " + found);
    }

    private static String describe(Object array) {
        if (array instanceof float[]) {
            return "float[" + ((float[]) array).length + "]";
        } else if (array instanceof double[]) {
            return "double[" + ((double[]) array).length + "]";
        } else if (array instanceof byte[]) {
            return "byte[" + ((byte[]) array).length + "]";
        }
        return "an object of type " + array.getClass().getSimpleName();
    }
}
