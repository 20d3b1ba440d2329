package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * y = the largest value along some axes: a max pool whose window is everything, by the rule of max pools with its
 * equations, exactness and limits ({@link MaxPoolRule}); ties go to the first position in row-major order.
 */
record MaxReduceRule(MaxRule rule) implements Rule {
    @Override
    public String name() {
        return rule.spelling();
    }

    @Override
    public String equation() {
        return MaxPoolRule.equation(rule);
    }

    @Override
    public boolean exact() {
        return MaxPoolRule.isExact(rule);
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Rows rows = Rows.of(node);
        String name = RuleContext.multiplierName(node, 0);
        MaxShares shares = shares(node, rows, context);
        return List.of(upstream.map(m -> {
            Node aligned = context.add(new Op.Reshape(Shape.of(rows.kept, 1)), name, m);
            return rows.spread(shares.back(aligned, name), name, context);
        }));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Rows rows = Rows.of(node);
        String name = node.name() + ".part";
        MaxShares shares = shares(node, rows, context);
        return context.parts(node.input(0)).map(part -> {
            Node largest = shares.forward(rows.gather(part, name, context), name);
            return context.add(new Op.Reshape(node.shape()), name, largest);
        });
    }

    private MaxShares shares(Node node, Rows rows, RuleContext context) {
        Node x = context.actual(node.input(0));
        Node r = context.reference(node.input(0));
        Node rowsOfX = rows.gather(x, node.name() + ".rows", context);
        Node rowsOfR = x == r ? rowsOfX : rows.gather(r, node.name() + ".rows", context);
        Window window = Window.of(List.of(rows.reduced), List.of(1));
        MaxShares.Pooled pooled = MaxShares.Pooled.of(window, rowsOfX, rowsOfR, context, node.name());
        return MaxShares.of(rule, pooled, context, node.name());
    }

    /** The input as rows, one for each result. */
    private record Rows(Shape shape, List<Integer> order, int kept, int reduced) {
        static Rows of(Node node) {
            Op.Reduce op = (Op.Reduce) node.op();
            Shape shape = node.input(0).shape();
            List<Integer> order = new ArrayList<>();
            int reduced = 1;
            for (int axis = 0; axis < shape.rank(); axis++) {
                if (op.axes().contains(axis)) {
                    reduced *= shape.dim(axis);
                } else {
                    order.add(axis);
                }
            }
            order.addAll(op.axes());
            return new Rows(shape, order, shape.size() / reduced, reduced);
        }

        Node gather(Node x, String name, RuleContext context) {
            Node ordered = context.add(new Op.Transpose(order), name, x);
            return context.add(new Op.Reshape(Shape.of(kept, reduced)), name, ordered);
        }

        Node spread(Node rows, String name, RuleContext context) {
            List<Integer> dims = new ArrayList<>();
            List<Integer> inverse = new ArrayList<>();
            for (int axis = 0; axis < order.size(); axis++) {
                dims.add(shape.dim(order.get(axis)));
                inverse.add(order.indexOf(axis));
            }
            Node ordered = context.add(new Op.Reshape(new Shape(dims)), name, rows);
            return context.add(new Op.Transpose(inverse), name, ordered);
        }
    }
}
