package org.deepliftc.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deepliftc.cli.input.ArrayFiles;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.OneHotRows;
import org.deepliftc.cli.input.ReferencePlan;
import org.deepliftc.cli.input.ReferenceReader;
import org.deepliftc.cli.input.SequenceLayout;
import org.deepliftc.cli.input.SumRows;
import org.deepliftc.cli.output.ComparisonPicture;
import org.deepliftc.cli.output.ContributionPicture;
import org.deepliftc.cli.output.DifferenceReport;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.output.OutputFile;
import org.deepliftc.cli.output.OutputFile.Format;
import org.deepliftc.cli.output.ResultFiles;
import org.deepliftc.cli.output.TopSites;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.Auditor;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.pictures.Picture;
import org.deepliftc.runtime.CompiledModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepliftc explain}: the contribution of every input feature. */
@Command(
        description = "Compute the contribution of every input feature to the target.",
        customSynopsis = "deepliftc explain MODEL --input IN [--reference R] [--target T] -o OUT [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  deepliftc explain model.dlift --input sequences.fa --reference shuffle:20 -o scores.npz -o logo.svg",
            "  deepliftc explain model.dlift --input table.csv --reference mean:train.csv --target max -o reasons.csv",
            "  deepliftc explain model.dlift --input images.npz --method gradient,deeplift -o comparison.png",
            "  deepliftc explain model.dlift --input table.csv --audit --max-residual 1e-3 -o reasons.csv",
            "  deepliftc explain model.onnx --input x.npz --target '1 - 0' --layer /features/Relu_output_0 -o scores.npz",
            "  deepliftc explain model.onnx --input x.npz --like captum -o scores.npz"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int SITES = 3;

    /** Elements of all nodes of a network up to which its worst node is looked up without being asked for. */
    private static final long AUDITED_UNASKED = 100_000;

    private static final ModelRun.Wanted NOTHING_ELSE = new ModelRun.Wanted(false, false);

    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private InputFlags input;

    @Mixin
    private ExplainFlags flags;

    @Mixin
    private CodeFlags code;

    @Mixin
    private ThreadFlag threads;

    @Mixin
    private AuditFlags auditing;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = {
                ".npz: output, reference_output, contributions.INPUT, multipliers.INPUT, convergence_delta;"
                        + " .csv: a row per example; .svg, .png: a picture, of images also of several"
                        + " methods side by side (--method gradient,deeplift). Repeatable."
            })
    private List<String> outputs = new ArrayList<>();

    @Option(
            names = "--picture-examples",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many examples a picture or the table of sites shows (${DEFAULT-VALUE}).")
    private int pictured;

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Print the K sites of highest contribution of each sequence (3 where a logo is drawn).")
    private Integer top;

    @Option(
            names = "--window",
            paramLabel = "BASES",
            defaultValue = "7",
            description = "The length of such a site (${DEFAULT-VALUE}).")
    private int window;

    private int workers;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        requireUsage();
        workers = threads.count();
        List<Method> compared = flags.methods();
        List<OutputFile> files = outputs.stream()
                .map(text -> OutputFile.of(text, Format.NPZ, Format.CSV, Format.SVG, Format.PNG))
                .toList();
        Model read = model.read();
        if (compared.size() > 1) {
            compare(read, compared, files);
        } else {
            explain(read, files);
        }
        return ExitCode.DONE;
    }

    private void explain(Model read, List<OutputFile> files) throws IOException {
        CompileOptions asked = code.written(flags.compileOptions(read));
        requireTarget(asked.explain());
        auditing.requireMethod(asked.explain().method().orElse(Method.DEEPLIFT));
        List<InputDeclaration> inputs = declared(read, asked.explain());
        requireSequence(inputs);
        Examples examples = examples(inputs);
        warnOfOneHot(inputs, examples);
        boolean multipliers = files.stream().anyMatch(file -> file.format() == Format.NPZ);
        write(files, explain(read, asked, inputs, examples, multipliers));
    }

    private Examples examples(List<InputDeclaration> inputs) {
        return input.read(new ArrayFiles(code.precision()), inputs);
    }

    private Explanation explain(
            Model read, CompileOptions asked, List<InputDeclaration> inputs, Examples examples, boolean multipliers) {
        Method method = asked.explain().method().orElse(Method.DEEPLIFT);
        boolean open = needsReferences(read, asked.explain());
        CompileOptions runnable = code.running(asked, examples.count(), console);
        CompileOptions options = ExpectedWork.ofExplanations(read, asked.explain(), examples.count())
                .map(work -> work.choose(runnable, workers))
                .orElse(runnable);
        PendingModel compiling = PendingModel.compile(read, bound(options, open));
        ReferencePlan plan = open
                ? new ReferenceReader(
                                new ArrayFiles(code.precision()), inputs, examples, options.precision(), flags.seed())
                        .read(options.explain())
                : ReferencePlan.COMPILED;
        ModelRun run = new ModelRun(console, compiling.join(), inputs, options.precision(), workers);
        boolean scores = !method.hasMultipliers();
        ModelRun.Wanted wanted = new ModelRun.Wanted(multipliers && !scores, options.hypothetical());
        Explanation explanation = run.explain(examples, plan, wanted, ExplanationCaption.of(read, options.explain()));
        if (multipliers && scores && method != Method.LRP) {
            explanation = explanation.withMultipliers(explanation.contributions());
        }
        plan.sources().forEach(source -> source.remark().ifPresent(console::warn));
        audit(read, bound(options, open), explanation, plan);
        if (options.explain().like().isPresent()) {
            compare(read, options, open, inputs, explanation, own -> own.explain(examples, plan, NOTHING_ELSE, ""));
        }
        return explanation;
    }

    /** Explains with every method, and draws what they say side by side. */
    private void compare(Model read, List<Method> methods, List<OutputFile> files) throws IOException {
        for (OutputFile file : files) {
            if (!file.format().isPicture()) {
                throw flags.usage("several methods are compared in a picture, .svg or .png; write " + file.path()
                        + " with one --method at a time");
            }
        }
        List<CompileOptions> asked = methods.stream()
                .map(method -> code.written(flags.compileOptions(read, Optional.of(method))))
                .toList();
        requireTarget(asked.get(0).explain());
        methods.forEach(auditing::requireMethod);
        List<InputDeclaration> inputs = declared(read, asked.get(0).explain());
        Examples examples = examples(inputs);
        List<Explanation> runs = new ArrayList<>();
        for (CompileOptions one : asked) {
            runs.add(explain(read, one, inputs, examples, false));
        }
        ComparisonPicture picture = new ComparisonPicture(methods, runs, pictured);
        String about = ExplanationCaption.of(read, asked.get(0).explain(), methods);
        for (OutputFile file : files) {
            draw(() -> picture.draw(about), picture.input(), picture.examples(), runs.get(0), file);
        }
    }

    /** Measures what is asked for, and refuses an explanation that misses more than is allowed. */
    private void audit(Model read, CompileOptions options, Explanation explanation, ReferencePlan plan) {
        Optional<Audit> audit = auditing.examples().map(count -> {
            Audit made = new Audit(Auditor.of(read, options), explanation, plan, options.precision());
            made.print(console, count);
            return made;
        });
        auditing.maxResidual().ifPresent(limit -> new ResidualLimit(limit).require(explanation, audit));
        Reliability.warn(
                console,
                read,
                explanation,
                options.precision(),
                () -> audit.or(() -> small(read, options)
                        .map(auditor -> new Audit(auditor, explanation, plan, options.precision()))));
    }

    /** An auditor that nobody asked for, where it takes no time to speak of. */
    private static Optional<Auditor> small(Model read, CompileOptions options) {
        long size = read.graph().nodes().stream()
                .mapToLong(node -> node.shape().size())
                .sum();
        boolean audits = options.explain().method().orElse(Method.DEEPLIFT) == Method.DEEPLIFT;
        return audits && size <= AUDITED_UNASKED ? Optional.of(Auditor.of(read, options)) : Optional.empty();
    }

    /** Explains the same target by the rules of this compiler, and prints what is different. */
    private void compare(
            Model read,
            CompileOptions options,
            boolean open,
            List<InputDeclaration> inputs,
            Explanation theirs,
            Function<ModelRun, Explanation> run) {
        CompileOptions own = bound(options.withExplain(flags.ownBeside(read, options.explain())), open);
        CompiledModel compiled = Compiler.load(Compiler.compile(read, own));
        Explanation ours = run.apply(new ModelRun(console, compiled, inputs, own.precision(), workers));
        boolean normalised = own.explain().normaliseOnehot().orElse(true)
                && inputs.stream().anyMatch(i -> i.onehot().isPresent() && i.normalise());
        DifferenceReport.print(
                console.out(),
                options.explain().like().get().title(),
                Compiler.ruleDifferences(read, bound(options, open), own),
                normalised,
                theirs,
                ours);
    }

    private void requireUsage() {
        auditing.requireUsage(flags);
        if (pictured < 1) {
            throw flags.usage("--picture-examples must be at least 1, not " + pictured);
        }
        if (window < 1) {
            throw flags.usage("--window must be at least 1, not " + window);
        }
        if (top != null && top < 1) {
            throw flags.usage("--top must be at least 1, not " + top);
        }
    }

    private static void requireTarget(ExplainOptions options) {
        if (options.target().filter(Target.Any.class::isInstance).isPresent()) {
            throw new UserError(
                    "the target is left open (any); choose one, as in --target 0, --target '[1,2]' or --target max");
        }
    }

    /** Zeros are folded by the compiler; every other reference is an array handed over. */
    private static boolean needsReferences(Model model, ExplainOptions options) {
        return options.method().orElse(Method.DEEPLIFT).usesReference()
                && !model.inputs().stream()
                        .allMatch(input -> options.reference(input.name()) instanceof Reference.Zeros);
    }

    private static CompileOptions bound(CompileOptions options, boolean open) {
        Reference reference = open ? new Reference.Given() : new Reference.Zeros();
        return options.withExplain(options.explain().withReferences(Map.of("*", reference)));
    }

    /** The inputs with the one-hot axes that the options add to those of the model. */
    private static List<InputDeclaration> declared(Model model, ExplainOptions options) {
        return model.inputs().stream()
                .map(input -> {
                    Integer axis = options.onehot()
                            .getOrDefault(input.name(), options.onehot().get("*"));
                    return axis == null
                            ? input
                            : new InputDeclaration(
                                    input.name(), input.shape(), OptionalInt.of(axis), input.normalise());
                })
                .collect(Collectors.toList());
    }

    private void warnOfOneHot(List<InputDeclaration> inputs, Examples examples) {
        for (int i = 0; i < inputs.size(); i++) {
            InputDeclaration declared = inputs.get(i);
            if (declared.onehot().isEmpty()) {
                warnOfSums(declared, examples.arrays()[i], examples.count());
                continue;
            }
            int broken = OneHotRows.violations(
                    examples.arrays()[i],
                    examples.count(),
                    declared.shape(),
                    declared.onehot().getAsInt());
            if (broken > 0) {
                console.warn(broken + " of " + Quantity.count(examples.count(), "example") + " of input '"
                        + declared.name() + "' " + (broken == 1 ? "is" : "are") + " not one-hot along axis "
                        + declared.onehot().getAsInt()
                        + " (an N, a soft base); where weights are mean-normalised, their outputs are those of the"
                        + " constrained network");
            }
        }
    }

    private void warnOfSums(InputDeclaration declared, Object values, int count) {
        declared.sum().ifPresent(sum -> {
            int broken = SumRows.violations(values, count, declared.shape(), sum);
            if (broken > 0) {
                console.warn(broken + " of " + Quantity.count(count, "example") + " of input '" + declared.name()
                        + "' " + (broken == 1 ? "does" : "do") + " not sum to "
                        + new BigDecimal(Double.toString(sum.value()))
                                .stripTrailingZeros()
                                .toPlainString()
                        + " along axis " + sum.axis()
                        + "; where weights are mean-normalised, their outputs are those of the constrained network");
            }
        });
    }

    /** Sites are asked for before the long work; whether values are one-hot is only known after reading them. */
    private void requireSequence(List<InputDeclaration> inputs) {
        boolean possible = inputs.stream()
                .anyMatch(declared -> SequenceLayout.of(declared.shape().dims(), declared.onehot())
                        .isPresent());
        if (top != null && !possible) {
            throw new UserError(
                    "--top lists sites of sequences, but no input of the model is one-hot [4, length] or [length, 4]");
        }
    }

    private void write(List<OutputFile> files, Explanation explanation) throws IOException {
        ContributionPicture picture = new ContributionPicture(explanation, pictured);
        for (OutputFile file : files) {
            switch (file.format()) {
                case NPZ -> ResultFiles.npz(file.path(), explanation);
                case CSV -> ResultFiles.csv(file.path(), explanation);
                default -> draw(picture::draw, picture.input(), picture.examples(), explanation, file);
            }
        }
        if (top != null || files.stream().anyMatch(file -> file.format().isPicture())) {
            int sites = top == null ? SITES : top;
            picture.sequence()
                    .ifPresent(layout -> TopSites.print(
                            console, explanation, picture.input(), layout, window, sites, picture.examples()));
        }
    }

    private void draw(Supplier<Picture> picture, int input, int examples, Explanation explanation, OutputFile file)
            throws IOException {
        try {
            picture.get().write(file.path());
        } catch (IllegalArgumentException e) {
            throw new UserError("cannot draw " + file.path() + ": " + e.getMessage(), e);
        }
        int all = explanation.examples().count();
        if (examples < all) {
            console.out()
                    .println(file.path() + " shows the first " + examples + " of " + all
                            + " examples (--picture-examples)");
        }
        if (explanation.inputs().size() > 1) {
            console.out()
                    .println(file.path() + " shows input '"
                            + explanation.inputs().get(input).name() + "' alone, of "
                            + explanation.inputs().size());
        }
    }
}
