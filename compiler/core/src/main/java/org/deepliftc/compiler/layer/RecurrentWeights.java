package org.deepliftc.compiler.layer;

import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;

/**
 * The weights of a recurrent layer of H units over N features, the rows of its G gates stacked.
 *
 * @param gates in which order
 * @param input [G H, N], what multiplies the sequence
 * @param recurrent [G H, H], what multiplies the hidden state
 * @param bias [G H], added to the products with the sequence
 * @param recurrentBias [G H], added to those with the hidden state
 */
public record RecurrentWeights(
        Gates gates,
        ConstantData input,
        ConstantData recurrent,
        Optional<ConstantData> bias,
        Optional<ConstantData> recurrentBias) {

    /** The units of the layer. */
    public int units() {
        return recurrent.shape().dim(1);
    }

    ConstantData input(char gate) {
        return gates.of(gate, input);
    }

    ConstantData recurrent(char gate) {
        return gates.of(gate, recurrent);
    }

    Optional<ConstantData> recurrentBias(char gate) {
        return recurrentBias.map(b -> gates.of(gate, b));
    }

    /** What is added to a gate's product with the sequence; {@code both} biases where they are added anyway. */
    Optional<ConstantData> bias(char gate, boolean both) {
        Optional<ConstantData> own = bias.map(b -> gates.of(gate, b));
        Optional<ConstantData> other = both ? recurrentBias(gate) : Optional.empty();
        if (own.isEmpty() || other.isEmpty()) {
            return own.or(() -> other);
        }
        double[] sum = own.get().toArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.get().at(i);
        }
        return Optional.of(ConstantData.real(own.get().shape(), sum));
    }
}
