package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * y = max(x_1, ..., x_k) or min(x_1, ..., x_k), element by element, broadcasting; maxout where the x_i are affine.
 *
 * <p>m_i = m_y times the part of the straight path from reference to input on which x_i is the upper (lower) envelope
 * (paper 2.3.3, eq. 14), summed over repeated axes. Exact for any differences. Where no operand moves, all of the path
 * is the winner's; ties go to the first operand.
 */
final class MaxoutRule implements Rule {
    @Override
    public String name() {
        return "segments";
    }

    @Override
    public String equation() {
        return MaxPoolRule.equation(MaxRule.SEGMENTS);
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        MaxShares shares = shares(node, context);
        int size = node.shape().size();
        List<Multiplier> handed = new ArrayList<>();
        Multiplier all = upstream.map(m ->
                shares.back(context.add(new Op.Reshape(Shape.of(1, 1, size)), m.name(), m), node.name() + ".shares"));
        for (int i = 0; i < node.inputs().size(); i++) {
            String name = RuleContext.multiplierName(node, i);
            Op.Slice own = new Op.Slice(List.of(0, i, 0), List.of(1, 1, 1), Shape.of(1, 1, size));
            Shape shape = node.input(i).shape();
            handed.add(all.map(m -> {
                Node row = context.add(own, name, m);
                return context.sumTo(context.add(new Op.Reshape(node.shape()), name, row), shape);
            }));
        }
        return handed;
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        MaxShares shares = shares(node, context);
        String name = node.name() + ".part";
        return new Parts(
                context.add(
                        new Op.Reshape(node.shape()),
                        name,
                        shares.forward(stack(node, i -> context.parts(i).positive(), context), name)),
                context.add(
                        new Op.Reshape(node.shape()),
                        name,
                        shares.forward(stack(node, i -> context.parts(i).negative(), context), name)));
    }

    /** The operands as the rows of one channel, pooled column by column; a minimum is the maximum of the negatives. */
    private static MaxShares shares(Node node, RuleContext context) {
        boolean minimum = ((Op.Binary) node.op()).kind() == Op.BinaryKind.MINIMUM;
        Node x = signed(stack(node, context::actual, context), minimum, context);
        boolean same = node.inputs().stream().allMatch(i -> context.actual(i) == context.reference(i));
        Node r = same ? x : signed(stack(node, context::reference, context), minimum, context);
        Window window = Window.of(List.of(node.inputs().size(), 1), List.of(1, 1));
        return new MaxShares.Segments(window, x, r, context);
    }

    private static Node signed(Node value, boolean minimum, RuleContext context) {
        return minimum ? context.multiply(value, context.builder().constant(-1), value.name()) : value;
    }

    private static Node stack(Node node, Function<Node, Node> value, RuleContext context) {
        String name = node.name() + ".stack";
        Shape row = Shape.of(1, 1, node.shape().size());
        List<Node> rows = new ArrayList<>();
        for (Node input : node.inputs()) {
            Node whole = context.broadcast(value.apply(input), node.shape());
            rows.add(context.add(new Op.Reshape(row), name, whole));
        }
        return context.builder().add(new Op.Concat(1), Collections.unmodifiableList(rows), name, SourceSpan.NONE);
    }
}
