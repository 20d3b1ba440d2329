package org.deepliftc.compiler.driver;

import java.util.Objects;
import java.util.Optional;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.schedule.Backend;
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
 * @param backend which instructions the class is written in
 * @param expectedBatch how many examples a call is expected to bring, at least 1: strategies and tiles are chosen for
 *     it, so it may change the last bits of results, which the batch of a call never does
 * @param winograd whether convolutions may be computed by Winograd's algorithm where that is faster; without it each is
 *     computed directly, to the last bit of accuracy
 */
public record CompileOptions(
        ExplainOptions explain,
        Precision precision,
        CodeShape shape,
        String packageName,
        Optional<String> className,
        boolean hypothetical,
        Backend backend,
        int expectedBatch,
        boolean winograd) {

    /** The numbers a class computes with. */
    public enum Precision {
        FLOAT,
        DOUBLE
    }

    /**
     * Float, shape by size, unnamed package, name from the model, explanation as the model says, the backend chosen
     * for single examples, Winograd where it pays.
     */
    public static final CompileOptions DEFAULT = new CompileOptions(
            ExplainOptions.NONE, Precision.FLOAT, CodeShape.AUTO, "", Optional.empty(), false, Backend.AUTO, 1, true);

    public CompileOptions {
        Objects.requireNonNull(explain, "explain");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(packageName, "packageName");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(backend, "backend");
        if (expectedBatch < 1) {
            throw new IllegalArgumentException("the expected batch must be at least 1, not " + expectedBatch);
        }
    }

    /** True where vector code is made: where it is asked for, or this JVM can run it. */
    public boolean usesVectors() {
        boolean wanted = backend == Backend.VECTOR || backend == Backend.AUTO && Backend.isVectorModulePresent();
        return wanted && precision == Precision.FLOAT;
    }

    public CompileOptions withExplain(ExplainOptions chosen) {
        return new CompileOptions(
                chosen, precision, shape, packageName, className, hypothetical, backend, expectedBatch, winograd);
    }

    public CompileOptions withPrecision(Precision chosen) {
        return new CompileOptions(
                explain, chosen, shape, packageName, className, hypothetical, backend, expectedBatch, winograd);
    }

    public CompileOptions withShape(CodeShape chosen) {
        return new CompileOptions(
                explain, precision, chosen, packageName, className, hypothetical, backend, expectedBatch, winograd);
    }

    public CompileOptions withHypothetical(boolean made) {
        return new CompileOptions(
                explain, precision, shape, packageName, className, made, backend, expectedBatch, winograd);
    }

    public CompileOptions withBackend(Backend chosen) {
        return new CompileOptions(
                explain, precision, shape, packageName, className, hypothetical, chosen, expectedBatch, winograd);
    }

    public CompileOptions withExpectedBatch(int examples) {
        return new CompileOptions(
                explain, precision, shape, packageName, className, hypothetical, backend, examples, winograd);
    }

    public CompileOptions withWinograd(boolean allowed) {
        return new CompileOptions(
                explain, precision, shape, packageName, className, hypothetical, backend, expectedBatch, allowed);
    }

    public CompileOptions named(String inPackage, Optional<String> name) {
        return new CompileOptions(
                explain, precision, shape, inPackage, name, hypothetical, backend, expectedBatch, winograd);
    }
}
