package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.importer.keras.file.StoredArray;
import org.deepliftc.compiler.layer.Nodes;

/**
 * One use of a layer, as its translation sees it.
 *
 * @param name the layer's name, behind those of the models it is inside
 * @param version of Keras
 */
record LayerCall(
        String name, Config config, int version, List<Tensor> inputs, List<StoredArray> weights, KerasWriter writer) {

    /** The only input. */
    Tensor x() {
        if (inputs.size() != 1) {
            throw KerasFailure.of(
                    "has " + inputs.size() + " inputs where one is translated",
                    "initial states and masks given as inputs are not translated");
        }
        return inputs.get(0);
    }

    Node plain() {
        return writer.plain(x());
    }

    Node moved() {
        return writer.moved(x());
    }

    /** The input as {@code [channels, space...]}, over {@code rank} axes of space. */
    Node channels(int rank) {
        if (x().rank() != rank + 1) {
            throw KerasFailure.of(
                    "goes over " + rank + " axes, but its input is " + x().shape() + " an example",
                    "save the model again with Keras");
        }
        return channelsFirst() ? plain() : moved();
    }

    boolean channelsFirst() {
        return config.text("data_format", "channels_last").equals("channels_first");
    }

    /** A node {@code [channels, space...]} as the value of this layer. */
    Tensor ofChannels(Node node) {
        return channelsFirst() ? Tensor.plain(node) : Tensor.moved(node);
    }

    /** The node that the layer's name stands for. */
    Node result(Op op, Node... operands) {
        return writer.add(op, name, operands);
    }

    /** A node on the way. */
    Node step(String role, Op op, Node... operands) {
        return writer.add(op, name + "." + role, operands);
    }

    Node constant(String role, ConstantData data) {
        return writer.constant(data, name + "." + role);
    }

    /** The layer's value: an operator, and the activation that its configuration names. */
    Tensor activated(boolean channels, Op op, Node... operands) {
        Config activation = config.at("activation");
        boolean linear = Activations.isLinear(activation);
        Node node = linear ? result(op, operands) : step("linear", op, operands);
        Tensor value = channels ? ofChannels(node) : Tensor.plain(node);
        return linear ? value : Activations.apply(this, activation, value);
    }

    /** The layer's operands, in Keras's order of weights, and a bias where it has one. */
    boolean usesBias() {
        return config.flag("use_bias", true);
    }

    /** A weight in Keras's shape. */
    ConstantData weight(int index, String role, Shape shape) {
        return weight(index, role, shape, identity(shape.rank()));
    }

    private static List<Integer> identity(int rank) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    /** A weight with its axes in another order: axis k of the result is axis {@code permutation[k]} of the file's. */
    ConstantData weight(int index, String role, Shape shape, List<Integer> permutation) {
        if (index >= weights.size()) {
            throw KerasFailure.of(
                    "has no " + role + " in the file, which holds " + weights.size() + " of its weights",
                    "save the whole model, not its configuration alone");
        }
        StoredArray stored = weights.get(index);
        if (!stored.dims().equals(shape.dims())) {
            throw KerasFailure.of(
                    "needs a " + role + " of shape " + shape + ", but '" + stored.place() + "' is " + stored.dims(),
                    "the file's configuration and weights do not belong together: save the model again");
        }
        double[] values = stored.read();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw KerasFailure.of(
                        "has a " + role + " with NaN or infinity",
                        "no explanation of such a model means anything: train or save it again");
            }
        }
        return permuted(ConstantData.real(shape, values), permutation);
    }

    static ConstantData permuted(ConstantData data, List<Integer> permutation) {
        if (permutation.equals(identity(permutation.size()))) {
            return data;
        }
        Shape shape = new Shape(
                permutation.stream().map(axis -> data.shape().dim(axis)).toList());
        int[] strides = data.shape().strides();
        int[] position = new int[permutation.size()];
        double[] values = new double[data.size()];
        for (int i = 0; i < values.length; i++) {
            int from = 0;
            for (int axis = 0; axis < position.length; axis++) {
                from += position[axis] * strides[permutation.get(axis)];
            }
            values[i] = data.at(from);
            for (int axis = position.length - 1; axis >= 0; axis--) {
                if (++position[axis] < shape.dim(axis)) {
                    break;
                }
                position[axis] = 0;
            }
        }
        return ConstantData.real(shape, values);
    }

    /** A written axis, which counts the examples as axis 0, as one of an example. */
    int axis(int written, int rank) {
        int axis = written < 0 ? written + rank : written - 1;
        if (axis < 0 || axis >= rank) {
            throw KerasFailure.mixing("works along axis " + written + " of " + rank + " axes and that of the examples");
        }
        return axis;
    }

    List<Integer> perAxis(String key, int rank, int otherwise) {
        return config.integers(key, rank).orElse(Collections.nCopies(rank, otherwise));
    }

    /** Where parts of a layer are put that is built of several nodes. */
    Nodes nodes() {
        return nodes("");
    }

    /** The same for one of two layers inside this one. */
    Nodes nodes(String part) {
        String prefix = part.isEmpty() ? name : name + "." + part;
        return new Nodes() {
            @Override
            public String name() {
                return prefix;
            }

            @Override
            public Node add(String role, Op op, Node... operands) {
                return writer.add(op, role.isEmpty() ? prefix : prefix + "." + role, operands);
            }

            @Override
            public Node constant(String role, ConstantData data) {
                return writer.constant(data, prefix + "." + role);
            }
        };
    }

    /** The same call with other configuration and weights: a layer inside this one. */
    LayerCall with(Config inner, List<StoredArray> own) {
        return new LayerCall(name, inner, version, inputs, own, writer);
    }

    /** A refusal. */
    KerasFailure unsupported(String message) {
        return KerasFailure.of(message, "docs/KERAS.md lists what of each layer is translated");
    }

    /** The value of a layer that changes nothing in inference. */
    Tensor unchanged() {
        writer.alias(name, x().node());
        return x();
    }

    Optional<Node> bias(int index, int units) {
        return usesBias() ? Optional.of(constant("bias", weight(index, "bias", Shape.of(units)))) : Optional.empty();
    }

    /** The operands of an operator with weights. */
    static Node[] operands(Node x, Node weight, Optional<Node> bias) {
        return bias.map(b -> new Node[] {x, weight, b}).orElse(new Node[] {x, weight});
    }
}
