package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.syntax.Expression;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.Statement;

/** What a model says of an input: {@code onehot(axis = 0)} or {@code constraint sum(axis = 0) = 1}, one of them. */
record InputTraits(OptionalInt onehot, Optional<Model.SumConstraint> sum, boolean normalise) {
    private static final String FORMS = "known are onehot(axis = 0) and constraint sum(axis = 0) = 1";

    Model.InputDeclaration declare(String name, Shape shape) {
        return new Model.InputDeclaration(name, shape, onehot, sum, normalise);
    }

    static InputTraits read(Session session, Scope scope, List<Statement.Trait> traits, Shape shape) {
        if (traits.size() > 1) {
            throw Failure.of(Problem.NAME002
                    .at(traits.get(1).span(), "an input has one constraint, this is another")
                    .withLabels(List.of(new Diagnostic.Label(traits.get(0).span(), "the first is here")))
                    .withHint("onehot(axis = ...) says already that the elements sum to 1"));
        }
        if (traits.isEmpty()) {
            return new InputTraits(OptionalInt.empty(), Optional.empty(), true);
        }
        Statement.Trait trait = traits.get(0);
        return trait.value().isPresent()
                ? constraint(session, scope, trait.call(), trait.value().get(), shape)
                : oneHot(session, scope, trait.call(), shape);
    }

    private static InputTraits oneHot(Session session, Scope scope, Expression.Call call, Shape shape) {
        requireName(call, "onehot", "an input cannot be '" + call.function().text() + "'");
        Arguments arguments = arguments(session, scope, call, "axis", "normalise");
        OptionalInt axis = OptionalInt.of(arguments.axis("axis", shape.rank(), 0));
        return new InputTraits(axis, Optional.empty(), arguments.flag("normalise", true));
    }

    private static InputTraits constraint(
            Session session, Scope scope, Expression.Call call, Expression written, Shape shape) {
        requireName(call, "sum", "there is no constraint '" + call.function().text() + "'");
        int axis = arguments(session, scope, call, "axis").axis("axis", shape.rank(), 0);
        Value value = Evaluator.evaluate(session, scope, new Naming("constraint", false), written);
        double sum = Numbers.real(value)
                .orElseThrow(() -> Failure.of(
                        Problem.CALL003,
                        written.span(),
                        "what the elements sum to is a number, not " + value.kind(),
                        "write constraint sum(axis = " + axis + ") = 1"));
        return new InputTraits(OptionalInt.empty(), Optional.of(new Model.SumConstraint(axis, sum)), true);
    }

    private static void requireName(Expression.Call call, String wanted, String message) {
        String name = call.function().text();
        if (!name.equals(wanted)) {
            throw Failure.of(Suggestions.hinted(
                    Problem.NAME003.at(call.function().span(), message), name, List.of(wanted), FORMS));
        }
    }

    private static Arguments arguments(Session session, Scope scope, Expression.Call call, String... parameters) {
        List<Arguments.Given> given = new ArrayList<>();
        for (Expression.Argument argument : call.arguments()) {
            SourceSpan span = argument.value().span();
            given.add(new Arguments.Given(
                    argument.name().map(Identifier::text),
                    argument.name().map(Identifier::span).orElse(span),
                    Evaluator.evaluate(
                            session, scope, new Naming(call.function().text(), false), argument.value()),
                    span));
        }
        Arguments arguments = Arguments.bind(Signature.of(call.function().text(), parameters), given, call.span());
        arguments.required("axis");
        return arguments;
    }
}
