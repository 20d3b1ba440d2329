package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.syntax.Expression;

/** Expressions to values, with the names of one scope; tensors are added to the graph on the way. */
final class Evaluator implements Expression.Cases<Value> {
    static final Set<String> WORDS = Set.of(
            "true", "false", "same", "same_lower", "valid", "forward", "reverse", "bidirectional", "nearest", "linear");

    private final Session session;
    private final Scope scope;
    private final Naming naming;

    Evaluator(Session session, Scope scope, Naming naming) {
        this.session = session;
        this.scope = scope;
        this.naming = naming;
    }

    /** The value of a whole expression; what it adds to the graph is named by {@code naming}. */
    static Value evaluate(Session session, Scope scope, Naming naming, Expression expression) {
        return session.nested(expression.span(), () -> expression.match(new Evaluator(session, scope, naming)));
    }

    private Value inner(Expression expression) {
        return evaluate(session, scope, naming.inner(), expression);
    }

    @Override
    public Value name(Expression.Name expression) {
        Scope.Binding binding = scope.find(expression.text()).orElse(null);
        if (binding == null) {
            if (WORDS.contains(expression.text())) {
                return new Value.Word(expression.text());
            }
            throw unknown(expression);
        }
        binding.use();
        if (binding.value() instanceof Value.Broken) {
            throw Failure.consequence();
        }
        return binding.value();
    }

    private Failure unknown(Expression.Name expression) {
        String name = expression.text();
        boolean callable = session.functions().containsKey(name)
                || session.activations().containsKey(name)
                || Builtins.find(name).isPresent();
        Set<String> known = new TreeSet<>(scope.known());
        known.addAll(WORDS);
        return Failure.of(Suggestions.hinted(
                Problem.NAME001.at(expression.span(), "there is no '" + name + "' here"),
                name,
                known,
                callable
                        ? "'" + name + "' is a function: write " + name + "(...)"
                        : "a name is known from its definition on; functions see only their parameters"));
    }

    @Override
    public Value integer(Expression.IntegerLiteral expression) {
        return new Value.Whole(expression.value());
    }

    @Override
    public Value real(Expression.RealLiteral expression) {
        return new Value.Real(expression.value());
    }

    @Override
    public Value text(Expression.TextLiteral expression) {
        return new Value.Text(expression.value());
    }

    @Override
    public Value list(Expression.ListLiteral expression) {
        List<Value> elements = new ArrayList<>();
        for (Expression element : expression.elements()) {
            elements.add(inner(element));
        }
        Value.Items items = Value.Items.of(elements);
        if (items.depth() > Session.DEEPEST_LIST) {
            throw Failure.of(
                    Problem.LIMIT001,
                    expression.span(),
                    "lists nest more than " + Session.DEEPEST_LIST + " levels deep");
        }
        return items;
    }

    @Override
    public Value negation(Expression.Negation expression) {
        Value operand = inner(expression.operand());
        if (Numbers.isNumber(operand)) {
            return Numbers.negate(operand, expression.span());
        }
        Site site = site("negate", expression.span());
        return TensorArithmetic.negate(site, operand(site, operand, expression.operand()));
    }

    @Override
    public Value binary(Expression.Binary expression) {
        Value left = left(expression);
        Value right = inner(expression.right());
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.binary(expression.operator(), left, right, expression.span());
        }
        boolean hasText = left instanceof Value.Text || right instanceof Value.Text;
        if (hasText && expression.operator() == Expression.Operator.ADD) {
            return Numbers.join(left, right, expression.span());
        }
        Site site = site(TensorArithmetic.nameOf(expression.operator()), expression.span());
        Node a = operand(site, left, expression.left());
        if (expression.operator() == Expression.Operator.POWER && right instanceof Value.Whole) {
            return TensorArithmetic.power(site, a, ((Value.Whole) right).value());
        }
        return TensorArithmetic.binary(site, expression.operator(), a, operand(site, right, expression.right()));
    }

    /** The left operand; where it fails, what is wrong with the right one is reported too. */
    private Value left(Expression.Binary expression) {
        try {
            return inner(expression.left());
        } catch (Failure failure) {
            try {
                inner(expression.right());
            } catch (Failure other) {
                session.problems().add(other);
            }
            throw failure;
        }
    }

    private Site site(String function, SourceSpan span) {
        return new Site(session, function, span, naming, Arguments.bind(Signature.of(function), List.of(), span));
    }

    private static Node operand(Site site, Value value, Expression expression) {
        return value instanceof Value.Tensor
                ? ((Value.Tensor) value).node()
                : site.constant(Literals.constant(value, expression.span()), "constant", expression.span());
    }

    @Override
    public Value index(Expression.Index expression) {
        Value subject = inner(expression.subject());
        if (subject instanceof Value.Items && expression.subscripts().size() == 1) {
            return element((Value.Items) subject, expression.subscripts().get(0));
        }
        Site site = site("slice", expression.span());
        return new Slicing(site, this::inner)
                .slice(operand(site, subject, expression.subject()), expression.subscripts());
    }

    private Value element(Value.Items items, Expression.Subscript subscript) {
        Expression position = subscript
                .single()
                .orElseThrow(() -> Failure.of(Problem.CALL003, subscript.span(), "a list is indexed by one position"));
        long index = Slicing.whole(inner(position), position.span());
        int size = items.elements().size();
        if (index < -size || index >= size) {
            throw Failure.of(
                    Problem.SHAPE002, position.span(), "there is no position " + index + " in a list of " + size);
        }
        return items.elements().get((int) (index < 0 ? index + size : index));
    }

    @Override
    public Value call(Expression.Call expression) {
        String name = expression.function().text();
        requireFunction(expression);
        List<Arguments.Given> given = arguments(expression);
        SourceSpan span = expression.span();
        if (session.functions().containsKey(name)) {
            return Body.call(session, session.functions().get(name), given, span, naming);
        }
        if (session.activations().containsKey(name)) {
            Activation.UserDefined activation = session.bodies().get(name);
            Arguments arguments = Arguments.bind(Signature.of(name, "x"), given, span);
            return ActivationLayers.userDefined(new Site(session, name, span, naming, arguments), activation);
        }
        Builtins.Builtin builtin = Builtins.find(name).orElseThrow();
        Arguments arguments = Arguments.bind(builtin.signature(), given, span);
        return builtin.elaborate().apply(new Site(session, name, span, naming, arguments));
    }

    private void requireFunction(Expression.Call expression) {
        String name = expression.function().text();
        boolean isDefined =
                session.functions().containsKey(name) || session.activations().containsKey(name);
        if (isDefined || Builtins.find(name).isPresent()) {
            return;
        }
        Set<String> known = new TreeSet<>(Builtins.names());
        known.addAll(session.functions().keySet());
        known.addAll(session.activations().keySet());
        throw Failure.of(Suggestions.hinted(
                Problem.NAME003.at(expression.function().span(), "there is no function '" + name + "'"),
                name,
                known,
                "define it (function " + name + "(x) { ... }, or activation " + name + "(x) = ...), or import it"));
    }

    /** All arguments, so that the problems of each are reported. */
    private List<Arguments.Given> arguments(Expression.Call expression) {
        List<Arguments.Given> given = new ArrayList<>();
        boolean failed = false;
        for (Expression.Argument argument : expression.arguments()) {
            SourceSpan span = argument.value().span();
            try {
                given.add(new Arguments.Given(
                        argument.name().map(n -> n.text()),
                        argument.name().map(n -> n.span()).orElse(span),
                        inner(argument.value()),
                        span));
            } catch (Failure failure) {
                session.problems().add(failure);
                failed = true;
            }
        }
        if (failed) {
            throw Failure.consequence();
        }
        return given;
    }
}
