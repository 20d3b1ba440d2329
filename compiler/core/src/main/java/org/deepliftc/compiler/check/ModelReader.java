package org.deepliftc.compiler.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.SourceFile;
import org.deepliftc.compiler.syntax.Statement;

/** Reads a model from a {@code .dlift} file, the files it imports and its weights. */
public final class ModelReader {
    private final Path file;
    private final WeightSource.Opener opener;
    private final ModelFolder folder;
    private final Problems problems = new Problems();
    private final Session session = new Session(problems);
    private final Scope scope = new Scope();
    private final ModelParts parts = new ModelParts();

    private ModelReader(Path file, WeightSource.Opener opener) {
        this.file = file;
        this.opener = opener;
        this.folder = new ModelFolder(file);
    }

    /**
     * Reads a model.
     *
     * @param opener reads the weights files the model names
     * @throws DiagnosticException with all independent errors of the model, unreadable files included
     */
    public static CheckedModel check(Path file, WeightSource.Opener opener) {
        ModelReader reader = new ModelReader(file, opener);
        try {
            return reader.check();
        } finally {
            reader.session.weights().close();
        }
    }

    /** {@link #check(Path, WeightSource.Opener)} with weights from safetensors and npz files. */
    public static CheckedModel check(Path file) {
        return check(file, StoredWeights::open);
    }

    /**
     * Reads a model with weights from safetensors and npz files.
     *
     * @throws DiagnosticException with all independent errors of the model, unreadable files included
     */
    public static Model read(Path file) {
        return check(file).model();
    }

    private CheckedModel check() {
        SourceLoader loader = new SourceLoader(folder, problems);
        List<SourceFile> files = loader.load(file);
        Optional<Statement.Model> model = new Declarations(session).collect(files);
        model.ifPresent(this::elaborate);
        problems.stopIfAny();
        Model read = model(
                model.orElseThrow(),
                SourceDigest.of(loader.texts(), session.weights().used()));
        problems.stopIfAny();
        warnOfUnused();
        return new CheckedModel(read, problems.warnings());
    }

    private void elaborate(Statement.Model model) {
        for (Statement statement : model.body()) {
            if (statement instanceof Statement.Weights) {
                openWeights((Statement.Weights) statement);
            }
        }
        try {
            Body.runModel(session, scope, parts, model.body());
        } catch (Failure limit) {
            problems.add(limit);
            return;
        }
        if (parts.outputs().isEmpty()) {
            problems.add(Problem.MODEL003
                    .at(model.name().span(), "model '" + model.name().text() + "' has no output")
                    .withHint("declare what it predicts: output name"));
        }
        parts.outputs().values().forEach(this::requireTensor);
    }

    private void openWeights(Statement.Weights statement) {
        try {
            Path path = folder.resolve(folder.root(), statement.path(), statement.span());
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw Failure.of(
                        Problem.FILE001, statement.span(), "'" + statement.path() + "' is no file that can be read");
            }
            try {
                session.weights().add(statement.path(), statement.alias().map(Identifier::text), opener.open(path));
            } catch (IOException e) {
                throw Files.exists(path)
                        ? Failure.of(
                                Problem.WEIGHT004,
                                statement.span(),
                                "'" + statement.path() + "' cannot be read: " + ModelFolder.reason(e))
                        : ModelFolder.unreadable(path, statement.path(), statement.span(), e);
            }
        } catch (Failure failure) {
            session.weights().addUnopened();
            problems.add(failure);
        }
    }

    private void requireTensor(Identifier output) {
        Optional<Scope.Binding> binding = scope.find(output.text());
        if (binding.isEmpty()) {
            problems.add(Suggestions.hinted(
                    Problem.NAME001.at(output.span(), "there is no '" + output.text() + "' to be an output"),
                    output.text(),
                    scope.known(),
                    "define it, or write: output " + output.text() + " = ..."));
            return;
        }
        binding.get().use();
        Value value = binding.get().value();
        if (!(value instanceof Value.Tensor) && !(value instanceof Value.Broken)) {
            problems.add(Problem.CALL003.at(
                    output.span(), "output '" + output.text() + "' is a tensor, not " + value.kind()));
        }
    }

    private Model model(Statement.Model statement, String digest) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        Map<String, Node> definitions = definitions();
        parts.outputs().keySet().forEach(name -> outputs.put(name, definitions.get(name)));
        Graph graph = withAllInputs(Graph.of(statement.name().text(), outputs));
        ExplainOptions explain = parts.explain()
                .map(section -> new ExplainSection(
                                problems,
                                graph,
                                parts.inputs(),
                                definitions,
                                session.activations().keySet(),
                                folder)
                        .read(section))
                .orElse(ExplainOptions.NONE);
        return new Model(statement.name().text(), graph, parts.inputs(), explain, file.toString(), digest);
    }

    private Map<String, Node> definitions() {
        Map<String, Node> nodes = new HashMap<>();
        scope.own().forEach((name, binding) -> {
            if (binding.value() instanceof Value.Tensor) {
                nodes.put(name, ((Value.Tensor) binding.value()).node());
            }
        });
        return nodes;
    }

    /** An input that no output depends on is a leaf of the model nevertheless. */
    private Graph withAllInputs(Graph graph) {
        Set<Node> present = new HashSet<>(graph.nodes());
        List<Node> nodes = new ArrayList<>(graph.nodes());
        parts.inputNodes().stream().filter(n -> !present.contains(n)).forEach(nodes::add);
        nodes.sort(Comparator.comparingInt(Node::id));
        return new Graph(graph.name(), nodes, graph.outputs());
    }

    private void warnOfUnused() {
        scope.own().forEach((name, binding) -> {
            if (!binding.isUsed()) {
                SourceSpan span = binding.span();
                problems.warn(Problem.MODEL004
                        .warning(span, "nothing uses '" + name + "'")
                        .withHint(
                                parts.isInput(name)
                                        ? "remove it, or let an output depend on it"
                                        : "remove it, or declare it: output " + name));
            }
        });
    }
}
