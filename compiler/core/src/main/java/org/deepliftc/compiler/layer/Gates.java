package org.deepliftc.compiler.layer;

import java.util.Arrays;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;

/**
 * Which rows of stacked weights belong to which gate, or other part: {@code ifco} as PyTorch stacks those of an LSTM, {@code iofc} as
 * ONNX does; {@code rzh} and {@code zrh} likewise those of a GRU.
 */
public record Gates(String order) {

    /** The rows of one gate, out of as many equal parts as there are gates. */
    public ConstantData of(char gate, ConstantData stacked) {
        int rows = stacked.shape().dim(0) / order.length();
        int rest = stacked.shape().size() / stacked.shape().dim(0);
        int first = order.indexOf(gate) * rows * rest;
        Shape shape = stacked.shape().with(0, rows);
        return ConstantData.real(shape, Arrays.copyOfRange(stacked.toArray(), first, first + rows * rest));
    }

    /** True for an order of the same letters. */
    public boolean isOrderOf(Gates others) {
        char[] own = order.toCharArray();
        char[] wanted = others.order.toCharArray();
        Arrays.sort(own);
        Arrays.sort(wanted);
        return Arrays.equals(own, wanted);
    }
}
