package org.deepliftc.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import picocli.CommandLine.Parameters;

/** The model every verb works on. */
final class ModelArgument {
    private static final List<String> IMPORTED = List.of(".onnx", ".keras", ".h5", ".hdf5");

    @Parameters(paramLabel = "MODEL", description = "The model: a .dlift file.")
    private String file;

    /**
     * Reads and checks it.
     *
     * @throws UserError if it is no file of a language this build reads
     */
    Model read() {
        return Compiler.read(path());
    }

    /** Reads it with what may be a mistake in it. */
    CheckedModel check() {
        return ModelReader.check(path());
    }

    private Path path() {
        Path path = FilePath.of(file);
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        for (String extension : IMPORTED) {
            if (name.endsWith(extension)) {
                throw new UserError(file + ": this build does not import " + extension
                        + " models yet; write the network as a .dlift file with its weights in a .safetensors file");
            }
        }
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
}
