package org.deepliftc.compiler.driver;

import java.util.Objects;
import java.util.Optional;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.schedule.CodeShape;

/**
 * How a model becomes a class.
 *
 * @param explain what somebody asked for beyond the model's own {@code explain} section, which it beats
 * @param precision the numbers the class computes with
 * @param shape straight-line code, loops, or as the size of the model suggests
 * @param packageName the package of the class; empty for the unnamed package
 * @param className the class's name; by default made from the model's
 * @param hypothetical whether hypothetical contributions of one-hot inputs are made too
 */
public record CompileOptions(
        ExplainOptions explain,
        Precision precision,
        CodeShape shape,
        String packageName,
        Optional<String> className,
        boolean hypothetical) {

    /** The numbers a class computes with. */
    public enum Precision {
        FLOAT,
        DOUBLE
    }

    /** Float, shape by size, unnamed package, name from the model, explanation as the model says. */
    public static final CompileOptions DEFAULT =
            new CompileOptions(ExplainOptions.NONE, Precision.FLOAT, CodeShape.AUTO, "", Optional.empty(), false);

    public CompileOptions {
        Objects.requireNonNull(explain, "explain");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(packageName, "packageName");
        Objects.requireNonNull(className, "className");
    }

    public CompileOptions withExplain(ExplainOptions chosen) {
        return new CompileOptions(chosen, precision, shape, packageName, className, hypothetical);
    }

    public CompileOptions withPrecision(Precision chosen) {
        return new CompileOptions(explain, chosen, shape, packageName, className, hypothetical);
    }

    public CompileOptions withShape(CodeShape chosen) {
        return new CompileOptions(explain, precision, chosen, packageName, className, hypothetical);
    }

    public CompileOptions withHypothetical(boolean made) {
        return new CompileOptions(explain, precision, shape, packageName, className, made);
    }

    public CompileOptions named(String inPackage, Optional<String> name) {
        return new CompileOptions(explain, precision, shape, inPackage, name, hypothetical);
    }
}
