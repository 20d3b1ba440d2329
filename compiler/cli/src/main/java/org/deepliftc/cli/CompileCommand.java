package org.deepliftc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.data.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc compile}: Java source and weights. */
@Command(
        description = "Write the Java class of a model and its weights.",
        customSynopsis = "deepliftc compile MODEL -d DIR [--package P] [--class-name C] [--verify SAMPLES] [OPTIONS]",
        footer = {
            "",
            "Example:",
            "  deepliftc compile model.dlift -d src/main/java --package com.example --verify samples.npz"
        })
final class CompileCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private ExplainFlags flags;

    @Mixin
    private CodeFlags code;

    @Option(names = "-d", required = true, paramLabel = "DIR", description = "Where packages begin; made if missing.")
    private String directory;

    @Option(names = "--package", paramLabel = "P", description = "The package (default: the unnamed one).")
    private String packageName = "";

    @Option(names = "--class-name", paramLabel = "C", description = "The class (default: after the model).")
    private Optional<String> className = Optional.empty();

    @Option(
            names = "--code-shape",
            paramLabel = "S",
            converter = FlagValues.CodeShapeValue.class,
            defaultValue = "auto",
            description = "auto (default), straight (no loops, weights as literals) or loops.")
    private CodeShape shape;

    @Option(
            names = "--verify",
            paramLabel = "SAMPLES",
            description = "An .npz of inputs and expected outputs by name; a class that differs is not written.")
    private Optional<String> samples = Optional.empty();

    CompileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        requireNames();
        Path root = FilePath.of(directory);
        requireDirectory(root);
        Model read = model.read();
        CompileOptions options =
                code.written(flags.compileOptions(read)).withShape(shape).named(packageName, className);
        CompiledClass compiled = Compiler.compile(read, options);
        Diagnostics.print(console, compiled.warnings());
        if (samples.isPresent()) {
            String verdict = new Verification(read.inputs(), options.precision())
                    .check(FilePath.of(samples.get()), Compiler.load(compiled), console);
            console.out().println(verdict);
        }
        write(compiled, root);
        return ExitCode.DONE;
    }

    private void requireNames() {
        if (!packageName.isEmpty() && !SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
            throw flags.usage("--package '" + packageName + "' is no name of a Java package");
        }
        className
                .filter(name ->
                        !SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name, SourceVersion.RELEASE_17))
                .ifPresent(name -> {
                    throw flags.usage("--class-name '" + name + "' is no name of a Java class");
                });
    }

    private static void requireDirectory(Path root) {
        Path existing = root.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new UserError("cannot write into " + root + ": " + existing + " is a file, not a directory");
        }
        if (!Files.isWritable(existing)) {
            throw new UserError("cannot write into " + root + ": no permission for directory " + existing);
        }
    }

    /** Weights first: a class is never there without them. */
    private void write(CompiledClass compiled, Path root) throws IOException {
        Path folder = compiled.packageName().isEmpty()
                ? root
                : root.resolve(compiled.packageName().replace('.', '/'));
        Files.createDirectories(folder);
        Path source = folder.resolve(compiled.className() + ".java");
        if (compiled.weights().length > 0) {
            Path weights = folder.resolve(compiled.className() + ".weights");
            AtomicFiles.write(weights, out -> out.write(compiled.weights()));
            console.out().println(weights + "  " + Quantity.bytes(compiled.weights().length));
        }
        byte[] text = compiled.javaSource().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(source, out -> out.write(text));
        console.out()
                .println(source + "  "
                        + Quantity.count(compiled.javaSource().lines().count(), "line"));
    }
}
