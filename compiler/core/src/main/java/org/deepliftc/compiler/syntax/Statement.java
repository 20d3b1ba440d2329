package org.deepliftc.compiler.syntax;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** One statement of a file, a model, a function or a loop. Which may stand where is checked later. */
public sealed interface Statement {

    /** Where it was written. */
    SourceSpan span();

    /** Calls the method of {@code cases} that belongs to this record. */
    <R> R match(Cases<R> cases);

    /** {@code import "blocks.dlift"}. */
    record Import(String path, SourceSpan span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.imported(this);
        }
    }

    /** {@code model NAME { ... }}. */
    record Model(Identifier name, List<Statement> body, SourceSpan span) implements Statement {
        public Model {
            body = List.copyOf(body);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.model(this);
        }
    }

    /** {@code function f(a, b) { ... return x }}. */
    record Function(Identifier name, List<Identifier> parameters, List<Statement> body, SourceSpan span)
            implements Statement {
        public Function {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.function(this);
        }
    }

    /** {@code activation f(x) = ...}. */
    record Activation(Identifier name, Identifier variable, Expression body, SourceSpan span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.activation(this);
        }
    }

    /** What is said of an input: {@code onehot(axis = 0)}, or with a value {@code constraint sum(axis = 0) = 1}. */
    record Trait(Expression.Call call, Optional<Expression> value, SourceSpan span) {}

    /** {@code input dna: float[4, 200] onehot(axis = 0)}. */
    record Input(Identifier name, Identifier type, List<Expression> extents, List<Trait> traits, SourceSpan span)
            implements Statement {
        public Input {
            extents = List.copyOf(extents);
            traits = List.copyOf(traits);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.input(this);
        }
    }

    /** {@code weights "file"} or {@code weights alias = "file"}. */
    record Weights(Optional<Identifier> alias, String path, SourceSpan span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.weights(this);
        }
    }

    /** {@code output name} or {@code output name = value}. */
    record Output(Identifier name, Optional<Expression> value, SourceSpan span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.output(this);
        }
    }

    /** {@code for i in 1..8 { ... }}, both ends included. */
    record For(Identifier variable, Expression first, Expression last, List<Statement> body, SourceSpan span)
            implements Statement {
        public For {
            body = List.copyOf(body);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.loop(this);
        }
    }

    /** {@code return a, b}. */
    record Return(List<Expression> values, SourceSpan span) implements Statement {
        public Return {
            values = List.copyOf(values);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.returned(this);
        }
    }

    /** {@code explain output { ... }}. */
    record Explain(Optional<Identifier> output, List<Setting> settings, SourceSpan span) implements Statement {
        public Explain {
            settings = List.copyOf(settings);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.explain(this);
        }
    }

    /**
     * One line of an explain section.
     *
     * @param key the first word
     * @param subject what stands between the key and an equals sign
     * @param values one value, or several separated by commas
     */
    record Setting(Identifier key, Optional<Identifier> subject, List<Expression> values, SourceSpan span) {
        public Setting {
            values = List.copyOf(values);
        }
    }

    /** {@code a, b = value}. */
    record Definition(List<Identifier> names, Expression value, SourceSpan span) implements Statement {
        public Definition {
            names = List.copyOf(names);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.definition(this);
        }
    }

    /**
     * A total function over statements.
     *
     * @param <R> what it answers
     */
    interface Cases<R> {
        R imported(Import statement);

        R model(Model statement);

        R function(Function statement);

        R activation(Activation statement);

        R input(Input statement);

        R weights(Weights statement);

        R output(Output statement);

        R loop(For statement);

        R returned(Return statement);

        R explain(Explain statement);

        R definition(Definition statement);
    }
}
