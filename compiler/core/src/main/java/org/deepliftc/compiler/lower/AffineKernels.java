package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/**
 * Matrix products. Every output is one sum of fused multiply-adds that starts at the bias and rises in the order in
 * which the input lies in memory; lanes are neighbouring outputs, whose weights lie side by side in {@link Panels}.
 */
final class AffineKernels {
    /** Up to so many outputs vectors run along the sums, beyond across the outputs. */
    private static final int FEW_OUTPUTS = 4;

    private final Operands operands;

    AffineKernels(Operands operands) {
        this.operands = operands;
    }

    /** Rows of the input times a matrix. */
    void dense(Node node, Op.Dense op, Operands.Placed out, Code code) {
        Node x = node.input(0);
        boolean forward = op.direction() == Op.Direction.FORWARD;
        Shape weights = node.input(1).shape();
        int inner = weights.dim(forward ? 1 : 0);
        int outer = weights.dim(forward ? 0 : 1);
        View from = operands.view(x);
        View to = out.view();
        // A vector may lie as an image does: each of its positions is a panel of channels.
        boolean image = node.shape().rank() == 1 && to.shape().rank() > 1;
        Shape lead = image || x.shape().rank() == 1
                ? Shape.SCALAR
                : x.shape().upTo(x.shape().rank() - 1);
        Panels panels = image ? Panels.ofImage(to) : Panels.of(outer);
        Shape summed = from.shape().size() == inner ? from.shape() : Shape.of(inner);
        int[] along = from.shape().size() == inner
                ? from.strideArray()
                : new int[] {from.stride(from.strides().size() - 1)};
        Sum sum = new Sum(summed, along);
        if (outer <= FEW_OUTPUTS && inner >= Partials.WORTH && !image && sum.isRun()) {
            dots(node, forward, outer, sum, lead, out, code);
            return;
        }
        List<Packing.Axis> axes = new ArrayList<>();
        if (forward) {
            axes.addAll(panels.axes(inner));
            axes.addAll(sum.axes(Panels.WIDTH));
        } else {
            axes.addAll(sum.axes(Panels.WIDTH));
            axes.addAll(panels.axes(inner));
        }
        Buffer w = operands.packed(node.input(1), new Packing(axes, panels.count() * inner * Panels.WIDTH));
        Optional<Buffer> bias = bias(node, panels);
        panels.each(
                code,
                to,
                (block, panel) -> operands.eachRow(
                        block,
                        rows -> leading(
                                rows,
                                lead,
                                from,
                                to,
                                (row, fromRow, toRow) -> panel.lanes(row, lane -> {
                                    Expr.Var total = lane.code().declare("sum", lane.bias(bias, integer(0)));
                                    sum.write(
                                            lane.code(),
                                            (body, position, weight) -> body.accumulate(
                                                    total,
                                                    operands.element(
                                                            operands.placed(x).buffer(), plus(fromRow, position)),
                                                    load(w, lane.weight(weight, inner))));
                                    operands.store(lane.code(), out.buffer(), plus(toRow, lane.output()), total);
                                }))));
    }

    /** Few outputs of many inputs: each a long sum, with vectors along it. */
    private void dots(Node node, boolean forward, int outputs, Sum sum, Shape lead, Operands.Placed out, Code code) {
        Node x = node.input(0);
        int inner = sum.size();
        List<Packing.Axis> axes = new ArrayList<>(sum.axes(1));
        axes.add(forward ? 0 : axes.size(), Packing.Axis.plain(outputs, inner));
        Buffer w = operands.packed(node.input(1), new Packing(axes, outputs * inner));
        int lane = out.view().strides().isEmpty()
                ? 1
                : out.view().stride(out.view().strides().size() - 1);
        operands.eachRow(
                code,
                rows -> leading(rows, lead, operands.view(x), out.view(), (row, fromRow, toRow) -> {
                    for (int o = 0; o < outputs; o++) {
                        Expr first = integer(o * inner);
                        Expr total = Partials.accumulated(
                                row,
                                operands,
                                node.name() + (outputs > 1 ? o : ""),
                                inner,
                                (term, partial, k) -> term.accumulate(
                                        partial,
                                        operands.element(operands.placed(x).buffer(), plus(fromRow, k)),
                                        load(w, plus(first, k))));
                        Expr bias =
                                node.inputs().size() > 2 ? operands.load(node.input(2), List.of(integer(o))) : real(0);
                        Expr position = plus(plus(toRow, out.view().offset()), o * lane);
                        operands.store(row, out.buffer(), position, Code.add(total, bias));
                    }
                }));
    }

    private interface LeadingBody {
        void write(Code code, Expr from, Expr to);
    }

    /** The rows of a matrix that a dense layer applies to one by one. */
    private static void leading(Code code, Shape lead, View from, View to, LeadingBody body) {
        int[] extents = lead.toArray();
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            names.add(extents.length == 1 ? "t" : "t" + axis);
        }
        code.rows(names, extents, inner -> at -> {
            Expr fromRow = integer(from.offset());
            Expr toRow = integer(0);
            for (int axis = 0; axis < at.size(); axis++) {
                fromRow = plus(fromRow, times(at.get(axis), from.stride(axis)));
                toRow = plus(toRow, times(at.get(axis), to.stride(axis)));
            }
            body.write(inner, fromRow, toRow);
        });
    }

    private Optional<Buffer> bias(Node node, Panels panels) {
        return node.inputs().size() < 3
                ? Optional.empty()
                : Optional.of(operands.packed(node.input(2), new Packing(panels.axes(1), panels.paddedLanes())));
    }
}
