package org.deepliftc.cli;

import java.util.Locale;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.schedule.CodeShape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of flags are read; a value that cannot be read is wrong usage. */
final class FlagValues {
    private FlagValues() {}

    static final class MaxRuleValue implements ITypeConverter<MaxRule> {
        @Override
        public MaxRule convert(String text) {
            return spelled(MaxRule.class, "max rule", text);
        }
    }

    static final class SoftmaxValue implements ITypeConverter<SoftmaxTarget> {
        @Override
        public SoftmaxTarget convert(String text) {
            return spelled(SoftmaxTarget.class, "softmax target", text);
        }
    }

    static final class SoftmaxRuleValue implements ITypeConverter<SoftmaxRule> {
        @Override
        public SoftmaxRule convert(String text) {
            return spelled(SoftmaxRule.class, "softmax rule", text);
        }
    }

    static final class NormRuleValue implements ITypeConverter<NormRule> {
        @Override
        public NormRule convert(String text) {
            return spelled(NormRule.class, "norm rule", text);
        }
    }

    static final class ToolValue implements ITypeConverter<Tool> {
        @Override
        public Tool convert(String text) {
            return spelled(Tool.class, "tool", text);
        }
    }

    static final class TargetValue implements ITypeConverter<Target> {
        @Override
        public Target convert(String text) {
            try {
                return Target.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class PointValue implements ITypeConverter<Point> {
        @Override
        public Point convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("write pre-activation, output or the name of a node");
            }
            return Point.parse(text);
        }
    }

    static final class PrecisionValue implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            return choice(Precision.class, "precision", text);
        }
    }

    static final class CodeShapeValue implements ITypeConverter<CodeShape> {
        @Override
        public CodeShape convert(String text) {
            return choice(CodeShape.class, "code shape", text);
        }
    }

    /** Whether convolutions may be computed by Winograd's algorithm. */
    enum Winograd {
        AUTO,
        OFF
    }

    static final class WinogradValue implements ITypeConverter<Winograd> {
        @Override
        public Winograd convert(String text) {
            return choice(Winograd.class, "choice", text);
        }
    }

    /** Whether something is done. Not a boolean: picocli has its own idea of how those are written. */
    enum Switch {
        ON,
        OFF
    }

    static final class SwitchValue implements ITypeConverter<Switch> {
        @Override
        public Switch convert(String text) {
            return choice(Switch.class, "choice", text);
        }
    }

    static <E extends Enum<E> & Spelled> E spelled(Class<E> type, String what, String text) {
        try {
            return Spelled.parse(type, what, text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String what, String text) {
        StringBuilder choices = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            String spelling = constant.name().toLowerCase(Locale.ROOT);
            if (spelling.equals(text)) {
                return constant;
            }
            choices.append(choices.length() == 0 ? "" : ", ").append(spelling);
        }
        throw new TypeConversionException(what + " '" + text + "' is none of: " + choices);
    }
}
