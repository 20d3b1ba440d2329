package org.deepliftc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepliftc.cli.input.ArrayFiles;
import org.deepliftc.cli.input.ExampleReader;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.FileArray;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.ModelDescription.Port;

/**
 * Compares a class's predictions with stored ones. Two numbers agree where they differ by at most 1e-4 of the largest
 * magnitude among the expected outputs of their example.
 */
final class Verification {
    private static final double TOLERANCE = 1e-4;

    private final List<InputDeclaration> inputs;
    private final Precision precision;

    Verification(List<InputDeclaration> inputs, Precision precision) {
        this.inputs = inputs;
        this.precision = precision;
    }

    /** The greatest difference found, and where. */
    private record Worst(double relative, String place) {}

    /**
     * Checks {@code model} against the arrays of {@code samples}: inputs by name; outputs by name, or {@code output} for
     * a model with one.
     *
     * @return what to tell the user
     * @throws UserError if an array is missing or misshapen, or predictions differ
     */
    String check(Path samples, CompiledModel model, Console console) throws IOException {
        Examples examples = new ExampleReader(new ArrayFiles(precision), inputs).read(Map.of(), List.of(samples));
        List<Object> got = new ModelRun(console, model, inputs, precision, 1).predict(examples);
        Worst worst = new Worst(-1, "");
        List<Port> ports = model.description().outputs();
        try (Npz npz = Npz.open(samples)) {
            for (int i = 0; i < ports.size(); i++) {
                Worst here =
                        compare(expected(npz, ports.get(i), ports.size(), examples.count()), got.get(i), ports.get(i));
                worst = here.relative > worst.relative ? here : worst;
            }
        }
        if (!(worst.relative <= TOLERANCE)) {
            throw new UserError("the compiled class does not reproduce " + samples + ": " + worst.place
                    + ", which is beyond the tolerance of " + TOLERANCE + "; nothing was written");
        }
        return "verified: " + Quantity.count(examples.count(), "example") + " of " + samples
                + " reproduced, greatest relative difference "
                + String.format(java.util.Locale.ROOT, "%.1e", worst.relative);
    }

    private static DataArray expected(Npz npz, Port port, int outputs, int examples) throws IOException {
        boolean named = npz.contains(port.name());
        String name = named ? port.name() : outputs == 1 ? "output" : "output." + port.name();
        if (!npz.contains(name)) {
            throw new UserError(npz.file() + " has no array '" + port.name() + "'"
                    + (outputs == 1 ? " or 'output'" : "") + " of expected outputs; it holds " + npz.names());
        }
        DataArray array = npz.read(name);
        if (array.rank() == 0 || array.rows() != examples || array.size() != (long) examples * port.size()) {
            throw new UserError("array '" + name + "' of " + npz.file() + " is " + array.shapeText() + ", but output '"
                    + port.name() + "' of " + examples + " examples is "
                    + FileArray.examplesOf(port.shape()).replace("examples", String.valueOf(examples)));
        }
        return array;
    }

    private static Worst compare(DataArray expected, Object got, Port port) {
        Worst worst = new Worst(-1, "");
        for (int row = 0; row < expected.rows(); row++) {
            double scale = Float.MIN_NORMAL;
            for (int i = 0; i < port.size(); i++) {
                scale = Math.max(scale, Math.abs(expected.get(row * port.size() + i)));
            }
            for (int i = 0; i < port.size(); i++) {
                int index = row * port.size() + i;
                double relative = Math.abs(Numbers.get(got, index) - expected.get(index)) / scale;
                // NaN compares as the worst of all.
                if (!(relative <= worst.relative)) {
                    worst = new Worst(
                            relative,
                            "output '" + port.name() + "' of example " + row + " is "
                                    + Numbers.get(got, index) + " at " + i + ", but " + expected.get(index)
                                    + " is expected (relative difference " + (float) relative + ")");
                    if (Double.isNaN(relative)) {
                        return new Worst(Double.POSITIVE_INFINITY, worst.place);
                    }
                }
            }
        }
        return worst;
    }
}
