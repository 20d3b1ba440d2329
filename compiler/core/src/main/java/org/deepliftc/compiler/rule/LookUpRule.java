package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = table[x], the product of a one-hot vector and a matrix of which only the number is given.
 *
 * <p>By the linear rule for the one-hot vector (paper 2.3.1) its entries contribute m W (e_x - e_r); their sum, one score
 * for each number, is m (y - y0). So m_x = sum m (y - y0) / (x - r), which has no limit as x approaches r: where the numbers
 * are equal the difference and the contribution are 0. There is no gradient by a number.
 */
final class LookUpRule implements Rule {
    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public String equation() {
        return "m = sum m (y - y0) / (x - r)";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Node x = node.input(0);
        if (context.actual(x) == context.reference(x)) {
            throw new DiagnosticException(Diagnostic.error(
                            "RULE001",
                            node.span(),
                            "'" + node.name()
                                    + "' cannot be explained: an entry of a table has no gradient by its number")
                    .withHint("choose --method deeplift, or explain --at " + node.name()));
        }
        List<Integer> axes = new ArrayList<>();
        for (int axis = x.shape().rank(); axis < node.shape().rank(); axis++) {
            axes.add(axis);
        }
        String name = RuleContext.multiplierName(node, 0);
        Node change = context.delta(node);
        return List.of(upstream.map(m -> {
            Node product = context.multiply(m, change, name);
            Node sum = axes.isEmpty()
                    ? product
                    : context.add(new Op.Reduce(Op.ReduceKind.SUM, axes, false), name, product);
            return context.add(new Op.Binary(Op.BinaryKind.SLOPE), name, sum, context.delta(x));
        }));
    }
}
