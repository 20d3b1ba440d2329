package org.deepliftc.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.AtomicFiles;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.runtime.ModelDescription.Port;

/** Writes explanations and predictions as {@code .npz} and {@code .csv}. */
public final class ResultFiles {
    private ResultFiles() {}

    /** Writes every array of an explanation; the axis of targets is left out where there is one. */
    public static void npz(Path file, Explanation run) throws IOException {
        Map<String, DataArray> arrays = new LinkedHashMap<>();
        int[] perTarget = {run.examples().count(), run.targets()};
        arrays.put("output", array(run.output(), perTarget));
        run.reference().ifPresent(reference -> {
            arrays.put("reference_output", array(reference.output(), perTarget));
            arrays.put("convergence_delta", array(reference.convergenceDelta(), perTarget));
        });
        put(arrays, "contributions", run.contributions(), run);
        put(arrays, "multipliers", run.multipliers(), run);
        put(arrays, "hypothetical", run.hypothetical(), run);
        for (Explanation.Layer layer : run.layers()) {
            arrays.put(
                    "contributions." + layer.node().name(),
                    array(layer.contributions(), shape(run, layer.node().shape())));
        }
        Npz.write(file, arrays);
    }

    private static int[] shape(Explanation run, List<Integer> ofOne) {
        List<Integer> shape = new ArrayList<>(List.of(run.examples().count()));
        if (run.targets() > 1) {
            shape.add(run.targets());
        }
        shape.addAll(ofOne);
        return ints(shape);
    }

    private static void put(Map<String, DataArray> arrays, String kind, List<Object> values, Explanation run) {
        for (int input = 0; input < values.size(); input++) {
            InputDeclaration declared = run.inputs().get(input);
            arrays.put(
                    kind + "." + declared.name(),
                    array(values.get(input), shape(run, declared.shape().dims())));
        }
    }

    /** Writes one row per example (and target, where there are several). */
    public static void csv(Path file, Explanation run) throws IOException {
        List<String> head = new ArrayList<>(List.of("id"));
        if (run.targets() > 1) {
            head.add("target");
        }
        head.add("output");
        if (run.reference().isPresent()) {
            head.add("reference_output");
            head.add("convergence_delta");
        }
        for (int input = 0; input < run.inputs().size(); input++) {
            head.addAll(
                    features(run.inputs().get(input), run.examples().columns().get(input)));
        }
        for (Explanation.Layer layer : run.layers()) {
            head.addAll(indexed(layer.node().name(), layer.node().size()));
        }
        table(file, head, run.examples().count() * run.targets(), row -> cells(run, row));
    }

    private static List<String> cells(Explanation run, int row) {
        int example = row / run.targets();
        List<String> cells = new ArrayList<>(List.of(run.examples().ids().get(example)));
        if (run.targets() > 1) {
            cells.add(String.valueOf(row % run.targets()));
        }
        cells.add(Decimal.exact(run.output(), row));
        run.reference().ifPresent(reference -> {
            cells.add(Decimal.exact(reference.output(), row));
            cells.add(Decimal.exact(reference.convergenceDelta(), row));
        });
        for (int input = 0; input < run.inputs().size(); input++) {
            int size = run.inputs().get(input).shape().size();
            for (int i = 0; i < size; i++) {
                cells.add(Decimal.exact(run.contributions().get(input), row * size + i));
            }
        }
        for (Explanation.Layer layer : run.layers()) {
            int size = layer.node().size();
            for (int i = 0; i < size; i++) {
                cells.add(Decimal.exact(layer.contributions(), row * size + i));
            }
        }
        return cells;
    }

    /** Writes the outputs of a model: {@code output}, or {@code output.NAME} where there are several. */
    public static void predictionsNpz(Path file, Examples examples, List<Port> ports, List<Object> outputs)
            throws IOException {
        Map<String, DataArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            List<Integer> shape = new ArrayList<>(List.of(examples.count()));
            shape.addAll(ports.get(i).shape());
            arrays.put(
                    ports.size() == 1 ? "output" : "output." + ports.get(i).name(), array(outputs.get(i), ints(shape)));
        }
        Npz.write(file, arrays);
    }

    /** Writes the outputs of a model, one row per example. */
    public static void predictionsCsv(Path file, Examples examples, List<Port> ports, List<Object> outputs)
            throws IOException {
        List<String> head = new ArrayList<>(List.of("id"));
        for (Port port : ports) {
            head.addAll(indexed(port.name(), port.size()));
        }
        table(file, head, examples.count(), row -> {
            List<String> cells = new ArrayList<>(List.of(examples.ids().get(row)));
            for (int i = 0; i < ports.size(); i++) {
                int size = ports.get(i).size();
                for (int k = 0; k < size; k++) {
                    cells.add(Decimal.exact(outputs.get(i), row * size + k));
                }
            }
            return cells;
        });
    }

    private static List<String> features(InputDeclaration input, List<String> columns) {
        return columns.isEmpty() ? indexed(input.name(), input.shape().size()) : columns;
    }

    private static List<String> indexed(String name, int size) {
        return size == 1
                ? List.of(name)
                : IntStream.range(0, size).mapToObj(i -> name + "[" + i + "]").toList();
    }

    private interface Row {
        List<String> cells(int row);
    }

    private static void table(Path file, List<String> head, int rows, Row row) throws IOException {
        AtomicFiles.write(file, out -> {
            CsvWriter writer = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            writer.writeRecord(head);
            for (int i = 0; i < rows; i++) {
                writer.writeRecord(row.cells(i));
            }
            writer.flush();
        });
    }

    private static DataArray array(Object values, int... shape) {
        return values instanceof float[]
                ? DataArray.of((float[]) values, shape)
                : DataArray.of((double[]) values, shape);
    }

    private static int[] ints(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }
}
