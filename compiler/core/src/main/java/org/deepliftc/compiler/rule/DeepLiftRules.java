package org.deepliftc.compiler.rule;

import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * DeepLIFT's rules (paper 2.3). With both ends of the difference on the example they are the rules of the gradient:
 * each is a difference quotient and gives its limit.
 */
public record DeepLiftRules(MaxRule maxRule) implements RuleSet {

    @Override
    public Rule ruleFor(Node node) {
        return node.op().match(new Choice(maxRule, node));
    }

    /** One node's choice. */
    private record Choice(MaxRule maxRule, Node node) implements Op.Cases<Rule> {
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
            return new RescaleRule();
        }

        @Override
        public Rule dividedDifference(Op.DividedDifference op) {
            return internal(op);
        }

        @Override
        public Rule binary(Op.Binary op) {
            return switch (op.kind()) {
                case ADD -> LinearRules.rule("m1 = m, m2 = m", 2, LinearRules::add);
                case SUBTRACT -> LinearRules.rule("m1 = m, m2 = -m", 2, LinearRules::subtract);
                case MULTIPLY -> new ProductRule();
                case DIVIDE -> new QuotientRule();
                case MAXIMUM, MINIMUM ->
                    new MissingRule(
                            "the " + (op.kind() == Op.BinaryKind.MAXIMUM ? "maximum" : "minimum")
                                    + " of two tensors has no rule in this version",
                            "write it with relu: max(a, b) = b + relu(a - b)");
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
            return LinearRules.rule("m = W^T m", 1, LinearRules::dense);
        }

        @Override
        public Rule matMul(Op.MatMul op) {
            return new MatMulRule();
        }

        @Override
        public Rule convolution(Op.Convolution op) {
            if (!node.input(1).isConstant()) {
                return new MissingRule("its weights are not constant", "a convolution by an activation has no rule");
            }
            return LinearRules.rule("m = W^T * m", 1, LinearRules::convolution);
        }

        @Override
        public Rule convolutionTransposed(Op.ConvolutionTransposed op) {
            if (!node.input(1).isConstant()) {
                return new MissingRule("its weights are not constant", "a convolution by an activation has no rule");
            }
            return LinearRules.rule("m = W * m", 1, LinearRules::convolutionTransposed);
        }

        @Override
        public Rule batchNorm(Op.BatchNorm op) {
            return LinearRules.rule("m = m gamma / sqrt(variance + epsilon)", 1, LinearRules::batchNorm);
        }

        @Override
        public Rule maxPool(Op.MaxPool op) {
            if (maxRule == MaxRule.SEGMENTS) {
                return new MissingRule(
                        "the max rule 'segments' is not in this version",
                        "choose --max-rule cross, winner or gradient");
            }
            return new MaxPoolRule(maxRule);
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
        public Rule averagePool(Op.AveragePool op) {
            return LinearRules.rule("m_i = sum m / window", 1, LinearRules::averagePool);
        }

        @Override
        public Rule reduce(Op.Reduce op) {
            return switch (op.kind()) {
                case SUM -> LinearRules.rule("m_i = m", 1, LinearRules::reduce);
                case MEAN -> LinearRules.rule("m_i = m / n", 1, LinearRules::reduce);
                case MAX ->
                    new MissingRule("the maximum along an axis has no rule in this version", "use a global max pool");
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
            return new SoftmaxRule();
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
            return new ScanRule(op.body(), new DeepLiftRules(maxRule));
        }

        @Override
        public Rule lookUp(Op.LookUp op) {
            return new LookUpRule();
        }
    }
}
