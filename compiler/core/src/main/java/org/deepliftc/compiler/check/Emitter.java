package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Adds nodes to the graph of the model: unique names, a limit on their number, shape errors at the user's line. */
final class Emitter {
    static final int MOST_NODES = 200_000;

    private record Shared(WeightFiles.Stored tensor, Shape shape) {}

    private final GraphBuilder builder = new GraphBuilder();
    private final NodeNames names = new NodeNames();
    private final Map<Shared, Node> weights = new HashMap<>();
    private int count;

    NodeNames names() {
        return names;
    }

    /**
     * Adds a node.
     *
     * @param what the function the user called, with which the message of a shape error begins
     */
    Node add(Op op, List<Node> inputs, String name, SourceSpan span, String what) {
        if (isFull()) {
            throw Failure.consequence();
        }
        if (++count > MOST_NODES) {
            throw Failure.of(
                    Problem.LIMIT001,
                    span,
                    "the model expands to more than " + MOST_NODES + " operators",
                    "shorten its loops, or split the model");
        }
        try {
            return builder.add(op, inputs, names.unique(name), span);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Problem.SHAPE001.at(span, what + ": " + e.getMessage()).withLabels(origins(inputs, span)));
        }
    }

    /** True once there were more nodes than may be, which has been reported. */
    boolean isFull() {
        return count > MOST_NODES;
    }

    /** Where the shapes of {@code inputs} come from, so far as that is elsewhere. */
    static List<Diagnostic.Label> origins(List<Node> inputs, SourceSpan here) {
        List<Diagnostic.Label> labels = new ArrayList<>();
        for (Node input : inputs) {
            boolean inside =
                    input.span().line() == here.line() && input.span().file().equals(here.file());
            if (input.span().isKnown() && !inside) {
                labels.add(new Diagnostic.Label(input.span(), "'" + input.name() + "' is " + input.shape()));
            }
        }
        return labels;
    }

    Node constant(ConstantData data, String name, SourceSpan span) {
        return add(new Op.Constant(data), List.of(), name, span, "constant");
    }

    /** The constant of a stored tensor seen under a shape of equal size; the same node whoever asks. */
    Node weight(WeightFiles files, WeightFiles.Stored tensor, Shape shape, SourceSpan span) {
        Shared key = new Shared(tensor, shape);
        Node known = weights.get(key);
        if (known == null) {
            known = constant(files.read(tensor, span).reshaped(shape), tensor.name(), span);
            weights.put(key, known);
        }
        return known;
    }
}
