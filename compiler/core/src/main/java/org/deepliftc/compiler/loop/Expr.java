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
            requireKind(a, a.kind() == Kind.REALS ? Kind.REALS : Kind.REAL);
            requireKind(b, a.kind());
            requireKind(c, a.kind());
        }

        @Override
        public Kind kind() {
            return a.kind();
        }
    }

    /** Functions of real numbers that every target language has or can be given. */
    enum Function {
        EXP(1),
        EXPM1(1),
        LOG(1),
        LOG1P(1),
        TANH(1),
        /** A positive number to a power that is a literal. */
        POW(2),
        SIN(1),
        COS(1),
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
            return arguments.get(0).kind();
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
            return left.kind().isVector() ? Kind.BOOLS : Kind.BOOL;
        }
    }

    /** Both hold. */
    record And(Expr left, Expr right) implements Expr {
        public And {
            requireKind(left, left.kind() == Kind.BOOLS ? Kind.BOOLS : Kind.BOOL);
            requireKind(right, left.kind());
        }

        @Override
        public Kind kind() {
            return left.kind();
        }
    }

    /** {@code condition ? then : otherwise}. */
    record Select(Expr condition, Expr then, Expr otherwise) implements Expr {
        public Select {
            requireKind(condition, then.kind().isVector() ? Kind.BOOLS : Kind.BOOL);
            requireKind(otherwise, then.kind());
        }

        @Override
        public Kind kind() {
            return then.kind();
        }
    }

    /** An int as a real number. */
    record ToReal(Expr value) implements Expr {
        public ToReal {
            requireKind(value, value.kind().isVector() ? Kind.INTS : Kind.INT);
        }

        @Override
        public Kind kind() {
            return value.kind().isVector() ? Kind.REALS : Kind.REAL;
        }
    }

    /** A real number without its fraction, as an int. */
    record ToInt(Expr value) implements Expr {
        public ToInt {
            requireKind(value, value.kind().isVector() ? Kind.REALS : Kind.REAL);
        }

        @Override
        public Kind kind() {
            return value.kind().isVector() ? Kind.INTS : Kind.INT;
        }
    }

    /** The bits of a float as an int. */
    record RealToBits(Expr value) implements Expr {
        public RealToBits {
            requireKind(value, value.kind().isVector() ? Kind.REALS : Kind.REAL);
        }

        @Override
        public Kind kind() {
            return value.kind().isVector() ? Kind.INTS : Kind.INT;
        }
    }

    /** The float of the bits of an int. */
    record BitsToReal(Expr value) implements Expr {
        public BitsToReal {
            requireKind(value, value.kind().isVector() ? Kind.INTS : Kind.INT);
        }

        @Override
        public Kind kind() {
            return value.kind().isVector() ? Kind.REALS : Kind.REAL;
        }
    }

    /** The lanes of the machine's vectors (INT), known when the class is loaded: a divisor of 16. */
    record LaneCount() implements Expr {
        @Override
        public Kind kind() {
            return Kind.INT;
        }
    }

    /** As many neighbouring elements as there are lanes, the first at {@code index}. */
    record LoadVector(Buffer buffer, Expr index) implements Expr {
        public LoadVector {
            Objects.requireNonNull(buffer, "buffer");
            requireKind(index, Kind.INT);
        }

        @Override
        public Kind kind() {
            return buffer.kind().vector();
        }
    }

    /** One value for all lanes. */
    record Broadcast(Expr value) implements Expr {
        @Override
        public Kind kind() {
            return value.kind().vector();
        }
    }

    private static void requireKind(Expr value, Kind kind) {
        if (value.kind() != kind) {
            throw new IllegalArgumentException("expected a value of kind " + kind + ", got " + value);
        }
    }
}
