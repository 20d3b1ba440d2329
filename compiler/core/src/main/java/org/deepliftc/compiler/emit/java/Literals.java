package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * Spells numbers as the shortest decimal that reads back as the same bits. Not {@code Float.toString}: its digits
 * differ between versions of the JDK.
 */
final class Literals {
    private static final int PLAIN_DIGITS = 7;

    private final ElementType type;

    Literals(ElementType type) {
        this.type = type;
    }

    CodeBlock real(double value) {
        boolean single = type == ElementType.FLOAT;
        Class<?> box = single ? Float.class : Double.class;
        double rounded = single ? (float) value : value;
        if (Double.isNaN(rounded)) {
            return CodeBlock.of("$T.NaN", box);
        } else if (Double.isInfinite(rounded)) {
            return CodeBlock.of(rounded > 0 ? "$T.POSITIVE_INFINITY" : "$T.NEGATIVE_INFINITY", box);
        }
        return CodeBlock.of(single ? "$Lf" : "$L", shortest(rounded));
    }

    CodeBlock integer(int value) {
        return value == Integer.MIN_VALUE ? CodeBlock.of("$T.MIN_VALUE", Integer.class) : CodeBlock.of("$L", value);
    }

    private String shortest(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (reads(rounded.toString(), value)) {
                return spelled(rounded);
            }
        }
    }

    private boolean reads(String text, double value) {
        return type == ElementType.FLOAT ? Float.parseFloat(text) == (float) value : Double.parseDouble(text) == value;
    }

    private static String spelled(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -4 && exponent < PLAIN_DIGITS) {
            String plain = stripped.toPlainString();
            return plain.indexOf('.') < 0 ? plain.concat(".0") : plain;
        }
        String digits = stripped.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        String sign = stripped.signum() < 0 ? "-" : "";
        return String.join("", sign, digits.substring(0, 1), ".", fraction, "E", Integer.toString(exponent));
    }
}
