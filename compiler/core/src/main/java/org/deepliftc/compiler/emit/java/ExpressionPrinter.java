package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.util.Map;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** Prints expressions with no more parentheses than they need. */
final class ExpressionPrinter {
    private static final int CHOICE = 1;
    private static final int AND = 2;
    private static final int EQUALITY = 3;
    private static final int RELATION = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int UNARY = 7;
    private static final int PRIMARY = 8;

    private final ElementType type;
    private final Literals literals;
    private final Map<Buffer, ProcedurePrinter.Parameter> buffers;
    private final Map<Expr.Var, String> variables;
    private final VectorPrinter vectors;

    /** Names are looked up when they are met, so that the maps may grow while a body is printed. */
    ExpressionPrinter(
            ElementType type, Map<Buffer, ProcedurePrinter.Parameter> buffers, Map<Expr.Var, String> variables) {
        this.type = type;
        this.literals = new Literals(type);
        this.buffers = buffers;
        this.variables = variables;
        this.vectors = new VectorPrinter(this, variables);
    }

    CodeBlock print(Expr expr) {
        return expr.kind().isVector() ? vectors.print(expr) : print(expr, 0);
    }

    /** The array and the index of an element, as two arguments. */
    CodeBlock address(Buffer buffer, Expr index) {
        ProcedurePrinter.Parameter parameter = buffers.get(buffer);
        return parameter.offset().isEmpty()
                ? CodeBlock.of("$L, $L", parameter.name(), print(index))
                : CodeBlock.of("$L, $L + $L", parameter.name(), parameter.offset(), print(index, PRODUCT - 1));
    }

    /** The array element, with the offset of its buffer where it has one. */
    CodeBlock element(Buffer buffer, Expr index) {
        ProcedurePrinter.Parameter parameter = buffers.get(buffer);
        if (buffer.place().isNumber()) {
            return CodeBlock.of("$L", parameter.name());
        } else if (parameter.offset().isEmpty()) {
            return CodeBlock.of("$L[$L]", parameter.name(), print(index));
        } else if (index instanceof Expr.Int zero && zero.value() == 0) {
            return CodeBlock.of("$L[$L]", parameter.name(), parameter.offset());
        }
        return CodeBlock.of("$L[$L + $L]", parameter.name(), parameter.offset(), print(index, PRODUCT - 1));
    }

    private CodeBlock print(Expr expr, int around) {
        int own = precedence(expr);
        CodeBlock text = text(expr, own);
        return own < around ? CodeBlock.of("($L)", text) : text;
    }

    private CodeBlock text(Expr expr, int own) {
        if (expr instanceof Expr.Real real) {
            return literals.real(real.value());
        } else if (expr instanceof Expr.Int integer) {
            return literals.integer(integer.value());
        } else if (expr instanceof Expr.Var variable) {
            return CodeBlock.of("$L", variables.get(variable));
        } else if (expr instanceof Expr.Load load) {
            return element(load.buffer(), load.index());
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary, own);
        } else if (expr instanceof Expr.Fma fma) {
            return CodeBlock.of("$T.fma($L, $L, $L)", Math.class, print(fma.a()), print(fma.b()), print(fma.c()));
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        } else if (expr instanceof Expr.Compare compare) {
            // Relations do not associate: an operand that is one itself needs parentheses on either side.
            return CodeBlock.of(
                    "$L $L $L", print(compare.left(), SUM), symbol(compare.relation()), print(compare.right(), SUM));
        } else if (expr instanceof Expr.And and) {
            return CodeBlock.of("$L && $L", print(and.left(), AND), print(and.right(), AND + 1));
        } else if (expr instanceof Expr.Select select) {
            return CodeBlock.of(
                    "$L ? $L : $L",
                    print(select.condition(), CHOICE + 1),
                    print(select.then(), CHOICE + 1),
                    print(select.otherwise(), CHOICE));
        }
        if (expr instanceof Expr.LaneCount) {
            return CodeBlock.of("$L", VectorPrinter.LANES_FIELD);
        } else if (expr instanceof Expr.RealToBits bits) {
            return CodeBlock.of("$T.floatToRawIntBits($L)", Float.class, print(bits.value()));
        } else if (expr instanceof Expr.BitsToReal bits) {
            return CodeBlock.of("$T.intBitsToFloat($L)", Float.class, print(bits.value()));
        } else if (expr instanceof Expr.ToInt toInt) {
            return CodeBlock.of("(int) $L", print(toInt.value(), UNARY));
        }
        return CodeBlock.of("($T) $L", real(), print(((Expr.ToReal) expr).value(), UNARY));
    }

    private CodeBlock binary(Expr.Binary binary, int own) {
        String symbol = switch (binary.operator()) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
            case MIN -> "min";
            case MAX -> "max";
        };
        if (own == PRIMARY) {
            return CodeBlock.of("$T.$L($L, $L)", Math.class, symbol, print(binary.left()), print(binary.right()));
        }
        return CodeBlock.of("$L $L $L", print(binary.left(), own), symbol, print(binary.right(), own + 1));
    }

    /** Functions are those of {@code double}, rounded once to the program's precision. */
    private CodeBlock call(Expr.Call call) {
        String name = switch (call.function()) {
            case EXP -> "exp";
            case EXPM1 -> "expm1";
            case LOG -> "log";
            case LOG1P -> "log1p";
            case TANH -> "tanh";
            case POW -> "pow";
            case SIN -> "sin";
            case COS -> "cos";
            case SQRT -> "sqrt";
            case ABS -> "abs";
        };
        // StrictMath's results are the same everywhere; square roots and absolute values are so anyway.
        boolean exact = call.function() == Expr.Function.SQRT || call.function() == Expr.Function.ABS;
        CodeBlock value = CodeBlock.of(
                "$T.$L($L)",
                exact ? Math.class : StrictMath.class,
                name,
                call.arguments().stream().map(this::print).collect(CodeBlock.joining(", ")));
        return isCast(call) ? CodeBlock.of("($T) $L", float.class, value) : value;
    }

    private boolean isCast(Expr.Call call) {
        return type == ElementType.FLOAT && call.function() != Expr.Function.ABS;
    }

    private Class<?> real() {
        return type == ElementType.FLOAT ? float.class : double.class;
    }

    private int precedence(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return switch (binary.operator()) {
                case ADD, SUBTRACT -> SUM;
                case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
                case MIN, MAX -> PRIMARY;
            };
        } else if (expr instanceof Expr.Select) {
            return CHOICE;
        } else if (expr instanceof Expr.And) {
            return AND;
        } else if (expr instanceof Expr.Compare compare) {
            boolean equality =
                    compare.relation() == Expr.Relation.EQUAL || compare.relation() == Expr.Relation.NOT_EQUAL;
            return equality ? EQUALITY : RELATION;
        }
        boolean cast = expr instanceof Expr.ToReal
                || expr instanceof Expr.ToInt
                || expr instanceof Expr.Call call && isCast(call);
        return cast || isNegative(expr) ? UNARY : PRIMARY;
    }

    private static boolean isNegative(Expr expr) {
        return expr.kind() == Kind.INT && expr instanceof Expr.Int i && i.value() < 0
                || expr instanceof Expr.Real r && (r.value() < 0 || 1 / r.value() < 0);
    }

    private static String symbol(Expr.Relation relation) {
        return switch (relation) {
            case LESS -> "<";
            case AT_MOST -> "<=";
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case AT_LEAST -> ">=";
            case GREATER -> ">";
        };
    }
}
