package org.deepliftc.compiler.importer.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.ImportProblem;
import org.deepliftc.compiler.importer.Imported;
import org.deepliftc.compiler.importer.ModelNames;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.importer.keras.file.KerasFile;
import org.deepliftc.compiler.importer.keras.file.KerasFileException;

/** Reads a model from a {@code .keras} or {@code .h5} file. */
public final class KerasImporter {
    private final Path path;
    private final String file;
    private final ImportOptions options;
    private final KerasWriter writer;
    private final List<InputDeclaration> inputs = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();

    private KerasImporter(Path path, ImportOptions options) {
        this.path = path;
        this.file = path.toString();
        this.options = options;
        this.writer = new KerasWriter(new SourceSpan(file, 0, 0, 0, 0));
    }

    /**
     * Reads a model.
     *
     * @throws DiagnosticException with all independent problems of the file
     */
    public static Imported read(Path file, ImportOptions options) {
        return new KerasImporter(file, options).read();
    }

    private Imported read() {
        try {
            requireFirstAxis();
            return new Imported(model(KerasFile.read(path)), List.of());
        } catch (KerasFileException e) {
            throw new DiagnosticException(ImportProblem.IMPORT002.in(file, e.getMessage(), e.remedy()));
        } catch (KerasFailure e) {
            throw new DiagnosticException(e.problem().in(file, "the model " + e.getMessage(), e.hint()));
        } catch (IOException e) {
            throw new DiagnosticException(
                    ImportProblem.IMPORT002.in(file, "the file cannot be read: " + e.getMessage(), "check the path"));
        }
    }

    private void requireFirstAxis() {
        if (!options.batchAxis().values().stream().allMatch(axis -> axis.equals(OptionalInt.of(0)))) {
            throw new DiagnosticException(ImportProblem.IMPORT007.in(
                    file, "axis 0 of a model of Keras is that of the examples", "leave --batch-axis out"));
        }
    }

    private Model model(KerasFile keras) {
        if (!ModelTranslation.isModel(keras.model())) {
            throw new KerasFileException(
                    "the model is a class of its own, '" + keras.model().text("class_name", "?")
                            + "', whose code is not in the file",
                    "build it as a Sequential or functional model, or export it as ONNX");
        }
        KerasProblems problems = new KerasProblems(file);
        Map<String, Tensor> results = new ModelTranslation(problems, writer, keras.version())
                .run(keras.model(), keras.weights(), "", 0, this::leaf);
        List<Diagnostic> all = problems.all();
        if (!all.isEmpty()) {
            throw new DiagnosticException(all);
        }
        requireKnownInputs();
        Map<String, Node> outputs = new LinkedHashMap<>();
        results.forEach((name, value) -> outputs.put(name, writer.plain(value)));
        Graph graph = withAllInputs(ModelNames.of(path), outputs);
        return new Model(graph.name(), graph, inputs, ExplainOptions.NONE, file, digest(), writer.aliases());
    }

    /** An input that no output depends on is a leaf of the model nevertheless. */
    private Graph withAllInputs(String name, Map<String, Node> outputs) {
        Graph graph = Graph.of(name, outputs);
        Set<Node> present = new HashSet<>(graph.nodes());
        List<Node> nodes = new ArrayList<>(graph.nodes());
        leaves.stream().filter(leaf -> !present.contains(leaf)).forEach(nodes::add);
        nodes.sort(Comparator.comparingInt(Node::id));
        return new Graph(name, nodes, graph.outputs());
    }

    private void requireKnownInputs() {
        for (String name : options.shapes().keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw new DiagnosticException(ImportProblem.IMPORT007.in(
                        file,
                        "--shape is about '" + name + "', which is no input",
                        "the inputs are "
                                + String.join(
                                        ", ",
                                        inputs.stream()
                                                .map(InputDeclaration::name)
                                                .toList())));
            }
        }
    }

    private Tensor leaf(String name, Config config) {
        Shape shape = shape(name, written(name, config));
        Op op = new Op.Input(Op.Role.ACTUAL, inputs.size(), shape, ElementType.REAL);
        Node node = writer.add(op, name);
        inputs.add(new InputDeclaration(name, shape, OptionalInt.empty(), false));
        leaves.add(node);
        return Tensor.plain(node);
    }

    /** The extents as the file or the user gives them, the examples first. */
    private List<Optional<Integer>> written(String name, Config config) {
        for (String key : List.of("batch_shape", "batch_input_shape", "build_input_shape")) {
            if (config.isObject() && !config.at(key).isNull()) {
                return config.at(key).list().stream()
                        .map(dim -> dim.isNull() ? Optional.<Integer>empty() : Optional.of(dim.integer()))
                        .toList();
            }
        }
        return Optional.ofNullable(options.shapes().get(name))
                .orElseThrow(() -> KerasFailure.open(
                        "has no shape for the input '" + name + "'", "say it: --shape " + name + "=N,..."));
    }

    private Shape shape(String name, List<Optional<Integer>> written) {
        List<Optional<Integer>> given = options.shapes().getOrDefault(name, written);
        if (given.size() != written.size() || written.isEmpty()) {
            throw KerasFailure.of(
                    "has " + written.size() + " axes, not " + given.size(),
                    "--shape gives them all, the examples first");
        }
        List<Integer> dims = new ArrayList<>();
        for (int axis = 1; axis < written.size(); axis++) {
            int at = axis;
            Optional<Integer> own = written.get(axis);
            Optional<Integer> said = given.get(axis);
            if (own.isPresent() && said.isPresent() && !own.equals(said)) {
                throw KerasFailure.of(
                        "has extent " + own.get() + " at axis " + axis + ", not " + said.get(),
                        "--shape is for axes without an extent");
            }
            dims.add(own.or(() -> said)
                    .orElseThrow(() -> KerasFailure.open(
                            "leaves axis " + at + " open", "say its extent: --shape " + name + "=N,...")));
        }
        return new Shape(dims);
    }

    private String digest() {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                sha.update(part, 0, read);
            }
            if (!options.equals(ImportOptions.DEFAULT)) {
                String chosen = String.valueOf(new TreeMap<>(options.shapes()));
                sha.update(chosen.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new KerasFileException("the file cannot be read: " + e.getMessage(), "check the path", e);
        }
    }
}
