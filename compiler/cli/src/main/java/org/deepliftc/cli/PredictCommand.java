package org.deepliftc.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deepliftc.cli.input.ArrayFiles;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.output.OutputFile;
import org.deepliftc.cli.output.OutputFile.Format;
import org.deepliftc.cli.output.ResultFiles;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.ModelDescription.Port;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc predict}: the outputs of a model. */
@Command(
        description = "Compute the outputs of a model.",
        customSynopsis = "deepliftc predict MODEL --input IN -o OUT [OPTIONS]")
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private InputFlags input;

    @Mixin
    private ThreadFlag threads;

    @Mixin
    private CodeFlags code;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The result: .npz with output (or output.NAME), or .csv. Repeatable.")
    private List<String> outputs = new ArrayList<>();

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        int workers = threads.count();
        List<OutputFile> files = new ArrayList<>();
        for (String text : outputs) {
            files.add(OutputFile.of(text, Format.NPZ, Format.CSV));
        }
        Model read = model.read();
        CompileOptions asked = code.written(CompileOptions.DEFAULT.withExplain(Predictions.options(read)));
        Examples examples = input.read(new ArrayFiles(code.precision()), read.inputs());
        CompileOptions options = ExpectedWork.ofPredictions(read, examples.count())
                .choose(code.running(asked, examples.count(), console), workers);
        CompiledModel compiled = Compiler.load(Compiler.compile(read, options));
        List<Port> ports = compiled.description().outputs();
        List<Object> results =
                new ModelRun(console, compiled, read.inputs(), code.precision(), workers).predict(examples);
        for (OutputFile file : files) {
            if (file.format() == Format.NPZ) {
                ResultFiles.predictionsNpz(file.path(), examples, ports, results);
            } else {
                ResultFiles.predictionsCsv(file.path(), examples, ports, results);
            }
        }
        return ExitCode.DONE;
    }
}
