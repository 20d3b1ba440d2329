package org.deepliftc.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model every verb works on, and what the file of another tool leaves open. */
final class ModelArgument {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model: a .dlift, .onnx, .keras or .h5 file.")
    private String file;

    @Option(
            names = "--batch-axis",
            paramLabel = "A|none",
            description = "Imported models: the axis of the examples (default: the open one, else 0), or none; also"
                    + " NAME=A of one input. Repeatable.")
    private List<String> batchAxes = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "NAME=N,C,...",
            description = "Imported models: the extents of an input, N or ? where they stay as they are. Repeatable.")
    private List<String> shapes = new ArrayList<>();

    /**
     * Reads and checks it.
     *
     * @throws UserError if there is no such file
     */
    Model read() {
        return check().model();
    }

    /** Reads it with what may be a mistake in it. */
    CheckedModel check() {
        return Compiler.check(path(), options());
    }

    /** The file as the user named it. */
    Path path() {
        Path path = FilePath.of(file);
        if (!Files.exists(path)) {
            throw new UserError("there is no model " + file + "; check the path");
        }
        if (Files.isDirectory(path)) {
            throw new UserError("model " + file + " is a directory; name the .dlift file in it");
        }
        if (!Files.isReadable(path)) {
            throw new UserError("no permission to read model " + file);
        }
        return path;
    }

    private ImportOptions options() {
        Map<String, OptionalInt> axes = new HashMap<>();
        for (String text : batchAxes) {
            int equals = text.lastIndexOf('=');
            axes.put(equals < 0 ? "*" : text.substring(0, equals), axis(text.substring(equals + 1), text));
        }
        Map<String, List<Optional<Integer>>> extents = new HashMap<>();
        for (String text : shapes) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw usage("--shape '" + text + "' is not NAME=N,C,...");
            }
            try {
                extents.put(text.substring(0, equals), ImportOptions.parseExtents(text.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw usage("--shape '" + text + "': " + e.getMessage());
            }
        }
        return new ImportOptions(axes, extents);
    }

    private OptionalInt axis(String written, String text) {
        try {
            return ImportOptions.parseAxis(written);
        } catch (IllegalArgumentException e) {
            throw usage("--batch-axis '" + text + "' is neither an axis nor none");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
