package org.deepliftc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.print.PrintedModel;
import org.deepliftc.data.AtomicFiles;
import org.deepliftc.data.Safetensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deepliftc import}: a model of another tool as text of the language and weights. */
@Command(
        description = "Write a model of another tool as a .dlift file and its weights as safetensors.",
        customSynopsis = "deepliftc import MODEL -o M.dlift [OPTIONS]",
        footer = {"", "Example:", "  deepliftc import resnet50.onnx -o resnet50.dlift"})
final class ImportCommand implements Callable<Integer> {
    private static final String EXTENSION = ".dlift";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "M.dlift",
            description = "The file to write; its weights go beside it, into M.safetensors.")
    private String output;

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!output.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
            throw new ParameterException(spec.commandLine(), "-o '" + output + "' does not end in .dlift");
        }
        Path text = FilePath.of(output);
        String file = String.valueOf(text.getFileName());
        String name = file.substring(0, file.length() - EXTENSION.length());
        CheckedModel read = model.check();
        Diagnostics.print(console, read.warnings());
        PrintedModel printed = Compiler.print(read.model(), name);
        write(text, text.resolveSibling(PrintedModel.weightsFile(name)), printed);
        return ExitCode.DONE;
    }

    /** Weights first: a text is never there without them. */
    private void write(Path text, Path weights, PrintedModel printed) throws IOException {
        if (!printed.tensors().isEmpty()) {
            Safetensors.write(weights, printed.tensors());
            console.out()
                    .println(weights + "  " + Quantity.count(printed.tensors().size(), "tensor"));
        }
        byte[] bytes = printed.text().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(text, out -> out.write(bytes));
        console.out()
                .println(text + "  " + Quantity.count(printed.text().lines().count(), "line"));
    }
}
