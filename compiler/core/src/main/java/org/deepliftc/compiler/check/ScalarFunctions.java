package org.deepliftc.compiler.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.layer.NamedActivations;
import org.deepliftc.compiler.syntax.Expression;

/** The body of an activation to a function of its one variable. */
final class ScalarFunctions implements Expression.Cases<ScalarFunction> {
    private final ActivationBodies bodies;
    private final String variable;

    ScalarFunctions(ActivationBodies bodies, String variable) {
        this.bodies = bodies;
        this.variable = variable;
    }

    private static Failure noFunction(SourceSpan span, String message) {
        return Failure.of(
                Problem.CALL007,
                span,
                message,
                "an activation is made of its variable, numbers, + - * / ^, and activations such as tanh");
    }

    @Override
    public ScalarFunction name(Expression.Name expression) {
        if (expression.text().equals(variable)) {
            return new ScalarFunction.Variable();
        }
        throw noFunction(
                expression.span(),
                "'" + expression.text() + "' is not known here: the variable of this activation is '" + variable + "'");
    }

    @Override
    public ScalarFunction integer(Expression.IntegerLiteral expression) {
        return new ScalarFunction.Number(expression.value());
    }

    @Override
    public ScalarFunction real(Expression.RealLiteral expression) {
        return new ScalarFunction.Number(expression.value());
    }

    @Override
    public ScalarFunction text(Expression.TextLiteral expression) {
        throw noFunction(expression.span(), "a text means nothing in an activation");
    }

    @Override
    public ScalarFunction list(Expression.ListLiteral expression) {
        throw noFunction(expression.span(), "a list means nothing in an activation, which sees one element at a time");
    }

    @Override
    public ScalarFunction index(Expression.Index expression) {
        throw noFunction(expression.span(), "an activation sees one element at a time and cannot index");
    }

    @Override
    public ScalarFunction negation(Expression.Negation expression) {
        ScalarFunction operand = expression.operand().match(this);
        return operand instanceof ScalarFunction.Number
                ? new ScalarFunction.Number(-((ScalarFunction.Number) operand).value())
                : new ScalarFunction.Arithmetic(
                        ScalarFunction.Operator.MULTIPLY, new ScalarFunction.Number(-1), operand);
    }

    @Override
    public ScalarFunction binary(Expression.Binary expression) {
        ScalarFunction left = expression.left().match(this);
        ScalarFunction right = expression.right().match(this);
        if (left instanceof ScalarFunction.Number && right instanceof ScalarFunction.Number) {
            return folded(expression, (ScalarFunction.Number) left, (ScalarFunction.Number) right);
        }
        if (expression.operator() == Expression.Operator.POWER) {
            return power(left, right, expression);
        }
        if (expression.operator() == Expression.Operator.MATMUL) {
            throw noFunction(expression.span(), "@ multiplies matrices, an activation sees one element at a time");
        }
        ScalarFunction.Operator operator =
                ScalarFunction.Operator.valueOf(expression.operator().name().toUpperCase(Locale.ROOT));
        return new ScalarFunction.Arithmetic(operator, left, right);
    }

    private static ScalarFunction folded(
            Expression.Binary expression, ScalarFunction.Number left, ScalarFunction.Number right) {
        Value value = Numbers.binary(
                expression.operator(), new Value.Real(left.value()), new Value.Real(right.value()), expression.span());
        return new ScalarFunction.Number(Numbers.real(value).orElseThrow());
    }

    private static ScalarFunction power(ScalarFunction base, ScalarFunction exponent, Expression.Binary expression) {
        if (exponent instanceof ScalarFunction.Number) {
            double value = ((ScalarFunction.Number) exponent).value();
            if (value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE) {
                return Powers.of(base, (long) value, expression.right().span());
            }
        }
        throw noFunction(
                expression.right().span(),
                "an exponent in an activation is a whole number; write exp(a * log(x)) or sqrt(x)");
    }

    @Override
    public ScalarFunction call(Expression.Call expression) {
        String name = expression.function().text();
        if (bodies.has(name)) {
            return substituted(expression, name);
        }
        if (NamedActivations.ALL.containsKey(name)) {
            return replaced(NamedActivations.ALL.get(name), argument(expression, false));
        }
        return kind(name).map(kind -> applied(expression, kind)).orElseThrow(() -> unknown(expression.function()));
    }

    static Optional<Activation.Kind> kind(String name) {
        for (Activation.Kind kind : Activation.Kind.values()) {
            if (kind != Activation.Kind.PRELU && kind.spelling().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Failure unknown(org.deepliftc.compiler.syntax.Identifier function) {
        TreeSet<String> known = new TreeSet<>(NamedActivations.ALL.keySet());
        for (Activation.Kind kind : Activation.Kind.values()) {
            if (kind != Activation.Kind.PRELU) {
                known.add(kind.spelling());
            }
        }
        return Failure.of(Suggestions.hinted(
                Problem.CALL007.at(function.span(), "'" + function.text() + "' is no activation of one variable"),
                function.text(),
                known,
                "known are " + String.join(", ", known)));
    }

    private ScalarFunction substituted(Expression.Call expression, String name) {
        if (bodies.isOpen(name)) {
            throw Failure.of(
                    Problem.CALL005,
                    expression.span(),
                    "activation '" + name + "' is used in its own definition",
                    "an activation must not lead back to itself");
        }
        ScalarFunction argument = argument(expression, false);
        return replaced(bodies.get(name).body(), argument);
    }

    private ScalarFunction applied(Expression.Call expression, Activation.Kind kind) {
        ScalarFunction argument = argument(expression, kind.hasAlpha());
        double alpha = expression.arguments().stream()
                .filter(a -> a.name().isPresent())
                .map(a -> number(a.value()))
                .findFirst()
                .orElse(kind.hasAlpha() ? kind.defaultAlpha() : 0);
        try {
            return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind, alpha), argument);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Problem.CALL004, expression.span(), e.getMessage());
        }
    }

    private double number(Expression expression) {
        ScalarFunction value = expression.match(this);
        if (value instanceof ScalarFunction.Number) {
            return ((ScalarFunction.Number) value).value();
        }
        throw noFunction(expression.span(), "alpha is a number");
    }

    /** The one argument by position; beside it at most {@code alpha}, where the activation has one. */
    private ScalarFunction argument(Expression.Call call, boolean hasAlpha) {
        List<Expression.Argument> arguments = call.arguments();
        boolean shaped =
                !arguments.isEmpty() && arguments.get(0).name().isEmpty() && arguments.size() <= (hasAlpha ? 2 : 1);
        boolean named = arguments.size() < 2
                || arguments.get(1).name().filter(n -> n.text().equals("alpha")).isPresent();
        if (!shaped || !named) {
            throw noFunction(
                    call.span(),
                    call.function().text() + " takes one value" + (hasAlpha ? ", and alpha = a number" : "") + " here");
        }
        return arguments.get(0).value().match(this);
    }

    private static ScalarFunction replaced(ScalarFunction body, ScalarFunction argument) {
        return replaced(body, argument, new java.util.IdentityHashMap<>());
    }

    private static ScalarFunction replaced(
            ScalarFunction body, ScalarFunction argument, Map<ScalarFunction, ScalarFunction> done) {
        if (body instanceof ScalarFunction.Variable) {
            return argument;
        }
        if (body instanceof ScalarFunction.Number) {
            return body;
        }
        ScalarFunction earlier = done.get(body);
        if (earlier != null) {
            return earlier;
        }
        ScalarFunction result;
        if (body instanceof ScalarFunction.Apply) {
            ScalarFunction.Apply apply = (ScalarFunction.Apply) body;
            result = new ScalarFunction.Apply(apply.outer(), replaced(apply.inner(), argument, done));
        } else {
            ScalarFunction.Arithmetic both = (ScalarFunction.Arithmetic) body;
            result = new ScalarFunction.Arithmetic(
                    both.operator(), replaced(both.left(), argument, done), replaced(both.right(), argument, done));
        }
        done.put(body, result);
        return result;
    }
}
