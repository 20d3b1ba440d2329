package org.deepliftc.compiler.rule;

import java.util.Optional;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.OpCases;

/**
 * DeepLIFT's rules (paper 2.3). With both ends of the difference on the example they are the rules of the gradient:
 * each is a difference quotient and gives its limit.
 */
public record DeepLiftRules(
        MaxRule maxRule, NonlinearityRules nonlinearities, SoftmaxRule softmaxRule, NormRule normRule)
        implements RuleSet {

    /** Rescale everywhere, softmax and norms decomposed. */
    public DeepLiftRules(MaxRule maxRule) {
        this(maxRule, NonlinearityRules.RESCALE, SoftmaxRule.DECOMPOSED, NormRule.DECOMPOSED);
    }

    @Override
    public Rule ruleFor(Node node) {
        return node.op().match(new Choice(this, node));
    }

    /** One node's choice. */
    private record Choice(DeepLiftRules all, Node node) implements OpCases<Rule> {
        private static Rule internal(Op op) {
            return new MissingRule(
                    "operator " + op.getClass().getSimpleName() + " belongs to explanations, not to models",
                    "explain a model that consists of the language's operators");
        }

        @Override
        public Rule input(Op.Input op) {
            return LinearRules.rule("m", 0, LinearRules::add);
        }

        @Override
        public Rule constant(Op.Constant op) {
            return LinearRules.rule("m", 0, LinearRules::add);
        }

        @Override
        public Rule elementwise(Op.Elementwise op) {
            return all.nonlinearities.ruleFor(node);
        }

        @Override
        public Rule dividedDifference(Op.DividedDifference op) {
            return internal(op);
        }

        @Override
        public Rule binary(Op.Binary op) {
            return switch (op.kind()) {
                case ADD -> LinearRules.rule("m1 = m, m2 = m", 2, LinearRules::add);
                case SUBTRACT -> new DifferenceRule();
                case MULTIPLY ->
                    NormDivision.rule(node, all.normRule).orElseGet(() -> new ProductRule(Optional.empty()));
                case DIVIDE ->
                    NormDivision.rule(node, all.normRule).orElseGet(() -> new QuotientRule(Optional.empty()));
                case MAXIMUM, MINIMUM -> new MaxoutRule();
                case AT_LEAST -> new ConditionRule();
                case SLOPE -> internal(op);
            };
        }

        @Override
        public Rule select(Op.Select op) {
            return new SelectRule(node.input(0).isConstant());
        }

        @Override
        public Rule dense(Op.Dense op) {
            if (!node.input(1).isConstant()) {
                return new MissingRule(
                        "its weights are not constant", "use the matrix product a @ b of two activations");
            }
            return new WeightsRule("m = W^T m", new Weighting.OfDense());
        }

        @Override
        public Rule matMul(Op.MatMul op) {
            boolean byConstant = node.input(0).isConstant() != node.input(1).isConstant();
            int data = node.input(0).isConstant() ? 1 : 0;
            return byConstant ? new WeightsRule("m = W^T m", new Weighting.OfMatMul(data)) : new MatMulRule();
        }

        @Override
        public Rule convolution(Op.Convolution op) {
            if (!node.input(1).isConstant()) {
                return new MissingRule("its weights are not constant", "a convolution by an activation has no rule");
            }
            return new WeightsRule("m = W^T * m", new Weighting.OfConvolution());
        }

        @Override
        public Rule convolutionTransposed(Op.ConvolutionTransposed op) {
            if (!node.input(1).isConstant()) {
                return new MissingRule("its weights are not constant", "a convolution by an activation has no rule");
            }
            return new WeightsRule("m = W * m", new Weighting.OfConvolutionTransposed());
        }

        @Override
        public Rule batchNorm(Op.BatchNorm op) {
            return new ScaleRule();
        }

        @Override
        public Rule maxPool(Op.MaxPool op) {
            return new MaxPoolRule(all.maxRule);
        }

        @Override
        public Rule argMaxPool(Op.ArgMaxPool op) {
            return internal(op);
        }

        @Override
        public Rule gatherPositions(Op.GatherPositions op) {
            return internal(op);
        }

        @Override
        public Rule scatterPositions(Op.ScatterPositions op) {
            return internal(op);
        }

        @Override
        public Rule segmentPool(Op.SegmentPool op) {
            return internal(op);
        }

        @Override
        public Rule averagePool(Op.AveragePool op) {
            return LinearRules.rule("m_i = sum m / window", 1, LinearRules::averagePool);
        }

        @Override
        public Rule reduce(Op.Reduce op) {
            return switch (op.kind()) {
                case SUM -> LinearRules.rule("m_i = m", 1, LinearRules::reduce);
                case MEAN -> LinearRules.rule("m_i = m / n", 1, LinearRules::reduce);
                case MAX -> new MaxReduceRule(all.maxRule);
            };
        }

        @Override
        public Rule broadcast(Op.Broadcast op) {
            return LinearRules.rule("m = sum m", 1, LinearRules::broadcast);
        }

        @Override
        public Rule reshape(Op.Reshape op) {
            return LinearRules.rule("m", 1, LinearRules::reshape);
        }

        @Override
        public Rule transpose(Op.Transpose op) {
            return LinearRules.rule("m", 1, LinearRules::transpose);
        }

        @Override
        public Rule concat(Op.Concat op) {
            return LinearRules.rule("m", Integer.MAX_VALUE, LinearRules::concat);
        }

        @Override
        public Rule slice(Op.Slice op) {
            return LinearRules.rule("m, 0 outside the slice", 1, LinearRules::slice);
        }

        @Override
        public Rule embed(Op.Embed op) {
            return LinearRules.rule("m without the padding", 1, LinearRules::embed);
        }

        @Override
        public Rule softmax(Op.Softmax op) {
            return switch (all.softmaxRule) {
                case GUARDED -> new GuardedSoftmax();
                case DECOMPOSED -> new DecomposedSoftmax();
                case SHIFT_FREE -> new ShiftFreeSoftmax();
                case LOGARITHMIC_MEAN -> new LogarithmicMeanSoftmax();
            };
        }

        @Override
        public Rule logSoftmax(Op.LogSoftmax op) {
            return new LogSoftmaxRule();
        }

        @Override
        public Rule argMax(Op.ArgMax op) {
            return internal(op);
        }

        @Override
        public Rule oneHot(Op.OneHot op) {
            return internal(op);
        }

        @Override
        public Rule pick(Op.Pick op) {
            return internal(op);
        }

        @Override
        public Rule meanOver(Op.MeanOver op) {
            return internal(op);
        }

        @Override
        public Rule scan(Op.Scan op) {
            boolean reveals = op.body().graph().nodes().stream()
                    .anyMatch(n -> n.op() instanceof Op.Elementwise
                            && all.nonlinearities.ruleFor(n).needsParts());
            return reveals
                    ? new MissingRule(
                            "a recurrence has no positive and negative parts, which reveal-cancel needs",
                            "choose rescale for the nonlinearities of its steps")
                    : new ScanRule(op.body(), all);
        }

        @Override
        public Rule lookUp(Op.LookUp op) {
            return new LookUpRule();
        }
    }
}
