package org.deepliftc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deepliftc.cli.bench.BenchInputs;
import org.deepliftc.cli.bench.BenchReport;
import org.deepliftc.cli.bench.BenchResult;
import org.deepliftc.cli.bench.BenchTask;
import org.deepliftc.cli.bench.FmaPeak;
import org.deepliftc.cli.bench.Measurement;
import org.deepliftc.cli.input.FilePath;
import org.deepliftc.cli.output.OutputFile;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.driver.DirectWork;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.AtomicFiles;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc bench}: how fast the compiled class is here. */
@Command(
        description = "Measure the compiled class on this machine.",
        customSynopsis =
                "deepliftc bench MODEL [--batch B] [--references N] [--threads K] [--method M] [--json FILE] [OPTIONS]",
        footer = {
            "",
            "References: zeros compiled in with --references 1; above 1, each example of a one-hot model has its own, as",
            "shuffles are, and the examples of other models share them, as a background is. Inputs are random."
        })
final class BenchCommand implements Callable<Integer> {
    private static final String PREDICT = "predict";

    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private ExplainFlags flags;

    @Mixin
    private CodeFlags code;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "32",
            description = "Examples in a call (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--references",
            paramLabel = "N",
            defaultValue = "1",
            description = "References of each example (${DEFAULT-VALUE}).")
    private int references;

    @Option(names = "--threads", paramLabel = "K", defaultValue = "1", description = "Threads (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "6",
            description = "How long to measure each method once it is warm, about (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers as JSON.")
    private Optional<String> json = Optional.empty();

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        requireUsage();
        Optional<Path> file = json.map(FilePath::of);
        file.ifPresent(OutputFile::requireWritable);
        List<Optional<String>> methods = flags.methodText().isEmpty()
                ? List.of(Optional.empty())
                : List.of(flags.methodText().get().split(",", -1)).stream()
                        .map(Optional::of)
                        .toList();
        List<BenchResult> results = new ArrayList<>();
        String name = "";
        for (Optional<String> method : methods) {
            boolean predict = method.filter(PREDICT::equals).isPresent();
            Optional<Method> chosen = predict ? Optional.empty() : method.map(flags::method);
            long began = System.nanoTime();
            Model read = model.read();
            name = read.name();
            CompileOptions options = code.runningBatches(flags.compileOptions(read, chosen), batch, console);
            results.add(measure(read, options, predict, began));
        }
        BenchReport report = new BenchReport(name, results);
        report.print(console.out());
        if (file.isPresent()) {
            AtomicFiles.write(file.get(), report::write);
        }
        return ExitCode.DONE;
    }

    private void requireUsage() {
        if (flags.hasReferences()) {
            throw flags.usage("bench makes its own references; --references N says how many");
        }
        if (batch < 1) {
            throw flags.usage("--batch must be at least 1, not " + batch);
        }
        if (references < 1) {
            throw flags.usage("--references must be at least 1, not " + references);
        }
        if (threads < 1 || threads > 1024) {
            throw flags.usage("--threads must be 1 to 1024, not " + threads);
        }
        if (!(seconds >= 0.1 && seconds <= 3600)) {
            throw flags.usage("--seconds must be 0.1 to 3600, not " + seconds);
        }
    }

    private BenchResult measure(Model read, CompileOptions asked, boolean predict, long began) {
        Reference reference = references > 1 ? new Reference.Given() : new Reference.Zeros();
        CompileOptions options = asked.withExplain(asked.explain().withReferences(Map.of("*", reference)));
        CompiledModel loaded = Compiler.load(Compiler.compile(read, options));
        double compileMillis = (System.nanoTime() - began) / 1e6;

        List<InputDeclaration> inputs = read.inputs();
        BenchInputs random = new BenchInputs(inputs, options.precision());
        boolean given = !predict && loaded.description().referenceBinding() == ReferenceBinding.GIVEN;
        boolean perExample =
                given && inputs.stream().anyMatch(input -> input.onehot().isPresent());
        CompiledModel bound = given && !perExample
                ? loaded.withReferences(references, random.rows(references, flags.seed() + 1))
                : loaded;
        BenchTask task = new BenchTask(bound, options.precision(), predict);
        Batch calls = task.batch(batch, random.rows(batch, flags.seed()));
        if (perExample) {
            calls.references(references, random.rows((long) batch * references, flags.seed() + 1));
        }

        Measurement measured = Measurement.of(task, calls, threads, seconds);
        FmaPeak.Peak peak = FmaPeak.measure(options.precision(), threads);
        int pairs = given ? references : 1;
        DirectWork work = Compiler.directWork(read, options);
        return new BenchResult(
                predict ? PREDICT : loaded.description().method(),
                loaded.description().backend(),
                batch,
                pairs,
                threads,
                measured,
                predict ? work.prediction() : work.explanation(pairs, !perExample),
                peak,
                compileMillis,
                Compiler.rules(read, options).rows());
    }
}
