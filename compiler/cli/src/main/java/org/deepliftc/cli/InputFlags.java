package org.deepliftc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.cli.input.ArrayFiles;
import org.deepliftc.cli.input.ExampleReader;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --input}. */
final class InputFlags {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "IN",
            description =
                    "The examples: FILE or NAME=FILE, the first axis counting them; .npz (arrays by input name), .npy,"
                            + " .csv, .fa[.gz]. Repeatable.")
    private List<String> inputs = new ArrayList<>();

    /** Reads the examples of a model with these inputs. */
    Examples read(ArrayFiles files, List<InputDeclaration> declared) {
        List<String> names = declared.stream().map(InputDeclaration::name).toList();
        Map<String, Path> named = new LinkedHashMap<>();
        List<Path> shared = new ArrayList<>();
        for (String text : inputs) {
            NamedValue value = NamedValue.split(text, names);
            Path path = FilePath.of(value.value());
            if (value.name().isEmpty()) {
                shared.add(path);
            } else if (named.put(value.name().get(), path) != null) {
                throw new ParameterException(
                        spec.commandLine(), "--input " + value.name().get() + "=... is given twice");
            }
        }
        if (!shared.isEmpty() && named.size() == declared.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--input " + shared.get(0) + " is left over: every input of the model has a file");
        }
        return new ExampleReader(files, declared).read(named, shared);
    }
}
