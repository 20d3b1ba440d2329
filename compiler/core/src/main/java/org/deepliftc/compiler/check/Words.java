package org.deepliftc.compiler.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.syntax.Expression;

/** The words of an explain section, which look like expressions to the parser. */
final class Words {
    private Words() {}

    /** A word or several joined by hyphens, with underscores for hyphens. */
    static Optional<String> word(Expression expression) {
        if (expression instanceof Expression.Name) {
            return Optional.of(((Expression.Name) expression).text());
        }
        if (expression instanceof Expression.TextLiteral) {
            return Optional.of(((Expression.TextLiteral) expression).value());
        }
        if (expression instanceof Expression.Binary) {
            Expression.Binary binary = (Expression.Binary) expression;
            return binary.operator() == Expression.Operator.SUBTRACT
                    ? word(binary.left()).flatMap(l -> word(binary.right()).map(r -> l + "_" + r))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    static <E extends Enum<E> & Spelled> E spelled(Class<E> type, String what, Expression value) {
        String text = word(value).orElse("");
        try {
            return Spelled.parse(type, what, text);
        } catch (IllegalArgumentException e) {
            List<String> choices = Arrays.stream(type.getEnumConstants())
                    .map(c -> c.spelling().replace('-', '_'))
                    .collect(Collectors.toList());
            throw Failure.of(Suggestions.hinted(
                    Problem.EXPLAIN001.at(value.span(), what + " is none of: " + String.join(", ", choices)),
                    text,
                    choices,
                    "write one of these"));
        }
    }
}
