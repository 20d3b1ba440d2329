package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.Map;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;

/**
 * Prints values that have a lane for each element of a vector, in the Vector API. Example:
 *
 * <pre>
 * sum0 = xValue.fma(weightValue, sum0);
 * FloatVector slope = FloatVector.broadcast(SPECIES, 0.0f).blend(one, positive);
 * </pre>
 */
final class VectorPrinter {
    private static final String PACKAGE = "jdk.incubator.vector";
    static final ClassName FLOATS = ClassName.get(PACKAGE, "FloatVector");
    static final ClassName INTS = ClassName.get(PACKAGE, "IntVector");
    static final ClassName SPECIES = ClassName.get(PACKAGE, "VectorSpecies");
    static final ClassName OPERATORS = ClassName.get(PACKAGE, "VectorOperators");
    private static final TypeName MASK =
            ParameterizedTypeName.get(ClassName.get(PACKAGE, "VectorMask"), ClassName.get(Float.class));

    /** The constants of the class that holds vector code. */
    static final String SPECIES_FIELD = "SPECIES";

    static final String LANES_FIELD = "LANES";

    private final ExpressionPrinter scalars;
    private final Map<Expr.Var, String> variables;

    VectorPrinter(ExpressionPrinter scalars, Map<Expr.Var, String> variables) {
        this.scalars = scalars;
        this.variables = variables;
    }

    static TypeName type(Kind kind) {
        return switch (kind) {
            case REALS -> FLOATS;
            case INTS -> INTS;
            case BOOLS -> MASK;
            case REAL, INT, BOOL -> throw new IllegalArgumentException(kind + " has no lanes");
        };
    }

    CodeBlock print(Expr expr) {
        if (expr instanceof Expr.Var variable) {
            return CodeBlock.of("$L", variables.get(variable));
        } else if (expr instanceof Expr.Broadcast broadcast && broadcast.kind() == Kind.REALS) {
            return CodeBlock.of("$T.broadcast($L, $L)", FLOATS, SPECIES_FIELD, scalars.print(broadcast.value()));
        } else if (expr instanceof Expr.LoadVector load) {
            return CodeBlock.of(
                    "$T.fromArray($L, $L)", FLOATS, SPECIES_FIELD, scalars.address(load.buffer(), load.index()));
        } else if (expr instanceof Expr.Binary binary
                && binary.kind() == Kind.INTS
                && binary.right() instanceof Expr.Broadcast number) {
            return ofInts(binary.left(), binary.operator(), number);
        } else if (expr instanceof Expr.Binary binary
                && binary.kind() == Kind.INTS
                && binary.left() instanceof Expr.Broadcast number
                && commutes(binary.operator())) {
            return ofInts(binary.right(), binary.operator(), number);
        } else if (expr instanceof Expr.RealToBits bits) {
            return CodeBlock.of("$L.reinterpretAsInts()", print(bits.value()));
        } else if (expr instanceof Expr.BitsToReal bits) {
            return CodeBlock.of("$L.reinterpretAsFloats()", print(bits.value()));
        } else if (expr instanceof Expr.ToReal toReal) {
            return CodeBlock.of("(($T) $L.convert($T.I2F, 0))", FLOATS, print(toReal.value()), OPERATORS);
        } else if (expr instanceof Expr.ToInt toInt) {
            return CodeBlock.of("(($T) $L.convert($T.F2I, 0))", INTS, print(toInt.value()), OPERATORS);
        } else if (expr instanceof Expr.Binary binary) {
            return CodeBlock.of("$L.$L($L)", print(binary.left()), method(binary.operator()), print(binary.right()));
        } else if (expr instanceof Expr.Fma fma) {
            return CodeBlock.of("$L.fma($L, $L)", print(fma.a()), print(fma.b()), print(fma.c()));
        } else if (expr instanceof Expr.Call call) {
            return CodeBlock.of("$L.$L()", print(call.arguments().get(0)), method(call.function()));
        } else if (expr instanceof Expr.Compare compare) {
            return CodeBlock.of(
                    "$L.compare($T.$L, $L)",
                    print(compare.left()),
                    OPERATORS,
                    relation(compare.relation()),
                    print(compare.right()));
        } else if (expr instanceof Expr.And and) {
            return CodeBlock.of("$L.and($L)", print(and.left()), print(and.right()));
        } else if (expr instanceof Expr.Select select) {
            return CodeBlock.of(
                    "$L.blend($L, $L)", print(select.otherwise()), print(select.then()), print(select.condition()));
        }
        throw new IllegalArgumentException("no vector form of " + expr);
    }

    /** Vectors of ints take the number itself: the class has no species to broadcast it to. */
    private CodeBlock ofInts(Expr ints, Expr.Operator operator, Expr.Broadcast number) {
        return CodeBlock.of("$L.$L($L)", print(ints), method(operator), scalars.print(number.value()));
    }

    private static boolean commutes(Expr.Operator operator) {
        return switch (operator) {
            case ADD, MULTIPLY, MIN, MAX -> true;
            case SUBTRACT, DIVIDE, REMAINDER -> false;
        };
    }

    private static String method(Expr.Operator operator) {
        return switch (operator) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "div";
            case MIN -> "min";
            case MAX -> "max";
            case REMAINDER -> throw new IllegalArgumentException("vectors have no remainder");
        };
    }

    private static String method(Expr.Function function) {
        return switch (function) {
            case SQRT -> "sqrt";
            case ABS -> "abs";
            case EXP, EXPM1, LOG, LOG1P, TANH, POW, SIN, COS ->
                throw new IllegalArgumentException(function + " is written out before it is printed");
        };
    }

    private static String relation(Expr.Relation relation) {
        return switch (relation) {
            case LESS -> "LT";
            case AT_MOST -> "LE";
            case EQUAL -> "EQ";
            case NOT_EQUAL -> "NE";
            case AT_LEAST -> "GE";
            case GREATER -> "GT";
        };
    }
}
