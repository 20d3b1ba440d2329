package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = c / sqrt(v) with v = w sum c^2 + epsilon: the division of layer, RMS, group and instance normalisation.
 *
 * <p>The share of c_j is the integral of its gradient along the straight path from reference to example (Aumann and Shapley's
 * value; Sundararajan et al., arXiv 1703.01365, eq. 1), m_j = m'_j I - w sum_i m'_i K_ij with I the integral of v^(-1/2) and
 * K_ij that of c_i c_j v^(-3/2). On the path v is a square distance: with s and s0 the roots on both runs, L^2 = w sum (dc)^2,
 * d = w sum c c0 + epsilon and N = s s0 + d,
 *
 * <pre>
 *   I = (1 / L) log((s + s0 + L) / (s + s0 - L)),  s + s0 - L = 2 N / (s + s0 + L)
 *   m_j = I m'_j - w b_j (sum m' b) / ((s + s0) s s0 N) - w dc_j (sum m' dc) (I - 2 / (s + s0)) / L^2,  b = s c0 + s0 c
 * </pre>
 *
 * <p>Exact for any differences, whatever rounding does to I, as w sum b dc = (s - s0) N. The multiplier grows with the logarithm of s / s0, where the paper's decomposition (square, sum,
 * root and product) grows with that ratio: from a reference of zeros it hands out shares of 1 / sqrt(epsilon) that cancel. As the
 * difference goes to zero both are the gradient. With two channels (reveal-cancel) the decomposition is used.
 *
 * @param quadratic v
 * @param root which input of the product or quotient is the root, or its inverse
 * @param decomposed the rule of that product or quotient
 */
record PathNormRule(NormDivision.Quadratic quadratic, int root, Rule decomposed) implements Rule {
    private static final Op DIVIDE = new Op.Binary(Op.BinaryKind.DIVIDE);

    /** Below this square distance the last term is nothing. */
    private static final double LEAST = 1e-30;

    @Override
    public String name() {
        return "norm";
    }

    @Override
    public String equation() {
        return "m_j = m_j I - w b_j sum m b / ((s + s') s s' N) - w dc_j sum m dc (I - 2 / (s + s')) / L^2,"
                + " the integral of the gradient along the straight path";
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        return decomposed.parts(node, context);
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Node radicand = quadratic.radicand();
        if (!upstream.isSingle() || context.actual(radicand) == context.reference(radicand)) {
            return decomposed.apply(node, upstream, context);
        }
        Multiplier toDividend = Multiplier.of(ofPath(node, upstream.positive(), context));
        Multiplier toRoot =
                Multiplier.of(context.filled(node.input(root).shape(), 0, RuleContext.multiplierName(node, root)));
        return root == 1 ? List.of(toDividend, toRoot) : List.of(toRoot, toDividend);
    }

    /** The roots of v on both runs. */
    private record Ends(Node s, Node s0) {}

    private Ends ends(Node node, RuleContext context) {
        return new Ends(
                root(context.actual(quadratic.radicand()), node, context),
                root(context.reference(quadratic.radicand()), node, context));
    }

    private Node root(Node v, Node node, RuleContext context) {
        String name = node.name() + ".norm";
        Node shaped = v.shape().equals(quadratic.kept()) ? v : context.add(new Op.Reshape(quadratic.kept()), name, v);
        return context.add(new Op.Elementwise(Activation.of(Activation.Kind.SQRT)), name, shaped);
    }

    private Node ofPath(Node node, Node m, RuleContext context) {
        String name = RuleContext.multiplierName(node, 1 - root);
        Node c = context.actual(node.input(1 - root));
        Node c0 = context.reference(node.input(1 - root));
        Node delta = context.delta(node.input(1 - root));
        Ends ends = ends(node, context);
        Node both = context.plus(ends.s, ends.s0, name);
        Node product = context.multiply(ends.s, ends.s0, name);
        Node squareLength = weighted(sum(context.multiply(delta, delta, name), context), name, context);
        Node length = context.add(new Op.Elementwise(Activation.of(Activation.Kind.SQRT)), name, squareLength);
        Node inner = context.plus(
                weighted(sum(context.multiply(c, c0, name), context), name, context),
                context.builder().constant(quadratic.epsilon()),
                name);
        Node n = context.plus(product, inner, name);
        Node straight = context.add(DIVIDE, name, context.builder().constant(2), both);
        Node integral = integral(context.plus(both, length, name), n, name, context);
        Node b = context.plus(context.multiply(c0, ends.s, name), context.multiply(c, ends.s0, name), name);
        Node ofSize = context.add(
                DIVIDE,
                name,
                weighted(sum(context.multiply(m, b, name), context), name, context),
                context.multiply(context.multiply(both, product, name), n, name));
        Node beyond = context.add(
                DIVIDE,
                name,
                context.subtract(integral, straight, name),
                context.add(
                        new Op.Binary(Op.BinaryKind.MAXIMUM),
                        name,
                        squareLength,
                        context.builder().constant(LEAST)));
        Node along =
                context.multiply(weighted(sum(context.multiply(m, delta, name), context), name, context), beyond, name);
        Node turned = context.plus(context.multiply(b, ofSize, name), context.multiply(delta, along, name), name);
        return context.subtract(context.multiply(m, integral, name), turned, name);
    }

    /** (1 / L) log(far / near) with near = 2 N / far and far - near = 2 L: twice the divided difference of the logarithm. */
    private static Node integral(Node far, Node n, String name, RuleContext context) {
        Node two = context.builder().constant(2);
        Node near = context.add(DIVIDE, name, context.multiply(n, two, name), far);
        Node slope = context.add(new Op.DividedDifference(Activation.of(Activation.Kind.LOG)), name, far, near);
        return context.multiply(slope, two, name);
    }

    private Node weighted(Node sum, String name, RuleContext context) {
        return context.multiply(sum, context.builder().constant(quadratic.weight()), name);
    }

    private Node sum(Node terms, RuleContext context) {
        return context.add(new Op.Reduce(Op.ReduceKind.SUM, quadratic.axes(), true), terms.name(), terms);
    }
}
