package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.onnx.file.OnnxValue;

/** Which axis of an input the examples lie along, and what the other extents are. */
final class BatchAxes {
    /**
     * Stand-ins for a number of examples that the file leaves open: primes no model has as an extent, so that what is
     * computed from the number can be told from everything else.
     */
    static final List<Long> STAND_INS = List.of(1_000_000_007L, 998_244_353L);

    private static final Pattern BATCH_NAME = Pattern.compile("(?i)n|b|batch.*|.*batch(_?size)?");

    private BatchAxes() {}

    static boolean isStandIn(long extent) {
        return STAND_INS.contains(extent);
    }

    /** An input of one example, and where examples lie in the file's. */
    record Input(Shape shape, Batch batch) {}

    static Input of(OnnxValue input, ImportOptions options, long standIn) {
        List<OnnxValue.Dim> dims = declared(input, options);
        OptionalInt axis = axis(input, dims, options);
        List<Long> full = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            Optional<Integer> extent = dims.get(i).extent();
            boolean isBatch = axis.isPresent() && axis.getAsInt() == i;
            if (extent.isEmpty() && !isBatch) {
                throw open(input, dims, axis);
            }
            full.add(extent.map(Integer::longValue).orElse(standIn));
        }
        Batch batch = axis.isPresent() ? Batch.at(axis.getAsInt(), full.get(axis.getAsInt())) : Batch.NONE;
        return new Input(batch.node(full), batch);
    }

    private static List<OnnxValue.Dim> declared(OnnxValue input, ImportOptions options) {
        List<Optional<Integer>> given = options.shapes().get(input.name());
        if (given == null) {
            return input.dims()
                    .orElseThrow(() -> ImportFailure.open(
                            "input '" + input.name() + "' has no shape in the file",
                            "give it with --shape " + input.name() + "=N,..."));
        }
        List<OnnxValue.Dim> dims = input.dims().orElse(List.of());
        if (input.dims().isPresent() && dims.size() != given.size()) {
            throw ImportFailure.options(
                    "--shape names " + given.size() + " extents, but input '" + input.name() + "' is " + dims,
                    "name one extent for each axis, the examples' included");
        }
        List<OnnxValue.Dim> result = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            OnnxValue.Dim written = i < dims.size() ? dims.get(i) : new OnnxValue.Dim(Optional.empty(), "");
            boolean contradicts = written.extent().isPresent()
                    && given.get(i).isPresent()
                    && !written.extent().equals(given.get(i));
            if (contradicts) {
                throw ImportFailure.options(
                        "--shape says " + given.get(i).get() + " at axis " + i + ", but input '" + input.name()
                                + "' is " + dims,
                        "only open extents can be given");
            }
            result.add(new OnnxValue.Dim(given.get(i).or(written::extent), written.name()));
        }
        return result;
    }

    private static OptionalInt axis(OnnxValue input, List<OnnxValue.Dim> dims, ImportOptions options) {
        OptionalInt chosen = options.batchAxis()
                .getOrDefault(input.name(), options.batchAxis().get("*"));
        if (chosen != null) {
            if (chosen.isPresent() && (chosen.getAsInt() < 0 || chosen.getAsInt() >= dims.size())) {
                throw ImportFailure.options(
                        "--batch-axis " + chosen.getAsInt() + " is no axis of input '" + input.name() + "' " + dims,
                        "count the axes of the file's tensor from 0, or say none");
            }
            return chosen;
        }
        if (dims.isEmpty()) {
            return OptionalInt.empty();
        }
        List<Integer> open = IntStream.range(0, dims.size())
                .filter(i -> dims.get(i).extent().isEmpty())
                .boxed()
                .toList();
        boolean elsewhere = open.size() == 1
                && BATCH_NAME.matcher(dims.get(open.get(0)).name()).matches();
        return OptionalInt.of(elsewhere ? open.get(0) : 0);
    }

    private static ImportFailure open(OnnxValue input, List<OnnxValue.Dim> dims, OptionalInt axis) {
        List<String> example = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            boolean isBatch = axis.isPresent() && axis.getAsInt() == i;
            example.add(
                    isBatch ? "N" : dims.get(i).extent().map(String::valueOf).orElse("100"));
        }
        return ImportFailure.open(
                "input '" + input.name() + "' is " + dims + ": its extents must be known",
                "give them, as in --shape " + input.name() + "=" + String.join(",", example)
                        + " (N stays open: the examples)");
    }
}
