package org.deepliftc.cli;

import java.util.Optional;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.schedule.Backend;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that say what code a model becomes, the same for every verb that compiles. */
final class CodeFlags {
    /** Rows of a file beyond which a larger batch gains nothing. */
    private static final int LARGEST_BATCH = 32;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--precision",
            paramLabel = "P",
            converter = FlagValues.PrecisionValue.class,
            defaultValue = "float",
            description = "float (default) or double.")
    private Precision precision;

    @Option(
            names = "--backend",
            paramLabel = "B",
            defaultValue = "auto",
            description =
                    "auto (default: the fastest there is, which for little work on a file is scalar code), scalar or vector;"
                            + " this build has no opencl.")
    private String backend;

    @Option(
            names = "--expect-batch",
            paramLabel = "N",
            description = {
                "Examples of a call to choose the code for. Default: the examples of the input, 32 at most, where a"
                        + " model runs on a file; the batch of bench; else 1."
            })
    private Optional<Integer> expectedBatch = Optional.empty();

    @Option(
            names = "--winograd",
            paramLabel = "auto|off",
            converter = FlagValues.WinogradValue.class,
            defaultValue = "auto",
            description = "auto (default: where it is faster), or off: every convolution is computed directly.")
    private FlagValues.Winograd winograd;

    Precision precision() {
        return precision;
    }

    /** Options with these flags for code that is written, wherever it will run; calls bring one example. */
    CompileOptions written(CompileOptions options) {
        return apply(options, 1);
    }

    /** Options with these flags for code that runs here on so many examples. */
    CompileOptions running(CompileOptions options, int examples, Console console) {
        return runnable(apply(options, Math.max(1, Math.min(LARGEST_BATCH, examples))), console);
    }

    /** Options with these flags for code that runs here on batches of just that size. */
    CompileOptions runningBatches(CompileOptions options, int batch, Console console) {
        return runnable(apply(options, batch), console);
    }

    private CompileOptions apply(CompileOptions options, int batch) {
        int expected = expectedBatch.orElse(batch);
        if (expected < 1) {
            throw usage("--expect-batch must be at least 1, not " + expectedBatch.get());
        }
        return options.withPrecision(precision)
                .withBackend(backend())
                .withExpectedBatch(expected)
                .withWinograd(winograd == FlagValues.Winograd.AUTO);
    }

    private Backend backend() {
        return switch (backend) {
            case "auto" -> Backend.AUTO;
            case "scalar" -> Backend.SCALAR;
            case "vector" -> Backend.VECTOR;
            case "opencl" ->
                throw new UserError("this build has no opencl backend; use --backend scalar, or auto for the fastest"
                        + " there is");
            default -> throw usage("--backend '" + backend + "' is none of: auto, scalar, vector, opencl");
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Vector code does not run without its module; who asked for it is told. */
    private static CompileOptions runnable(CompileOptions options, Console console) {
        if (options.backend() != Backend.VECTOR || Backend.isVectorModulePresent()) {
            return options;
        }
        console.warn("the vector backend needs --add-modules " + Backend.VECTOR_MODULE + "; using scalar code");
        return options.withBackend(Backend.SCALAR);
    }
}
