package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * The linear rule (paper 2.3.1): m = w. An affine operator hands multipliers back through the transpose of its linear
 * part; one function an operator says what that transpose is. The bias takes no part.
 */
final class LinearRules {
    private LinearRules() {}

    /** The transpose of one operator: what reaches input {@code index} of {@code node} from a multiplier m. */
    @FunctionalInterface
    interface Adjoint {
        Node apply(Node node, int index, Node m, RuleContext context);
    }

    /** A linear rule whose first {@code dataInputs} inputs carry differences and which applies to each part alone. */
    static Rule rule(String equation, int dataInputs, Adjoint adjoint) {
        return new Linear(equation, dataInputs, adjoint);
    }

    private record Linear(String equation, int dataInputs, Adjoint adjoint) implements Rule {
        @Override
        public String name() {
            return "linear";
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            int count = Math.min(dataInputs, node.inputs().size());
            return IntStream.range(0, count)
                    .mapToObj(i -> upstream.map(m -> adjoint.apply(node, i, m, context)))
                    .collect(Collectors.toList());
        }

        @Override
        public Parts parts(Node node, RuleContext context) {
            return partByPart(node, context);
        }
    }

    /** Shape operators, means and sums apply to each part. */
    private static Parts partByPart(Node node, RuleContext context) {
        Op op = node.op() instanceof Op.Embed embed
                ? new Op.Embed(embed.starts(), embed.steps(), embed.shape(), 0)
                : node.op();
        List<Parts> inputs = node.inputs().stream().map(context::parts).toList();
        String name = node.name() + ".part";
        return new Parts(
                context.add(op, name, inputs.stream().map(Parts::positive).toArray(Node[]::new)),
                context.add(op, name, inputs.stream().map(Parts::negative).toArray(Node[]::new)));
    }

    private static String name(Node node, int input) {
        return RuleContext.multiplierName(node, input);
    }

    static Node averagePool(Node node, int index, Node m, RuleContext context) {
        Op.AveragePool op = (Op.AveragePool) node.op();
        return context.add(
                new Op.AveragePool(op.window(), op.countPadding(), Op.Direction.TRANSPOSED, op.space()),
                name(node, index),
                m);
    }

    static Node reduce(Node node, int index, Node m, RuleContext context) {
        Op.Reduce op = (Op.Reduce) node.op();
        Shape x = node.input(0).shape();
        Shape kept = x;
        int reduced = 1;
        for (int axis : op.axes()) {
            kept = kept.with(axis, 1);
            reduced *= x.dim(axis);
        }
        Node aligned = m.shape().equals(kept) ? m : context.add(new Op.Reshape(kept), name(node, index), m);
        Node scaled = op.kind() == Op.ReduceKind.MEAN
                ? context.multiply(aligned, context.builder().constant(1.0 / reduced), name(node, index))
                : aligned;
        return context.broadcast(scaled, x);
    }

    static Node broadcast(Node node, int index, Node m, RuleContext context) {
        return context.sumTo(m, node.input(0).shape());
    }

    static Node reshape(Node node, int index, Node m, RuleContext context) {
        return context.add(new Op.Reshape(node.input(0).shape()), name(node, index), m);
    }

    static Node transpose(Node node, int index, Node m, RuleContext context) {
        List<Integer> permutation = ((Op.Transpose) node.op()).permutation();
        List<Integer> inverse = IntStream.range(0, permutation.size())
                .mapToObj(permutation::indexOf)
                .collect(Collectors.toList());
        return context.add(new Op.Transpose(inverse), name(node, index), m);
    }

    static Node concat(Node node, int index, Node m, RuleContext context) {
        int axis = ((Op.Concat) node.op()).axis();
        int start = 0;
        for (int i = 0; i < index; i++) {
            start += node.input(i).shape().dim(axis);
        }
        Shape part = node.input(index).shape();
        List<Integer> starts = new ArrayList<>(java.util.Collections.nCopies(part.rank(), 0));
        starts.set(axis, start);
        List<Integer> steps = java.util.Collections.nCopies(part.rank(), 1);
        return context.add(new Op.Slice(starts, steps, part), name(node, index), m);
    }

    static Node slice(Node node, int index, Node m, RuleContext context) {
        Op.Slice op = (Op.Slice) node.op();
        return context.add(new Op.Embed(op.starts(), op.steps(), node.input(0).shape(), 0), name(node, index), m);
    }

    static Node embed(Node node, int index, Node m, RuleContext context) {
        Op.Embed op = (Op.Embed) node.op();
        return context.add(new Op.Slice(op.starts(), op.steps(), node.input(0).shape()), name(node, index), m);
    }

    static Node add(Node node, int index, Node m, RuleContext context) {
        return context.sumTo(m, node.input(index).shape());
    }
}
