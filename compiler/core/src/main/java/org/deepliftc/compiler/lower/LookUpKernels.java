package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;

/** Rows of tables by number. */
final class LookUpKernels {
    private final Operands operands;

    LookUpKernels(Operands operands) {
        this.operands = operands;
    }

    void lookUp(Node node, Operands.Placed out, Code code) {
        Node numbers = node.input(0);
        Node table = node.input(1);
        View from = operands.view(table);
        Shape row = table.shape().from(1);
        View one = new View(row, from.strides().subList(1, from.strides().size()), 0, from.size());
        int[] extents = numbers.shape().toArray();
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            names.add("i" + axis);
        }
        operands.eachRow(
                code,
                rows -> rows.rows(names, extents, inner -> at -> {
                    Expr value = operands.load(numbers, at);
                    Expr number = value.kind() == Kind.INT ? value : new Expr.ToInt(value);
                    Expr last = Code.integer(table.shape().dim(0) - 1);
                    Expr entry = inner.let("entry", Code.max(Code.integer(0), Code.min(last, number)));
                    Expr start = inner.let("start", Code.plus(Code.times(entry, from.stride(0)), from.offset()));
                    List<Expr> first = new ArrayList<>(at);
                    row.dims().forEach(dim -> first.add(Code.integer(0)));
                    Expr to = out.view().at(first);
                    int[] outStrides = tail(out.view(), extents.length);
                    new Nest(row.toArray(), List.of(outStrides, tail(one, 0)))
                            .independently(
                                    inner,
                                    0,
                                    (body, positions) -> operands.store(
                                            body,
                                            out.buffer(),
                                            Code.plus(to, positions.get(0)),
                                            operands.element(
                                                    operands.placed(table).buffer(),
                                                    Code.plus(start, positions.get(1)))));
                }));
    }

    private static int[] tail(View view, int from) {
        return view.strides().stream().skip(from).mapToInt(Integer::intValue).toArray();
    }
}
