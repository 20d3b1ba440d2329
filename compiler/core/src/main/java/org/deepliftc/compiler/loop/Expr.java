package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Objects;

/** A value computed inside a procedure. Without side effects; evaluated as often as written. */
public sealed interface Expr {

    Kind kind();

    /** A literal real number, rounded to the program's precision when printed. */
    record Real(double value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.REAL;
        }
    }

    /** A literal int. */
    record Int(int value) implements Expr {
        @Override
        public Kind kind() {
            return Kind.INT;
        }
    }

    /** A loop variable or a local; one object for one variable, compared by identity of its declaration's record. */
    final class Var implements Expr {
        private final String name;
        private final Kind kind;

        public Var(String name, Kind kind) {
            this.name = Objects.requireNonNull(name, "name");
            this.kind = Objects.requireNonNull(kind, "kind");
        }

        /** A proposal: the printer makes it unique within the procedure. */
        public String name() {
            return name;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Element {@code index} (INT, relative to the buffer's offset) of a buffer. */
    record Load(Buffer buffer, Expr index) implements Expr {
        public Load {
            Objects.requireNonNull(buffer, "buffer");
            requireKind(index, Kind.INT);
        }

        @Override
        public Kind kind() {
            return buffer.kind();
        }
    }

    /** Operators on two values of one kind; DIVIDE and REMAINDER of INT truncate as Java's. */
    enum Operator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        /** Java's {@code Math.min}. */
        MIN,
        /** Java's {@code Math.max}. */
        MAX
    }

    record Binary(Operator operator, Expr left, Expr right) implements Expr {
        public Binary {
            Objects.requireNonNull(operator, "operator");
            requireKind(right, left.kind());
        }

        @Override
        public Kind kind() {
            return left.kind();
        }
    }

    /** a b + c, rounded once. */
    record Fma(Expr a, Expr b, Expr c) implements Expr {
        public Fma {
            requireKind(a, Kind.REAL);
            requireKind(b, Kind.REAL);
            requireKind(c, Kind.REAL);
        }

        @Override
        public Kind kind() {
            return Kind.REAL;
        }
    }

    /** Functions of real numbers that every target language has or can be given. */
    enum Function {
        EXP(1),
        EXPM1(1),
        LOG(1),
        LOG1P(1),
        TANH(1),
        SQRT(1),
        ABS(1);

        private final int arity;

        Function(int arity) {
            this.arity = arity;
        }

        public int arity() {
            return arity;
        }
    }

    record Call(Function function, List<Expr> arguments) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
            if (arguments.size() != function.arity()) {
                throw new IllegalArgumentException(function + " takes " + function.arity() + " arguments");
            }
        }

        @Override
        public Kind kind() {
            return Kind.REAL;
        }
    }

    /** Comparisons of two numbers of one kind. */
    enum Relation {
        LESS,
        AT_MOST,
        EQUAL,
        NOT_EQUAL,
        AT_LEAST,
        GREATER
    }

    record Compare(Relation relation, Expr left, Expr right) implements Expr {
        public Compare {
            requireKind(right, left.kind());
        }

        @Override
        public Kind kind() {
            return Kind.BOOL;
        }
    }

    /** Both hold. */
    record And(Expr left, Expr right) implements Expr {
        public And {
            requireKind(left, Kind.BOOL);
            requireKind(right, Kind.BOOL);
        }

        @Override
        public Kind kind() {
            return Kind.BOOL;
        }
    }

    /** {@code condition ? then : otherwise}. */
    record Select(Expr condition, Expr then, Expr otherwise) implements Expr {
        public Select {
            requireKind(condition, Kind.BOOL);
            requireKind(otherwise, then.kind());
        }

        @Override
        public Kind kind() {
            return then.kind();
        }
    }

    /** An int as a real number (REAL). */
    record ToReal(Expr value) implements Expr {
        public ToReal {
            requireKind(value, Kind.INT);
        }

        @Override
        public Kind kind() {
            return Kind.REAL;
        }
    }

    private static void requireKind(Expr value, Kind kind) {
        if (value.kind() != kind) {
            throw new IllegalArgumentException("expected a value of kind " + kind + ", got " + value);
        }
    }
}
