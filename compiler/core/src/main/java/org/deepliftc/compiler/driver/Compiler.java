package org.deepliftc.compiler.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.ImportProblem;
import org.deepliftc.compiler.importer.Imported;
import org.deepliftc.compiler.importer.keras.KerasImporter;
import org.deepliftc.compiler.importer.onnx.OnnxImporter;
import org.deepliftc.compiler.jit.JaninoCompiler;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.print.ModelPrinter;
import org.deepliftc.compiler.print.PrintedModel;
import org.deepliftc.compiler.rule.DeriveMultipliers;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.NormaliseOneHot;
import org.deepliftc.compiler.rule.ResolveExplanation;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.runtime.CompiledModel;

/**
 * From a model file to a class: the phases in order. Every problem of the user's is a {@link DiagnosticException};
 * anything else that is thrown is a defect of the compiler.
 */
public final class Compiler {
    private Compiler() {}

    /** Reads and checks a model. */
    public static Model read(Path file) {
        return check(file, ImportOptions.DEFAULT).model();
    }

    /**
     * Reads and checks a model, with what may be a mistake in it.
     *
     * @param options about files of other tools; a model in the language takes none
     */
    public static CheckedModel check(Path file, ImportOptions options) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx")) {
            Imported imported = OnnxImporter.read(file, options);
            return new CheckedModel(imported.model(), imported.warnings());
        }
        if (name.endsWith(".keras") || name.endsWith(".h5") || name.endsWith(".hdf5")) {
            Imported imported = KerasImporter.read(file, options);
            return new CheckedModel(imported.model(), imported.warnings());
        }
        if (!options.equals(ImportOptions.DEFAULT)) {
            throw new DiagnosticException(ImportProblem.IMPORT007.in(
                    file.toString(),
                    "a model in the language says its own shapes",
                    "--batch-axis and --shape are for models of other tools"));
        }
        return ModelReader.check(file);
    }

    /**
     * A model as text of the language.
     *
     * @param name of the text's file without extension; the model is named after it
     */
    public static PrintedModel print(Model model, String name) {
        return ModelPrinter.print(model, name);
    }

    /** The explanation that options ask of a model, with every choice made. */
    public static Explanation resolve(Model model, CompileOptions options) {
        requireBackend(options);
        ExplainOptions asked = options.explain().over(model.explain());
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

    /** Compiles a model to Java source and weights. */
    public static CompiledClass compile(Model model, CompileOptions options) {
        Explanation explanation = resolve(model, options);
        LoopProgram program =
                Lowered.of(explanation, derive(explanation), options).program();
        GeneratedClass generated = JavaBackend.generate(program, Headers.of(explanation, options));
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

    /** The rule table of an explanation, with the backend of every node; nothing is printed or loaded. */
    public static RuleTable rules(Model model, CompileOptions options) {
        Explanation explanation = resolve(model, options);
        JointGraph derived;
        try {
            derived = derive(explanation);
        } catch (DiagnosticException e) {
            return RuleTables.withoutStages(explanation); // the table itself tells which node has no rule
        }
        Lowered lowered = Lowered.of(explanation, derived, options);
        return backends(RuleTables.of(explanation, derived), lowered, Headers.of(explanation, options));
    }

    /**
     * The nodes that two explanations of one point treat differently, from the inputs on.
     *
     * @throws DiagnosticException where either cannot be resolved
     */
    public static List<RuleDifference> ruleDifferences(Model model, CompileOptions first, CompileOptions second) {
        List<RuleTable.Row> ofFirst =
                RuleTables.withoutStages(resolve(model, first)).rows();
        Map<String, RuleTable.Row> ofSecond = new HashMap<>();
        RuleTables.withoutStages(resolve(model, second)).rows().forEach(row -> ofSecond.put(row.node(), row));
        List<RuleDifference> differences = new ArrayList<>();
        for (RuleTable.Row row : ofFirst) {
            RuleTable.Row other = ofSecond.get(row.node());
            if (other != null && !other.rule().equals(row.rule())) {
                differences.add(new RuleDifference(row.node(), row.operator(), row.rule(), other.rule()));
            }
        }
        return differences;
    }

    private static RuleTable backends(RuleTable rules, Lowered lowered, ClassHeader header) {
        return rules.withBackends(NodeBackends.of(lowered, JavaBackend.steps(lowered.program(), header), rules));
    }

    /** What an explanation costs: prints its class, but loads and runs nothing. */
    public static CostTable costs(Model model, CompileOptions options) {
        Explanation explanation = resolve(model, options);
        JointGraph derived = derive(explanation);
        Lowered lowered = Lowered.of(explanation, derived, options);
        ClassHeader header = Headers.of(explanation, options);
        return CostTables.of(
                explanation,
                derived,
                backends(RuleTables.of(explanation, derived), lowered, header),
                lowered.program(),
                header,
                options);
    }

    /** The multiply-adds of predicting one example by the direct algorithm. */
    public static long predictionWork(Model model) {
        return DirectWork.prediction(model);
    }

    /** The multiply-adds of an explanation by the direct algorithm. */
    public static DirectWork directWork(Model model, CompileOptions options) {
        return DirectWork.of(derive(resolve(model, options)));
    }
}
