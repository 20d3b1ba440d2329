package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/** Linear operators as the oracle sees them: what they answer to unit vectors. */
final class LinearResponses {
    private LinearResponses() {}

    static boolean isProduct(Op op) {
        return op instanceof Op.MatMul || op instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.MULTIPLY;
    }

    /** The operator without what does not depend on the input. */
    static Op linearPart(Node node) {
        Op op = node.op();
        if (op instanceof Op.Embed embed) {
            return new Op.Embed(embed.starts(), embed.steps(), embed.shape(), 0);
        }
        boolean linear = op instanceof Op.Dense
                || op instanceof Op.Convolution
                || op instanceof Op.ConvolutionTransposed
                || op instanceof Op.MatMul
                || op instanceof Op.AveragePool
                || op instanceof Op.Reduce
                || op instanceof Op.Broadcast
                || op instanceof Op.Reshape
                || op instanceof Op.Transpose
                || op instanceof Op.Concat
                || op instanceof Op.Slice
                || op instanceof Op.Binary binary && binary.kind().ordinal() <= Op.BinaryKind.MULTIPLY.ordinal();
        if (!linear) {
            throw new IllegalArgumentException("the oracle has no rule for " + op);
        }
        return op;
    }

    /** The operands between which the operator is linear in number {@code k}: factors at their mean, terms at zero. */
    static List<ConstantData> linearOperands(RuleOracle.Run run, Node node, int k) {
        boolean product = isProduct(node.op());
        boolean weighted = node.op() instanceof Op.Dense
                || node.op() instanceof Op.Convolution
                || node.op() instanceof Op.ConvolutionTransposed;
        if (weighted && k != 0) {
            throw new IllegalArgumentException("the oracle has no rule for weights that depend on the input");
        }
        List<ConstantData> operands = new ArrayList<>();
        for (int i = 0; i < (weighted ? 2 : node.inputs().size()); i++) {
            Node input = node.input(i);
            boolean kept = product || weighted;
            operands.add(data(
                    input, kept ? run.mean(input) : new double[input.shape().size()]));
        }
        return operands;
    }

    static ConstantData data(Node node, double[] values) {
        return ConstantData.real(node.shape(), values.clone());
    }

    /** What the operator answers to each unit vector of operand {@code k}, the others as they are. */
    static double[][] responses(Op op, List<ConstantData> operands, int k, Shape out) {
        Shape shape = operands.get(k).shape();
        double[][] responses = new double[shape.size()][];
        List<ConstantData> probe = new ArrayList<>(operands);
        for (int i = 0; i < responses.length; i++) {
            double[] unit = new double[responses.length];
            unit[i] = 1;
            probe.set(k, ConstantData.real(shape, unit));
            responses[i] = fold(op, probe, out);
        }
        return responses;
    }

    /** m[i] = sum over outputs of m[o] times the response of output o to the i-th unit vector. */
    static double[] handedBack(double[][] responses, double[] m) {
        double[] back = new double[responses.length];
        for (int o = 0; o < m.length; o++) {
            for (int i = 0; i < back.length && m[o] != 0; i++) {
                back[i] += m[o] * responses[i][o];
            }
        }
        return back;
    }

    static double[] fold(Op op, List<ConstantData> inputs, Shape shape) {
        return Interpreter.fold(op, inputs, shape, ElementType.REAL).toArray();
    }
}
