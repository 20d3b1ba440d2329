package org.deepliftc.compiler.schedule;

import java.util.List;
import org.deepliftc.compiler.loop.ConstantBuffer;

/** The elements of a constant in the order in which they lie in memory. */
public final class Packed {
    private Packed() {}

    /** A new array: axis k of the packed array is axis {@code packing[k]} of the constant. */
    public static double[] values(ConstantBuffer constant) {
        double[] logical = constant.data().toArray();
        if (constant.packing().isEmpty()) {
            return logical;
        }
        List<Integer> packing = constant.packing().get();
        int[] strides = constant.data().shape().strides();
        int rank = packing.size();
        int[] position = new int[rank];
        double[] packed = new double[logical.length];
        for (int i = 0; i < packed.length; i++) {
            int from = 0;
            for (int axis = 0; axis < rank; axis++) {
                from += position[axis] * strides[packing.get(axis)];
            }
            packed[i] = logical[from];
            for (int axis = rank - 1; axis >= 0; axis--) {
                if (++position[axis] < constant.data().shape().dim(packing.get(axis))) {
                    break;
                }
                position[axis] = 0;
            }
        }
        return packed;
    }
}
