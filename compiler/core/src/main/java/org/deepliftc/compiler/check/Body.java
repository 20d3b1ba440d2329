package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.syntax.Expression;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.Statement;

/**
 * Runs the statements of a model, a function or one turn of a loop. A statement that fails leaves its names broken,
 * and the next one runs: whatever is wrong independently of it is reported too.
 */
final class Body implements Statement.Cases<Optional<Value>> {
    /** What a body belongs to. */
    enum Kind {
        MODEL("a model"),
        FUNCTION("a function"),
        LOOP("a loop");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final int MOST_TURNS = 100_000;

    private final Session session;
    private final Scope scope;
    private final Kind kind;
    private final String prefix;
    private final String suffix;
    private final Optional<ModelParts> model;
    /** The definition that a function's returned value becomes. */
    private final Naming result;

    private Body(
            Session session,
            Scope scope,
            Kind kind,
            String prefix,
            String suffix,
            Optional<ModelParts> model,
            Naming result) {
        this.session = session;
        this.scope = scope;
        this.kind = kind;
        this.prefix = prefix;
        this.suffix = suffix;
        this.model = model;
        this.result = result;
    }

    /** Runs the body of a model, whose inputs and outputs go to {@code parts}. */
    static void runModel(Session session, Scope scope, ModelParts parts, List<Statement> statements) {
        new Body(session, scope, Kind.MODEL, "", "", Optional.of(parts), new Naming("", true)).run(statements);
    }

    /** The value of a call of a function the user defined. */
    static Value call(
            Session session, Statement.Function function, List<Arguments.Given> given, SourceSpan span, Naming naming) {
        String name = function.name().text();
        String[] parameters =
                function.parameters().stream().map(Identifier::text).toArray(String[]::new);
        Arguments arguments = Arguments.bind(Signature.of(name, parameters), given, span);
        Scope scope = new Scope();
        for (Identifier parameter : function.parameters()) {
            Value value = arguments.required(parameter.text()).value();
            scope.define(parameter.text(), value, parameter.span());
        }
        String definition = naming.outermost()
                ? naming.definition()
                : session.emitter().names().prefix(naming.of(name));
        Body body = new Body(
                session,
                scope,
                Kind.FUNCTION,
                definition + ".",
                "",
                Optional.empty(),
                new Naming(definition, true, naming.outermost() ? naming.names() : List.of()));
        return session.inCall(name, span, () -> body.returned(function));
    }

    private Value returned(Statement.Function function) {
        int before = session.problems().count();
        Optional<Value> value = run(function.body());
        boolean broken = value.filter(v -> v instanceof Value.Broken).isPresent();
        if (broken || session.problems().count() > before) {
            throw Failure.consequence();
        }
        return value.orElseThrow(() -> Failure.of(
                Problem.CALL006,
                function.name().span(),
                "function '" + function.name().text() + "' returns nothing",
                "end it with: return value"));
    }

    private Optional<Value> run(List<Statement> statements) {
        Optional<Value> last = Optional.empty();
        for (Statement statement : statements) {
            session.countStep(statement.span());
            if (last.isPresent()) {
                session.problems()
                        .add(Problem.MODEL001
                                .at(statement.span(), "nothing runs after a return")
                                .withHint("the return is the last statement of a function"));
                return last;
            }
            last = statement.match(this);
        }
        return last;
    }

    // ---- definitions --------------------------------------------------------------------------------------------

    @Override
    public Optional<Value> definition(Statement.Definition statement) {
        define(statement.names(), statement.value());
        return Optional.empty();
    }

    private void define(List<Identifier> names, Expression expression) {
        try {
            Value value = value(names, expression);
            if (names.size() == 1) {
                bind(names.get(0), value);
                return;
            }
            List<Value> values = several(value, names.size(), expression.span());
            for (int i = 0; i < names.size(); i++) {
                bind(names.get(i), values.get(i));
            }
        } catch (Failure failure) {
            session.problems().add(failure);
            names.forEach(name -> scope.assign(name.text(), new Value.Broken(), name.span()));
        }
    }

    private Value value(List<Identifier> names, Expression expression) {
        List<String> full =
                names.stream().map(name -> prefix + name.text() + suffix).toList();
        Value value = Evaluator.evaluate(session, scope, new Naming(full.get(0), true, full), expression);
        if (value instanceof Value.Word) {
            throw Failure.of(
                    Problem.CALL003,
                    expression.span(),
                    "'" + ((Value.Word) value).value() + "' is a word for arguments, not a value");
        }
        if (value instanceof Value.Several && names.size() == 1) {
            throw several(expression.span(), ((Value.Several) value).values().size(), 1);
        }
        return value;
    }

    private static List<Value> several(Value value, int wanted, SourceSpan span) {
        List<Value> values = value instanceof Value.Several ? ((Value.Several) value).values() : List.of(value);
        if (values.size() != wanted) {
            throw several(span, values.size(), wanted);
        }
        return values;
    }

    private static Failure several(SourceSpan span, int values, int names) {
        return Failure.of(
                Problem.CALL006,
                span,
                "this gives " + values + (values == 1 ? " value" : " values") + ", but "
                        + (names == 1 ? "one name takes it" : names + " names take it"));
    }

    private void bind(Identifier name, Value value) {
        Optional<Scope.Binding> earlier = kind == Kind.MODEL ? scope.find(name.text()) : Optional.empty();
        if (earlier.isPresent()) {
            session.problems().add(twice(name, earlier.get().span()));
        } else {
            scope.assign(name.text(), value, name.span());
        }
    }

    private static Diagnostic twice(Identifier name, SourceSpan earlier) {
        return Problem.NAME002
                .at(name.span(), "'" + name.text() + "' is already defined")
                .withLabels(List.of(new Diagnostic.Label(earlier, "first defined here")))
                .withHint("in a model every name is given once; functions and loops may give it again");
    }

    // ---- control ------------------------------------------------------------------------------------------------

    @Override
    public Optional<Value> loop(Statement.For statement) {
        try {
            long first = bound(statement.first());
            long last = bound(statement.last());
            requireTurns(statement, first, last);
            int before = session.problems().count();
            for (long i = first; i <= last && session.problems().count() == before; i++) {
                Scope turn = scope.inner();
                turn.define(
                        statement.variable().text(),
                        new Value.Whole(i),
                        statement.variable().span());
                new Body(session, turn, Kind.LOOP, prefix, suffix + "." + i, Optional.empty(), result)
                        .run(statement.body());
            }
        } catch (Failure failure) {
            session.problems().add(failure);
        }
        return Optional.empty();
    }

    private long bound(Expression expression) {
        return Slicing.whole(
                Evaluator.evaluate(session, scope, new Naming(prefix + "for" + suffix, false), expression),
                expression.span());
    }

    private static void requireTurns(Statement.For statement, long first, long last) {
        if (last < first && last != first - 1) {
            throw Failure.of(
                    Problem.CALL004,
                    statement.last().span(),
                    "this loop counts up, but " + last + " lies below " + first,
                    "both ends are included: 1..8 runs eight times, 1..0 not at all");
        }
        if (last - first >= MOST_TURNS || last - first < -1) {
            throw Failure.of(
                    Problem.LIMIT001,
                    statement.last().span(),
                    "this loop would run more than " + MOST_TURNS + " times");
        }
    }

    @Override
    public Optional<Value> returned(Statement.Return statement) {
        if (kind != Kind.FUNCTION) {
            return misplaced(statement, "return", "it stands in a function, as its last statement");
        }
        try {
            return Optional.of(value(statement.values()));
        } catch (Failure failure) {
            session.problems().add(failure);
            return Optional.of(new Value.Broken());
        }
    }

    private Value value(List<Expression> expressions) {
        if (expressions.size() == 1) {
            return Evaluator.evaluate(session, scope, result, expressions.get(0));
        }
        List<Value> values = new ArrayList<>();
        for (Expression expression : expressions) {
            values.add(Evaluator.evaluate(session, scope, result.ofResult(values.size()), expression));
        }
        return new Value.Several(values);
    }

    // ---- parts of a model ---------------------------------------------------------------------------------------

    @Override
    public Optional<Value> input(Statement.Input statement) {
        if (model.isEmpty()) {
            return misplaced(statement, "input", "it stands in a model");
        }
        try {
            bind(statement.name(), model.get().input(session, scope, statement));
        } catch (Failure failure) {
            session.problems().add(failure);
            scope.assign(
                    statement.name().text(),
                    new Value.Broken(),
                    statement.name().span());
        }
        return Optional.empty();
    }

    @Override
    public Optional<Value> output(Statement.Output statement) {
        if (model.isEmpty()) {
            return misplaced(statement, "output", "it stands in a model");
        }
        statement.value().ifPresent(value -> define(List.of(statement.name()), value));
        try {
            model.get().output(statement);
        } catch (Failure failure) {
            session.problems().add(failure);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Value> explain(Statement.Explain statement) {
        if (model.isEmpty()) {
            return misplaced(statement, "explain", "it stands in a model");
        }
        try {
            model.get().explain(statement);
        } catch (Failure failure) {
            session.problems().add(failure);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Value> weights(Statement.Weights statement) {
        // those of a model were opened before its first statement ran
        return model.isPresent() ? Optional.empty() : misplaced(statement, "weights", "it stands in a model");
    }

    @Override
    public Optional<Value> function(Statement.Function statement) {
        return model.isPresent() ? Optional.empty() : misplaced(statement, "function", OUTSIDE);
    }

    @Override
    public Optional<Value> activation(Statement.Activation statement) {
        return model.isPresent() ? Optional.empty() : misplaced(statement, "activation", OUTSIDE);
    }

    @Override
    public Optional<Value> model(Statement.Model statement) {
        return misplaced(statement, "model", "it stands at the top of a file");
    }

    @Override
    public Optional<Value> imported(Statement.Import statement) {
        return misplaced(statement, "import", "it stands at the top of a file");
    }

    private static final String OUTSIDE = "it stands at the top of a file, or in a model";

    private Optional<Value> misplaced(Statement statement, String keyword, String hint) {
        session.problems()
                .add(Problem.MODEL001
                        .at(statement.span(), "'" + keyword + "' cannot stand in " + kind.words)
                        .withHint(hint));
        return Optional.empty();
    }
}
