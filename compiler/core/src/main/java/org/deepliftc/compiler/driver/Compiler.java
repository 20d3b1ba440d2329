package org.deepliftc.compiler.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.jit.JaninoCompiler;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.LoopVerifier;
import org.deepliftc.compiler.lower.LowerModel;
import org.deepliftc.compiler.optimize.Optimizer;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.NormaliseOneHot;
import org.deepliftc.compiler.rule.ResolveExplanation;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.ScalarSchedule;
import org.deepliftc.compiler.schedule.TileChoice;
import org.deepliftc.runtime.CompiledModel;

/**
 * From a model file to a class: the phases in order. Every problem of the user's is a {@link DiagnosticException};
 * anything else that is thrown is a defect of the compiler.
 */
public final class Compiler {
    private Compiler() {}

    /** Reads and checks a model. */
    public static Model read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx") || name.endsWith(".keras") || name.endsWith(".h5")) {
            String format = name.endsWith(".onnx") ? "ONNX" : "Keras";
            throw new DiagnosticException(Diagnostic.error(
                            "IMPORT001",
                            new SourceSpan(file.toString(), 0, 0, 0, 0),
                            "this version does not read " + format + " models")
                    .withHint("write the model in the language (.dlift) with its weights as safetensors or npz"));
        }
        return ModelReader.read(file);
    }

    /** The explanation that options ask of a model, with every choice made. */
    public static Explanation resolve(Model model, CompileOptions options) {
        requireBackend(options);
        ExplainOptions asked = options.explain().orElse(model.explain());
        Model declared = InputConstraints.apply(model, asked);
        Optional<List<ConstantData>> references = CompiledReferences.of(declared, asked);
        return ResolveExplanation.of(declared, asked, references, options.hypothetical());
    }

    private static void requireBackend(CompileOptions options) {
        if (options.backend() == Backend.VECTOR && options.precision() == CompileOptions.Precision.DOUBLE) {
            throw new DiagnosticException(Diagnostic.error(
                            "BACKEND001", SourceSpan.NONE, "the vector backend computes in float, not in double")
                    .withHint("leave --backend out, or choose --precision float"));
        }
    }

    /** Derives the joint graph of an explanation, as yet unoptimised. */
    public static JointGraph derive(Explanation explanation) {
        return DeriveMultipliers.run(NormaliseOneHot.run(explanation));
    }

    /** Lowers a model and its explanation to a loop program of one row at a time. */
    public static LoopProgram lower(Explanation explanation) {
        return lower(explanation, derive(explanation), 1, Optional.empty(), true);
    }

    /**
     * Lowers a model and its explanation to a loop program.
     *
     * @param tile the most rows that steps run over together
     * @param winograd the rows expected in a call, where Winograd's forms are allowed
     * @param inFloat whether the program computes in float
     */
    private static LoopProgram lower(
            Explanation explanation, JointGraph derived, int tile, Optional<Integer> winograd, boolean inFloat) {
        Model model = explanation.model();
        Graph forward = Optimizer.optimize(Graph.of(model.name(), model.graph().outputs()));
        LowerModel.Request request = new LowerModel.Request(
                explanation.usesReference() && explanation.references().isEmpty(),
                explanation.target() instanceof Explanation.Given,
                explanation.target() instanceof Explanation.Fixed fixed ? fixed.indices() : List.of(),
                derived.notes(),
                tile,
                winograd,
                inFloat);
        LoopProgram program = LowerModel.run(model, forward, Optimizer.optimize(derived.graph()), request);
        assert LoopVerifier.problems(program).isEmpty() : LoopVerifier.problems(program);
        return program;
    }

    /** Compiles a model to Java source and weights. */
    public static CompiledClass compile(Model model, CompileOptions options) {
        Explanation explanation = resolve(model, options);
        return print(lower(explanation, derive(explanation), options), Headers.of(explanation, options));
    }

    /** The program with as many rows abreast as suit it. */
    private static LoopProgram lower(Explanation explanation, JointGraph derived, CompileOptions options) {
        boolean inFloat = options.precision() == CompileOptions.Precision.FLOAT;
        boolean direct = !options.winograd() || !inFloat;
        LoopProgram one = lower(explanation, derived, 1, direct ? Optional.empty() : Optional.of(1), inFloat);
        if (ScalarSchedule.isStraight(one, options.shape())) {
            return one;
        }
        int tile = TileChoice.of(one, options.expectedBatch());
        int rows = explanation.usesReference() && explanation.references().isEmpty()
                ? tile
                : Math.min(tile, options.expectedBatch());
        Optional<Integer> winograd = direct ? Optional.empty() : Optional.of(rows);
        return tile > 1 ? lower(explanation, derived, tile, winograd, inFloat) : one;
    }

    private static CompiledClass print(LoopProgram program, ClassHeader header) {
        GeneratedClass generated = JavaBackend.generate(program, header);
        return new CompiledClass(
                generated.packageName(),
                generated.className(),
                generated.source(),
                generated.weights(),
                new ArrayList<>());
    }

    /** Compiles the source in this process and loads the class. */
    public static CompiledModel load(CompiledClass compiled) {
        return JaninoCompiler.load(new GeneratedClass(
                compiled.packageName(), compiled.className(), compiled.javaSource(), compiled.weights()));
    }

    /** The rule table of an explanation. */
    public static RuleTable rules(Model model, CompileOptions options) {
        return RuleTables.of(resolve(model, options));
    }

    /** What an explanation costs: compiles and loads its class, but runs nothing. */
    public static CostTable costs(Model model, CompileOptions options) {
        Explanation explanation = resolve(model, options);
        JointGraph derived = derive(explanation);
        LoopProgram program = lower(explanation, derived, options);
        ClassHeader header = Headers.of(explanation, options);
        CompiledClass compiled = print(program, header);
        return CostTables.of(
                explanation,
                derived,
                RuleTables.of(explanation, derived),
                ScalarSchedule.run(program, header.shape(), header.elementType()),
                load(compiled).description(),
                options,
                compiled.weights().length);
    }

    /** The multiply-adds of an explanation by the direct algorithm. */
    public static DirectWork directWork(Model model, CompileOptions options) {
        return DirectWork.of(derive(resolve(model, options)));
    }
}
