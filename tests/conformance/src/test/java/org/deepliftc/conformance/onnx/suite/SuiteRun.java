package org.deepliftc.conformance.onnx.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.Tensor;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.conformance.onnx.suite.SuiteCase.DataSet;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.ModelDescription.Port;

/** Imports, compiles and runs one case: with axis 0 as that of the examples, else as a model of one example. */
final class SuiteRun {
    static final Backend BACKEND = Backend.isVectorModulePresent() ? Backend.VECTOR : Backend.SCALAR;

    private final SuiteCase of;

    SuiteRun(SuiteCase of) {
        this.of = of;
    }

    /** How a case ended. */
    enum Verdict {
        PASSED,
        REFUSED,
        FAILED
    }

    /** @param reason why it was refused or failed; of a case that passed, what its file needed */
    record Outcome(SuiteCase of, Verdict verdict, String reason) {}

    Outcome outcome() {
        try {
            return run();
        } catch (DiagnosticException e) {
            return new Outcome(of, Verdict.REFUSED, reason(e));
        } catch (IOException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            return new Outcome(of, Verdict.FAILED, e.toString());
        }
    }

    private String reason(DiagnosticException e) {
        return e.diagnostics().stream()
                .map(d -> d.id() + ": " + d.message().replace(of.model().toString(), of.name()))
                .collect(Collectors.joining("; "));
    }

    private Outcome run() throws IOException {
        List<DataSet> sets = new ArrayList<>();
        Optional<CheckedModel> checked = Optional.empty();
        String note = "";
        try {
            checked = Optional.of(Compiler.check(of.model(), ImportOptions.DEFAULT));
        } catch (DiagnosticException e) {
            if (!e.diagnostics().stream().map(Diagnostic::id).allMatch(List.of("IMPORT004", "IMPORT005")::contains)) {
                throw e;
            }
            note = "as one example";
        }
        sets.addAll(of.dataSets());
        CheckedModel model = checked.isPresent() ? checked.get() : Compiler.check(of.model(), oneExample(sets.get(0)));
        for (Diagnostic warning : model.warnings()) {
            note = note.isEmpty() ? warning.message() : note + ", " + warning.message();
        }
        CompiledModel compiled = Compiler.load(Compiler.compile(model.model(), options(sets.get(0))));
        for (DataSet set : sets) {
            predicts(model.model(), compiled, set);
        }
        return new Outcome(of, Verdict.PASSED, note);
    }

    /** Vector code where this JVM runs it; a model in double is computed in double. */
    private static CompileOptions options(DataSet set) {
        boolean isDouble = set.inputs().values().stream().anyMatch(tensor -> tensor.kind() == ElementKind.DOUBLE);
        return isDouble
                ? CompileOptions.DEFAULT.withPrecision(Precision.DOUBLE)
                : CompileOptions.DEFAULT.withBackend(BACKEND);
    }

    /** No axis of examples, and the extents of the data where the file leaves some open. */
    private static ImportOptions oneExample(DataSet set) {
        Map<String, List<Optional<Integer>>> shapes = new HashMap<>();
        set.inputs()
                .forEach((name, tensor) -> shapes.put(
                        name, tensor.dims().stream().map(Optional::of).toList()));
        return new ImportOptions(Map.of("*", OptionalInt.empty()), shapes);
    }

    private static void predicts(Model model, CompiledModel compiled, DataSet set) {
        boolean isDouble = compiled.description().elementType() == ElementType.DOUBLE;
        int examples = 1;
        for (Model.InputDeclaration input : model.inputs()) {
            examples = Math.max(
                    examples,
                    set.inputs().get(input.name()).size() / input.shape().size());
        }
        Object[] given = new Object[model.inputs().size()];
        for (int i = 0; i < given.length; i++) {
            Model.InputDeclaration input = model.inputs().get(i);
            double[] values = repeated(
                    set.inputs().get(input.name()), examples * input.shape().size());
            given[i] = isDouble ? values : floats(values);
        }
        List<Port> ports = compiled.description().outputs();
        Object[] results = new Object[ports.size()];
        for (int i = 0; i < results.length; i++) {
            int size = examples * ports.get(i).size();
            results[i] = isDouble ? new double[size] : new float[size];
        }
        try (CompiledSession session = compiled.openSession()) {
            session.predict(new Batch(examples, given).predictions(results), 0, examples);
        }
        for (int i = 0; i < results.length; i++) {
            Tensor expected = set.outputs().get(ports.get(i).name());
            new Comparison(ports.get(i), examples, expected).with(results[i]);
        }
    }

    /** An input without an axis of examples, or one that is only there for its type, is the same for all of them. */
    private static double[] repeated(Tensor tensor, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size && tensor.size() > 0; i++) {
            values[i] = tensor.at(i % tensor.size());
        }
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
