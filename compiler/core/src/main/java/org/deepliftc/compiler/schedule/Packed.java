package org.deepliftc.compiler.schedule;

import org.deepliftc.compiler.loop.ConstantBuffer;

/** The elements of a constant in the order in which they lie in memory. */
public final class Packed {
    private Packed() {}

    public static double[] values(ConstantBuffer constant) {
        double[] logical = constant.data().toArray();
        return constant.packing().map(p -> p.packed(logical)).orElse(logical);
    }
}
