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
        switch (name) {
            case "max", "any", "profile", "profile_with_softmax" -> {
                return Target.parse(name);
            }
            default -> {
                return new Target.Neurons(
                        values.stream().map(TargetSetting::sum).toList());
            }
        }
    }

    private static Target.Sum sum(Expression value) {
        List<Target.Term> terms = new ArrayList<>();
        add(terms, 1, value);
        return new Target.Sum(terms);
    }

    private static void add(List<Target.Term> terms, double weight, Expression value) {
        if (value instanceof Expression.Negation negated && negated.operand() instanceof Expression.Binary) {
            add(terms, -weight, negated.operand());
        } else if (value instanceof Expression.Binary binary) {
            switch (binary.operator()) {
                case ADD -> {
                    add(terms, weight, binary.left());
                    add(terms, weight, binary.right());
                }
                case SUBTRACT -> {
                    add(terms, weight, binary.left());
                    add(terms, -weight, binary.right());
                }
                case MULTIPLY -> terms.add(new Target.Term(weight * number(binary.left()), neuron(binary.right())));
                default -> throw malformed(value);
            }
        } else {
            terms.add(new Target.Term(weight, neuron(value)));
        }
    }

    private static double number(Expression value) {
        if (value instanceof Expression.IntegerLiteral literal) {
            return literal.value();
        }
        if (value instanceof Expression.RealLiteral literal) {
            return literal.value();
        }
        if (value instanceof Expression.Negation negated) {
            return -number(negated.operand());
        }
        throw malformed(value);
    }

    private static Target.Neuron neuron(Expression value) {
        if (value instanceof Expression.ListLiteral list) {
            return new Target.ByAxis(
                    list.elements().stream().map(TargetSetting::index).toList());
        }
        String word = Words.word(value).orElse("");
        return word.equals("sum") || word.equals("mean")
                ? new Target.Everything(word.equals("mean"))
                : new Target.Flat(index(value));
    }

    private static int index(Expression value) {
        if (value instanceof Expression.IntegerLiteral literal && literal.value() <= Integer.MAX_VALUE) {
            return (int) literal.value();
        }
        throw malformed(value);
    }

    private static Failure malformed(Expression value) {
        return Failure.of(
                Problem.EXPLAIN001,
                value.span(),
                "a target is an index (3), several (0, 3), a position by axis ([1, 11]), a sum of these (1 - 0,"
                        + " 0.5 * [0, 1] + 2 * 7, mean), profile, profile_with_softmax, max or any");
    }

    /** Whether all neurons of a target that is known now lie inside the explained point. */
    static boolean fits(Target target, Shape point) {
        return !(target instanceof Target.Neurons neurons)
                || neurons.sums().stream()
                        .flatMap(sum -> sum.terms().stream())
                        .allMatch(term -> fits(term.neuron(), point));
    }

    private static boolean fits(Target.Neuron neuron, Shape point) {
        if (neuron instanceof Target.Flat flat) {
            return flat.index() < point.size();
        }
        if (!(neuron instanceof Target.ByAxis byAxis)) {
            return true;
        }
        boolean fits = byAxis.position().size() == point.rank();
        for (int axis = 0; fits && axis < point.rank(); axis++) {
            fits = byAxis.position().get(axis) < point.dim(axis);
        }
        return fits;
    }
}
