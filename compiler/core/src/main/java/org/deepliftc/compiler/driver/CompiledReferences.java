package org.deepliftc.compiler.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.InputArrays;

/**
 * The references that are known when compiling: zeros, means, files with a single row. Where any input's reference is
 * given at run time, all are.
 */
final class CompiledReferences {
    private CompiledReferences() {}

    static Optional<List<ConstantData>> of(Model model, ExplainOptions options) {
        List<ConstantData> references = new ArrayList<>();
        for (Model.InputDeclaration input : model.inputs()) {
            Optional<ConstantData> reference =
                    of(input, options.reference(input.name()), model.inputs().size() == 1);
            if (reference.isEmpty()) {
                return Optional.empty();
            }
            references.add(reference.get());
        }
        return Optional.of(references);
    }

    private static Optional<ConstantData> of(Model.InputDeclaration input, Reference reference, boolean onlyInput) {
        Shape shape = input.shape();
        if (reference instanceof Reference.Zeros) {
            return Optional.of(ConstantData.real(shape, new double[shape.size()]));
        }
        if (reference instanceof Reference.MeanOf) {
            DataArray rows = read(((Reference.MeanOf) reference).file(), input, onlyInput);
            requireRows(rows, input);
            return Optional.of(mean(rows, shape));
        }
        if (reference instanceof Reference.Rows) {
            DataArray rows = read(((Reference.Rows) reference).file(), input, onlyInput);
            if (rows.rank() == shape.rank() + 1 && rows.rows() == 1) {
                requireRows(rows, input);
                return Optional.of(ConstantData.real(shape, finite(rows)));
            }
        }
        return Optional.empty();
    }

    private static DataArray read(String file, Model.InputDeclaration input, boolean onlyInput) {
        try {
            return InputArrays.read(Path.of(file), input.name(), onlyInput);
        } catch (IOException e) {
            throw error("the reference of '" + input.name() + "': " + e.getMessage(), "check the file");
        }
    }

    private static void requireRows(DataArray rows, Model.InputDeclaration input) {
        int[] dims = rows.shape();
        boolean fits = dims.length == input.shape().rank() + 1
                && dims[0] > 0
                && Arrays.equals(
                        Arrays.copyOfRange(dims, 1, dims.length), input.shape().toArray());
        if (!fits) {
            throw error(
                    "the reference of '" + input.name() + "' in " + rows.origin() + " is " + rows.shapeText()
                            + ", but the input is " + input.shape(),
                    "give an array [rows, " + input.shape().toString().substring(1));
        }
    }

    private static ConstantData mean(DataArray rows, Shape shape) {
        double[] values = finite(rows);
        double[] mean = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            mean[i % mean.length] += values[i];
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= rows.rows();
        }
        return ConstantData.real(shape, mean);
    }

    private static double[] finite(DataArray rows) {
        double[] values = rows.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw error(
                        "the reference in " + rows.origin() + " holds " + values[i] + " at " + rows.indexText(i),
                        "replace it by a finite number");
            }
        }
        return values;
    }

    private static DiagnosticException error(String message, String hint) {
        return new DiagnosticException(
                Diagnostic.error("EXPLAIN011", SourceSpan.NONE, message).withHint(hint));
    }
}
