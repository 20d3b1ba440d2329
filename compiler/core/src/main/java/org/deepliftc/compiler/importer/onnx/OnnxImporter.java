package org.deepliftc.compiler.importer.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.ImportProblem;
import org.deepliftc.compiler.importer.Imported;
import org.deepliftc.compiler.importer.ModelNames;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.ExternalFiles;
import org.deepliftc.compiler.importer.onnx.file.OnnxFileException;
import org.deepliftc.compiler.importer.onnx.file.OnnxGraph;
import org.deepliftc.compiler.importer.onnx.file.OnnxNode;
import org.deepliftc.compiler.importer.onnx.file.OnnxReader;
import org.deepliftc.compiler.importer.onnx.file.OnnxValue;

/** Reads a model from an {@code .onnx} file. */
public final class OnnxImporter {
    private final Path path;
    private final String file;
    private final ImportOptions options;
    private final List<Diagnostic> warnings = new ArrayList<>();

    private OnnxImporter(Path path, ImportOptions options) {
        this.path = path;
        this.file = path.toString();
        this.options = options;
    }

    /**
     * Reads a model.
     *
     * @throws DiagnosticException with all independent problems of the file
     */
    public static Imported read(Path file, ImportOptions options) {
        return new OnnxImporter(file, options).read();
    }

    private Imported read() {
        ExternalFiles external = ExternalFiles.of(path);
        try {
            ByteBuffer bytes = bytes();
            OnnxGraph graph = OnnxReader.read(bytes, external);
            Model model = model(graph, () -> SourceDigests.of(bytes, external.used(), options));
            return new Imported(model, warnings);
        } catch (OnnxFileException e) {
            throw new DiagnosticException(ImportProblem.IMPORT002.in(file, e.getMessage(), e.remedy()));
        } catch (IOException e) {
            throw new DiagnosticException(
                    ImportProblem.IMPORT002.in(file, "the file cannot be read: " + e.getMessage(), "check the path"));
        }
    }

    private ByteBuffer bytes() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new OnnxFileException(
                        "the file has more than 2 GB", "export the model with its weights in an external file");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private Model model(OnnxGraph graph, java.util.function.Supplier<String> digest) {
        requireOpset(graph);
        List<OnnxValue> outputs = outputs(graph);
        List<OnnxNode> nodes = needed(graph, outputs);
        requireOperators(nodes);
        List<OnnxValue> inputs = inputs(graph, nodes);
        Translation translation = translate(graph, nodes, inputs, BatchAxes.STAND_INS.get(0));
        Map<String, Node> results = translation.outputs(outputs);
        stopIfAny(translation.problems());
        Graph made = withAllInputs(ModelNames.of(path), results, translation.leaves());
        requireIndependence(graph, nodes, inputs, outputs, made);
        return new Model(
                made.name(),
                made,
                translation.inputs(),
                ExplainOptions.NONE,
                file,
                digest.get(),
                translation.aliases());
    }

    private Translation translate(OnnxGraph graph, List<OnnxNode> nodes, List<OnnxValue> inputs, long standIn) {
        Translation translation = new Translation(file, graph, options, standIn);
        translation.run(nodes, inputs);
        return translation;
    }

    private static void stopIfAny(List<Diagnostic> problems) {
        if (!problems.isEmpty()) {
            throw new DiagnosticException(problems);
        }
    }

    /** A number that depends on how many examples there are must not reach the graph as a number. */
    private void requireIndependence(
            OnnxGraph graph, List<OnnxNode> nodes, List<OnnxValue> inputs, List<OnnxValue> outputs, Graph made) {
        boolean counts = nodes.stream()
                .anyMatch(n -> n.type().equals("Shape") || n.type().equals("Size"));
        if (!counts) {
            return;
        }
        Translation other = translate(graph, nodes, inputs, BatchAxes.STAND_INS.get(1));
        Map<String, Node> results = other.outputs(outputs);
        Optional<String> differing = other.problems().isEmpty()
                ? GraphDigest.firstDifference(made, withAllInputs(made.name(), results, other.leaves()))
                : Optional.of(made.name());
        if (differing.isPresent()) {
            throw new DiagnosticException(ImportProblem.IMPORT004.in(
                    file,
                    "'" + differing.get() + "' is computed from the number of examples",
                    "export the model without it, or with a fixed number of examples"));
        }
    }

    private void requireOpset(OnnxGraph graph) {
        long version = graph.opsets().getOrDefault("", Operators.OLDEST_OPSET);
        if (version < Operators.OLDEST_OPSET || version > Operators.NEWEST_OPSET) {
            throw new OnnxFileException(
                    "the file follows opset " + version + " of ONNX, this version reads " + Operators.OLDEST_OPSET
                            + " to " + Operators.NEWEST_OPSET,
                    "export the model again, or convert it with onnx.version_converter");
        }
    }

    /** The outputs that can be explained: labels and the like are left out where others remain. */
    private List<OnnxValue> outputs(OnnxGraph graph) {
        List<OnnxValue> real =
                graph.outputs().stream().filter(OnnxImporter::isReal).toList();
        if (real.isEmpty()) {
            throw new OnnxFileException("the model has no output of real numbers", "export its scores as an output");
        }
        for (OnnxValue output : graph.outputs()) {
            if (!isReal(output)) {
                warnings.add(Diagnostic.warning(
                                ImportProblem.IMPORT006.name(),
                                new SourceSpan(file, 0, 0, 0, 0),
                                "output '" + output.name() + "' holds no real numbers and is left out")
                        .withHint("nothing, unless you need it: labels follow from the scores"));
            }
        }
        return real;
    }

    private static boolean isReal(OnnxValue value) {
        Optional<ElementKind> kind = ElementKind.of(value.elementType());
        return kind.isPresent() && kind.get().isReal() || value.elementType() == 0;
    }

    /** The nodes that outputs depend on, producers first. */
    private List<OnnxNode> needed(OnnxGraph graph, List<OnnxValue> outputs) {
        Map<String, OnnxNode> makers = new HashMap<>();
        for (OnnxNode node : graph.nodes()) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && makers.put(output, node) != null) {
                    throw new OnnxFileException("two nodes make '" + output + "'", "export the model again");
                }
            }
        }
        List<OnnxNode> ordered = new ArrayList<>();
        Set<OnnxNode> begun = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        Set<OnnxNode> done = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        java.util.ArrayDeque<OnnxNode> open = new java.util.ArrayDeque<>();
        for (OnnxValue output : outputs) {
            Optional.ofNullable(makers.get(output.name())).ifPresent(open::push);
            while (!open.isEmpty()) {
                OnnxNode node = open.peek();
                if (done.contains(node)) {
                    open.pop();
                } else if (!begun.add(node)) {
                    done.add(open.pop());
                    ordered.add(node);
                } else {
                    for (String input : node.inputs()) {
                        OnnxNode maker = makers.get(input);
                        if (maker != null && !done.contains(maker)) {
                            requireNoCircle(begun, maker, node);
                            open.push(maker);
                        }
                    }
                }
            }
        }
        List<OnnxNode> asWritten = graph.nodes().stream().filter(done::contains).toList();
        return isOrdered(asWritten, makers) ? asWritten : ordered;
    }

    /** True where every producer comes before its users, as ONNX demands; then its order is that of a person. */
    private static boolean isOrdered(List<OnnxNode> nodes, Map<String, OnnxNode> makers) {
        Set<String> made = new HashSet<>();
        for (OnnxNode node : nodes) {
            if (!node.inputs().stream().allMatch(input -> !makers.containsKey(input) || made.contains(input))) {
                return false;
            }
            made.addAll(node.outputs());
        }
        return true;
    }

    private static void requireNoCircle(Set<OnnxNode> begun, OnnxNode maker, OnnxNode node) {
        if (begun.contains(maker)) {
            throw new OnnxFileException(node.described() + " depends on itself", "export the model again");
        }
    }

    private void requireOperators(List<OnnxNode> nodes) {
        List<Diagnostic> problems = new ArrayList<>();
        Map<String, List<OnnxNode>> unknown = nodes.stream()
                .filter(node -> !isKnown(node))
                .collect(Collectors.groupingBy(
                        n -> n.domain().isEmpty() ? n.type() : n.domain() + "." + n.type(),
                        java.util.TreeMap::new,
                        Collectors.toList()));
        String supported = "supported are " + String.join(", ", Operators.names());
        int left = unknown.size();
        for (Map.Entry<String, List<OnnxNode>> entry : unknown.entrySet()) {
            String where = entry.getValue().stream()
                    .limit(8)
                    .map(node -> "'" + (node.name().isEmpty() ? node.outputs().get(0) : node.name()) + "'")
                    .collect(Collectors.joining(", "));
            String more =
                    entry.getValue().size() > 8 ? " and " + (entry.getValue().size() - 8) + " more" : "";
            Diagnostic problem = Diagnostic.error(
                    ImportProblem.IMPORT003.name(),
                    new SourceSpan(file, 0, 0, 0, 0),
                    "operator " + entry.getKey() + " is not supported, at " + where + more);
            // the list is long enough to be read once
            problems.add(--left == 0 ? problem.withHint(supported) : problem);
        }
        stopIfAny(problems);
    }

    private static boolean isKnown(OnnxNode node) {
        boolean folds = node.domain().isEmpty() && ConstantFolding.knows(node.type());
        return folds || Operators.find(node.domain(), node.type()).isPresent();
    }

    /** Inputs that are no initialisers; those nothing depends on stay, unless they could not be explained anyway. */
    private List<OnnxValue> inputs(OnnxGraph graph, List<OnnxNode> nodes) {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        graph.outputs().forEach(output -> read.add(output.name()));
        List<OnnxValue> inputs = new ArrayList<>();
        for (OnnxValue input : graph.inputs()) {
            if (!graph.initializers().containsKey(input.name()) && (read.contains(input.name()) || isReal(input))) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    /** An input that no output depends on is a leaf of the model nevertheless. */
    private static Graph withAllInputs(String name, Map<String, Node> outputs, List<Node> leaves) {
        Graph graph = Graph.of(name, outputs);
        Set<Node> present = new HashSet<>(graph.nodes());
        List<Node> nodes = new ArrayList<>(graph.nodes());
        leaves.stream().filter(leaf -> !present.contains(leaf)).forEach(nodes::add);
        nodes.sort(Comparator.comparingInt(Node::id));
        return new Graph(name, nodes, graph.outputs());
    }
}
