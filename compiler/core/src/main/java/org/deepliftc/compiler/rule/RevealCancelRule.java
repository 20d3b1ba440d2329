package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = f(x), elementwise, with the difference of x in a positive part P and a negative part N.
 *
 * <p>Each part gets the mean of what it adds alone and what it adds after the other (arXiv 1704.02685, 3.5.3):
 * P_y = ((f(r + P) - f(r)) + (f(x) - f(r + N))) / 2, N_y likewise, and m+ = m+_y P_y / P, m- = m-_y N_y / N. As divided
 * differences in closed form: P_y / P = (f[r + P, r] + f[x, r + N]) / 2. Where a part vanishes that is its limit,
 * (f'(r) + f'(r + the other part)) / 2, without a pseudo-count. Exact: P_y + N_y = f(x) - f(r).
 */
final class RevealCancelRule implements Rule {
    @Override
    public String name() {
        return "reveal-cancel";
    }

    @Override
    public String equation() {
        return "m+ = (f[r+P, r] + f[x, r+N]) / 2, m- = (f[r+N, r] + f[x, r+P]) / 2";
    }

    @Override
    public boolean needsParts() {
        return true;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Slopes slopes = Slopes.of(node, context);
        String name = RuleContext.multiplierName(node, 0);
        return List.of(new Multiplier(
                context.multiply(upstream.positive(), slopes.rising, name),
                context.multiply(upstream.negative(), slopes.falling, name)));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Slopes slopes = Slopes.of(node, context);
        Parts x = context.parts(node.input(0));
        String name = node.name() + ".part";
        return new Parts(
                context.multiply(x.positive(), slopes.rising, name),
                context.multiply(x.negative(), slopes.falling, name));
    }

    /** P_y / P and N_y / N. */
    private record Slopes(Node rising, Node falling) {
        static Slopes of(Node node, RuleContext context) {
            Node x = context.actual(node.input(0));
            Node r = context.reference(node.input(0));
            Parts parts = context.parts(node.input(0));
            Node risen = context.plus(r, parts.positive(), node.name() + ".risen");
            Node fallen = context.plus(r, parts.negative(), node.name() + ".fallen");
            return new Slopes(mean(node, risen, r, x, fallen, context), mean(node, fallen, r, x, risen, context));
        }

        private static Node mean(Node node, Node alone, Node r, Node x, Node other, RuleContext context) {
            Node first = RescaleRule.slope(node, alone, r, context);
            Node second = RescaleRule.slope(node, x, other, context);
            String name = node.name() + ".slope";
            return context.multiply(
                    context.plus(first, second, name), context.builder().constant(0.5), name);
        }
    }
}
