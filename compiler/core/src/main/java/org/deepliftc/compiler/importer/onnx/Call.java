package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.Value.Known;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.OnnxAttribute;
import org.deepliftc.compiler.importer.onnx.file.OnnxNode;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** One node of the file being translated: its inputs and attributes, and the means to answer with nodes. */
final class Call {
    /** Operators whose constant operand may be minus infinity, as causal masks have it. */
    private static final Set<String> MASKING = Set.of("Add", "Where");

    private final OnnxNode node;
    private final long opset;
    private final List<Optional<Value>> inputs;
    private final GraphWriter writer;
    private final int output;
    private final Optional<String> part;

    Call(OnnxNode node, long opset, List<Optional<Value>> inputs, GraphWriter writer) {
        this(node, opset, inputs, writer, 0, Optional.empty());
    }

    private Call(
            OnnxNode node,
            long opset,
            List<Optional<Value>> inputs,
            GraphWriter writer,
            int output,
            Optional<String> part) {
        this.node = node;
        this.opset = opset;
        this.inputs = List.copyOf(inputs);
        this.writer = writer;
        this.output = output;
        this.part = part;
    }

    /** The same call, answering with another of its outputs. */
    Call forOutput(int index) {
        return new Call(node, opset, inputs, writer, index, part);
    }

    /** The same call, whose result is only a part of what the output is made of. */
    Call forPart(String role) {
        return new Call(node, opset, inputs, writer, output, Optional.of(role));
    }

    OnnxNode node() {
        return node;
    }

    /** The version of the operator's domain. */
    long opset() {
        return opset;
    }

    int outputs() {
        return node.outputs().size();
    }

    // ---- inputs -------------------------------------------------------------------------------------------------

    int inputs() {
        return inputs.size();
    }

    boolean has(int index) {
        return index < inputs.size() && inputs.get(index).isPresent();
    }

    Value value(int index) {
        if (!has(index)) {
            throw ImportFailure.of("lacks its input " + index, "the file is not valid ONNX; export the model again");
        }
        return inputs.get(index).orElseThrow();
    }

    /** An input as a node; numbers known when importing become a constant. */
    Computed x(int index) {
        return computed(value(index));
    }

    Computed computed(Value value) {
        if (value instanceof Known known) {
            try {
                Shape shape = new Shape(known.tensor().dims());
                Node constant = MASKING.contains(node.type())
                        ? writer.mask(known.tensor(), shape, known.name())
                        : writer.constant(known.tensor(), shape, known.name());
                return new Computed(constant, Batch.NONE);
            } catch (IllegalArgumentException e) {
                throw ImportFailure.of(
                        "reads '" + known.name() + "' " + known.tensor().dims() + ": " + e.getMessage(),
                        "export the model without empty tensors");
            }
        }
        if (value instanceof Value.Sequence) {
            throw ImportFailure.of(
                    "reads a sequence as a tensor", "the file is not valid ONNX; export the model again");
        }
        return (Computed) value;
    }

    /** An input that must be known when importing. */
    Tensor known(int index, String role) {
        Value value = value(index);
        if (value instanceof Known known) {
            return known.tensor();
        }
        throw ImportFailure.of(
                "has a " + role + " that is computed from the input", "export the model with a constant " + role);
    }

    /** The numbers of an input that is there and known. */
    Optional<Tensor> knownIf(int index) {
        return has(index) && value(index) instanceof Known known ? Optional.of(known.tensor()) : Optional.empty();
    }

    boolean isKnown(int index) {
        return has(index) && value(index) instanceof Known;
    }

    /** The name of an input's tensor in the file. */
    String inputName(int index) {
        return node.inputs().get(index);
    }

    // ---- attributes ---------------------------------------------------------------------------------------------

    private Optional<OnnxAttribute> attribute(String name) {
        return Optional.ofNullable(node.attributes().get(name));
    }

    boolean hasAttribute(String name) {
        return attribute(name).isPresent();
    }

    long integer(String name, long otherwise) {
        return attribute(name).flatMap(OnnxAttribute::integer).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return integer(name, otherwise ? 1 : 0) != 0;
    }

    double real(String name, double otherwise) {
        return attribute(name).flatMap(OnnxAttribute::real).orElse(otherwise);
    }

    String text(String name, String otherwise) {
        return attribute(name).flatMap(OnnxAttribute::text).orElse(otherwise);
    }

    /** A list of integers; empty where it is not given. */
    Optional<List<Long>> integers(String name) {
        return attribute(name).map(OnnxAttribute::integers);
    }

    List<Double> reals(String name) {
        return attribute(name).map(OnnxAttribute::reals).orElse(List.of());
    }

    List<String> texts(String name) {
        return attribute(name).map(OnnxAttribute::texts).orElse(List.of());
    }

    Optional<Tensor> tensor(String name) {
        return attribute(name).flatMap(OnnxAttribute::tensor).map(stored -> stored.tensor());
    }

    /** Integers that newer versions give as an input and older ones as an attribute. */
    Optional<List<Long>> integers(int input, String attribute, String role) {
        return has(input) ? Optional.of(known(input, role).toIntegers()) : integers(attribute);
    }

    /** An axis counted from the front. */
    int axis(long written, int rank) {
        if (written < -rank || written >= rank) {
            throw ImportFailure.of(
                    "names axis " + written + " of a tensor with " + rank + (rank == 1 ? " axis" : " axes"),
                    "the file is not valid ONNX; export the model again");
        }
        return (int) (written < 0 ? written + rank : written);
    }

    List<Integer> axes(List<Long> written, int rank) {
        List<Integer> axes = new ArrayList<>();
        written.forEach(axis -> axes.add(axis(axis, rank)));
        return axes.stream().distinct().sorted().toList();
    }

    // ---- answers ------------------------------------------------------------------------------------------------

    private String name() {
        return node.outputs().get(output);
    }

    /** The node that stands for the output. */
    Node result(Op op, Node... from) {
        return part.isPresent() ? step(part.get(), op, from) : writer.tensor(op, name(), from);
    }

    /** A node on the way to the output. */
    Node step(String role, Op op, Node... from) {
        return writer.step(op, name() + "." + role, from);
    }

    /** A constant that the file does not hold as it is. */
    Node constant(String role, Shape shape, double[] values) {
        Tensor tensor = new Tensor(shape.dims(), ElementKind.FLOAT, values);
        return writer.constant(tensor, shape, name() + "." + role);
    }

    Node constant(String role, double value) {
        return constant(role, Shape.SCALAR, new double[] {value});
    }

    /** A tensor of the file under a shape of equal size. */
    Node constant(int input, Shape shape) {
        Known known = (Known) value(input);
        return writer.constant(known.tensor(), shape, known.name());
    }

    /** A constant made of a tensor of the file, such as its transpose, under that tensor's name. */
    Node derived(int input, Shape shape, double[] values) {
        Tensor tensor = new Tensor(shape.dims(), ElementKind.FLOAT, values);
        return writer.constant(tensor, shape, ((Known) value(input)).name());
    }

    /** The same elements under another shape; the node itself where it has that shape. */
    Node reshaped(String role, Node x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        if (x.isConstant()) {
            ConstantData data = x.constant();
            return writer.step(new Op.Constant(data.reshaped(shape)), x.name());
        }
        return step(role, new Op.Reshape(shape), x);
    }

    /** A failure of this node with a remedy. */
    ImportFailure unsupported(String message, String hint) {
        return ImportFailure.of(message, hint);
    }
}
