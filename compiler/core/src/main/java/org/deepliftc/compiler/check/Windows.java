package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Window;

/** Sizes, strides, dilations and paddings as users write them, to a {@link Window}. */
final class Windows {
    /** Beyond this an extent, padding included, would overflow what is computed from it. */
    private static final long WIDEST = 1L << 30;

    private Windows() {}

    /**
     * The window of a call over the spatial axes of {@code x}, which has one axis more than {@code size}.
     *
     * @param stride where the call names none
     */
    static Window of(Site site, Node x, List<Integer> size, List<Integer> stride) {
        int rank = size.size();
        List<Integer> strides = site.arguments().perAxis("stride", rank, 1, stride);
        List<Integer> dilations = site.arguments().perAxis("dilation", rank, 1, Collections.nCopies(rank, 1));
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            long reach = (size.get(axis) - 1L) * dilations.get(axis) + 1;
            int[] padding = padding(site, rank, axis, x.shape().dim(axis + 1), reach, strides.get(axis));
            long padded = (long) x.shape().dim(axis + 1) + padding[0] + padding[1];
            if (reach > WIDEST || padded > WIDEST) {
                throw site.shapeFailure("a window or a padded extent of more than " + WIDEST + " positions", x);
            }
            before.add(padding[0]);
            after.add(padding[1]);
        }
        return new Window(size, strides, dilations, before, after);
    }

    private static int[] padding(Site site, int rank, int axis, int extent, long reach, int stride) {
        if (!site.arguments().has("padding")) {
            return new int[] {0, 0};
        }
        Arguments.Given given = site.arguments().required("padding");
        if (given.value() instanceof Value.Word) {
            return named(site, ((Value.Word) given.value()).value(), given, extent, reach, stride);
        }
        if (given.value() instanceof Value.Whole) {
            int both = site.arguments().whole("padding", 0);
            return new int[] {both, both};
        }
        List<Value> entries =
                given.value() instanceof Value.Items ? ((Value.Items) given.value()).elements() : List.of();
        Value pair =
                rank == 1 && entries.size() == 2 ? given.value() : entries.size() == rank ? entries.get(axis) : null;
        if (!(pair instanceof Value.Items) || ((Value.Items) pair).elements().size() != 2) {
            throw site.arguments().wrong("padding", given, accepted(rank));
        }
        return new int[] {
            side(site, given, ((Value.Items) pair).elements().get(0), rank),
            side(site, given, ((Value.Items) pair).elements().get(1), rank)
        };
    }

    private static int side(Site site, Arguments.Given given, Value value, int rank) {
        if (!(value instanceof Value.Whole)) {
            throw site.arguments().wrong("padding", given, accepted(rank));
        }
        long padding = ((Value.Whole) value).value();
        if (padding < 0 || padding > Arguments.LARGEST) {
            throw site.arguments()
                    .outOfRange(
                            "padding", "a padding lies between 0 and " + Arguments.LARGEST + ", this is " + padding);
        }
        return (int) padding;
    }

    private static String accepted(int rank) {
        String pairs = rank == 1 ? "[before, after]" : "one [before, after] for each of the " + rank + " spatial axes";
        return "valid, same, same_lower, a number, or " + pairs;
    }

    /** As ONNX SAME_UPPER and SAME_LOWER: as many outputs as strides fit, the odd position behind or in front. */
    private static int[] named(Site site, String word, Arguments.Given given, int extent, long reach, int stride) {
        if (word.equals("valid")) {
            return new int[] {0, 0};
        }
        if (!word.equals("same") && !word.equals("same_lower")) {
            throw site.arguments().wrong("padding", given, "valid, same or same_lower");
        }
        long outputs = (extent + stride - 1L) / stride;
        long total = Math.max(0, (outputs - 1) * stride + reach - extent);
        if (total > WIDEST) {
            throw site.shapeFailure("this window pads by more than " + WIDEST + " positions");
        }
        int small = (int) (total / 2);
        int large = (int) (total - small);
        return word.equals("same") ? new int[] {small, large} : new int[] {large, small};
    }

    /**
     * The window with as much padding behind that the last position rounded up has a full window, where that one
     * begins inside the input or the padding in front of it (the rule of PyTorch and ONNX).
     */
    static Window roundedUp(Window window, Node x) {
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            long extent = x.shape().dim(axis + 1);
            long before = window.padBefore().get(axis);
            long padded = extent + before + window.padAfter().get(axis);
            int stride = window.stride().get(axis);
            long steps = Math.max(0, Math.floorDiv(padded - window.reach(axis) + stride - 1, stride));
            if (steps * stride >= extent + before) {
                steps--;
            }
            long needed = Math.max(padded, steps * stride + window.reach(axis));
            after.add((int) (needed - extent - before));
        }
        return new Window(window.size(), window.stride(), window.dilation(), window.padBefore(), after);
    }
}
