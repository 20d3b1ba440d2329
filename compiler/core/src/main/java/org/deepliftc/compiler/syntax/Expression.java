package org.deepliftc.compiler.syntax;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** What may stand to the right of an equals sign. */
public sealed interface Expression {

    /** Where it was written. */
    SourceSpan span();

    /** Calls the method of {@code cases} that belongs to this record. */
    <R> R match(Cases<R> cases);

    /** A name, perhaps with dots; also words such as {@code same} and {@code true}. */
    record Name(String text, SourceSpan span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.name(this);
        }
    }

    /** A whole number. */
    record IntegerLiteral(long value, SourceSpan span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.integer(this);
        }
    }

    /** A number with a fraction or an exponent; finite. */
    record RealLiteral(double value, SourceSpan span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.real(this);
        }
    }

    /** A text in quotes, its escapes resolved. */
    record TextLiteral(String value, SourceSpan span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.text(this);
        }
    }

    /** {@code [a, b, ...]}. */
    record ListLiteral(List<Expression> elements, SourceSpan span) implements Expression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.list(this);
        }
    }

    /** {@code f(a, name = b)}. */
    record Call(Identifier function, List<Argument> arguments, SourceSpan span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.call(this);
        }
    }

    /** An argument of a call, by name or by position. */
    record Argument(Optional<Identifier> name, Expression value) {}

    /** {@code x[0:10:2, :, -1]}. */
    record Index(Expression subject, List<Subscript> subscripts, SourceSpan span) implements Expression {
        public Index {
            subscripts = List.copyOf(subscripts);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.index(this);
        }
    }

    /**
     * What one axis is indexed by.
     *
     * @param single the one position, in which case the others are empty
     */
    record Subscript(
            Optional<Expression> single,
            Optional<Expression> start,
            Optional<Expression> stop,
            Optional<Expression> step,
            SourceSpan span) {}

    /** {@code -x}. */
    record Negation(Expression operand, SourceSpan span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.negation(this);
        }
    }

    /** The operators between two operands. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MATMUL("@"),
        POWER("^");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** {@code a + b}. */
    record Binary(Operator operator, Expression left, Expression right, SourceSpan span) implements Expression {
        public Binary {
            Objects.requireNonNull(operator, "operator");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.binary(this);
        }
    }

    /**
     * A total function over expressions.
     *
     * @param <R> what it answers
     */
    interface Cases<R> {
        R name(Name expression);

        R integer(IntegerLiteral expression);

        R real(RealLiteral expression);

        R text(TextLiteral expression);

        R list(ListLiteral expression);

        R call(Call expression);

        R index(Index expression);

        R negation(Negation expression);

        R binary(Binary expression);
    }
}
