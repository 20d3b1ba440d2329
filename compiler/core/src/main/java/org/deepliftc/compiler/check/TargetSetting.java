package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.syntax.Expression;

/** The target of an explain section. */
final class TargetSetting {
    private TargetSetting() {}

    static Target read(List<Expression> values) {
        String name = values.size() == 1 ? Words.word(values.get(0)).orElse("") : "";
        if (name.equals("max")) {
            return new Target.Max();
        }
        if (name.equals("any")) {
            return new Target.Any();
        }
        if (values.size() == 1 && values.get(0) instanceof Expression.ListLiteral) {
            return new Target.ByAxis(indices(((Expression.ListLiteral) values.get(0)).elements()));
        }
        return new Target.Flat(indices(values));
    }

    private static List<Integer> indices(List<Expression> values) {
        List<Integer> indices = new ArrayList<>();
        for (Expression value : values) {
            boolean isIndex = value instanceof Expression.IntegerLiteral
                    && ((Expression.IntegerLiteral) value).value() <= Integer.MAX_VALUE;
            if (!isIndex) {
                throw Failure.of(
                        Problem.EXPLAIN001,
                        value.span(),
                        "a target is an index (3), several (0, 3), a position by axis ([1, 11]), max or any");
            }
            indices.add((int) ((Expression.IntegerLiteral) value).value());
        }
        return indices;
    }

    /** Whether all neurons of a target that is known now lie inside the explained point. */
    static boolean fits(Target target, Shape point) {
        if (target instanceof Target.Flat) {
            return ((Target.Flat) target).indices().stream().allMatch(i -> i < point.size());
        }
        if (!(target instanceof Target.ByAxis)) {
            return true;
        }
        List<Integer> position = ((Target.ByAxis) target).position();
        boolean fits = position.size() == point.rank();
        for (int axis = 0; fits && axis < position.size(); axis++) {
            fits = position.get(axis) < point.dim(axis);
        }
        return fits;
    }
}
