package org.deepliftc.compiler.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.syntax.Expression;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.Statement;

/** The explain section of a model, its names looked up in the finished graph. */
final class ExplainSection {
    private static final List<String> KEYS =
            List.of("at", "target", "reference", "method", "rule", "max_rule", "softmax");
    private static final int DEFAULT_SHUFFLES = 20;

    private final Problems problems;
    private final Graph graph;
    private final List<Model.InputDeclaration> inputs;
    private final Map<String, Node> definitions;
    private final Set<String> activations;
    private final ModelFolder folder;
    private final Map<String, SourceSpan> given = new HashMap<>();

    private final Map<String, Reference> references = new LinkedHashMap<>();
    private final Map<String, NonlinearityRule> rules = new LinkedHashMap<>();
    private Optional<Point> at = Optional.empty();
    private Optional<Target> target = Optional.empty();
    private SourceSpan targetSpan = SourceSpan.NONE;
    private Optional<Method> method = Optional.empty();
    private Optional<NonlinearityRule> rule = Optional.empty();
    private Optional<MaxRule> maxRule = Optional.empty();
    private Optional<SoftmaxTarget> softmax = Optional.empty();

    /**
     * @param definitions the nodes by the names of the model's definitions
     * @param activations the names of activations the user defined
     */
    ExplainSection(
            Problems problems,
            Graph graph,
            List<Model.InputDeclaration> inputs,
            Map<String, Node> definitions,
            Set<String> activations,
            ModelFolder folder) {
        this.problems = problems;
        this.graph = graph;
        this.inputs = inputs;
        this.definitions = definitions;
        this.activations = activations;
        this.folder = folder;
    }

    ExplainOptions read(Statement.Explain section) {
        section.output().ifPresent(this::requireOutput);
        for (Statement.Setting setting : section.settings()) {
            try {
                read(setting);
            } catch (Failure failure) {
                problems.add(failure);
            }
        }
        checkTarget(section.output().map(Identifier::text));
        return new ExplainOptions(
                section.output().map(Identifier::text),
                at,
                target,
                references,
                method,
                rule,
                rules,
                maxRule,
                softmax,
                Map.of(),
                Optional.empty());
    }

    private void requireOutput(Identifier output) {
        if (!graph.outputs().containsKey(output.text())) {
            problems.add(Suggestions.hinted(
                    Problem.EXPLAIN002.at(output.span(), "the model has no output '" + output.text() + "'"),
                    output.text(),
                    graph.outputs().keySet(),
                    "its outputs are " + String.join(", ", graph.outputs().keySet())));
        }
    }

    private void read(Statement.Setting setting) {
        String key = setting.key().text();
        if (!KEYS.contains(key)) {
            throw Failure.of(Suggestions.hinted(
                    Problem.EXPLAIN001.at(setting.key().span(), "an explain section has no setting '" + key + "'"),
                    key,
                    KEYS,
                    "its settings are " + String.join(", ", KEYS)));
        }
        requireFirst(setting);
        boolean takesSubject = key.equals("rule") || key.equals("reference");
        if (setting.subject().isPresent() && !takesSubject) {
            throw malformed(setting, "'" + key + "' concerns no single name");
        }
        if (setting.values().size() > 1 && !key.equals("target")) {
            throw malformed(setting, "'" + key + "' takes one value");
        }
        Expression value = setting.values().get(0);
        switch (key) {
            case "at" -> at = Optional.of(point(value));
            case "target" -> target(setting);
            case "reference" ->
                references.put(setting.subject().map(this::input).orElse("*"), reference(value));
            case "method" -> method = Optional.of(spelled(Method.class, "method", value));
            case "rule" -> rule(setting.subject(), spelled(NonlinearityRule.class, "rule", value));
            case "max_rule" -> maxRule = Optional.of(spelled(MaxRule.class, "max_rule", value));
            default -> softmax = Optional.of(spelled(SoftmaxTarget.class, "softmax", value));
        }
    }

    private void requireFirst(Statement.Setting setting) {
        String name = setting.key().text()
                + setting.subject().map(s -> " " + s.text()).orElse("");
        SourceSpan earlier = given.putIfAbsent(name, setting.span());
        if (earlier != null) {
            throw Failure.of(Problem.EXPLAIN001
                    .at(setting.span(), "'" + name + "' is set twice")
                    .withLabels(List.of(new Diagnostic.Label(earlier, "first here"))));
        }
    }

    private static Failure malformed(Statement.Setting setting, String message) {
        return Failure.of(
                Problem.EXPLAIN001,
                setting.span(),
                message,
                "settings read: at logit, target 0, reference dna = zeros, method deeplift, rule prelu = rescale, rule ="
                        + " genomics, max_rule winner, softmax plain");
    }

    // ---- words --------------------------------------------------------------------------------------------------

    /** A word or several joined by hyphens, with underscores for hyphens. */
    private static Optional<String> word(Expression expression) {
        if (expression instanceof Expression.Name) {
            return Optional.of(((Expression.Name) expression).text());
        }
        if (expression instanceof Expression.TextLiteral) {
            return Optional.of(((Expression.TextLiteral) expression).value());
        }
        if (expression instanceof Expression.Binary) {
            Expression.Binary binary = (Expression.Binary) expression;
            return binary.operator() == Expression.Operator.SUBTRACT
                    ? word(binary.left()).flatMap(l -> word(binary.right()).map(r -> l + "_" + r))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static <E extends Enum<E> & Spelled> E spelled(Class<E> type, String what, Expression value) {
        String text = word(value).orElse("");
        try {
            return Spelled.parse(type, what, text);
        } catch (IllegalArgumentException e) {
            List<String> choices = java.util.Arrays.stream(type.getEnumConstants())
                    .map(c -> c.spelling().replace('-', '_'))
                    .collect(Collectors.toList());
            throw Failure.of(Suggestions.hinted(
                    Problem.EXPLAIN001.at(value.span(), what + " is none of: " + String.join(", ", choices)),
                    text,
                    choices,
                    "write one of these"));
        }
    }

    // ---- points and rules ---------------------------------------------------------------------------------------

    private Point point(Expression value) {
        String name = word(value)
                .orElseThrow(() ->
                        Failure.of(Problem.EXPLAIN001, value.span(), "'at' names a node, pre_activation or output"));
        if (name.equals("pre_activation")) {
            return new Point.PreActivation();
        }
        if (name.equals("output") && !definitions.containsKey(name)) {
            return new Point.Output();
        }
        return new Point.Named(node(name, value.span()).name());
    }

    private Node node(String name, SourceSpan span) {
        Optional<Node> node = Optional.ofNullable(definitions.get(name))
                .or(() -> graph.nodes().stream()
                        .filter(n -> n.name().equals(name))
                        .findFirst());
        if (node.isPresent() && graph.nodes().contains(node.get())) {
            return node.get();
        }
        String message =
                node.isPresent() ? "no output depends on '" + name + "'" : "the model has no node '" + name + "'";
        throw Failure.of(Suggestions.hinted(
                Problem.EXPLAIN002.at(span, message),
                name,
                nodeNames(),
                "nodes bear the names of their definitions; names with other characters stand in quotes"));
    }

    private Set<String> nodeNames() {
        Set<String> names = new TreeSet<>();
        definitions.forEach((name, node) -> {
            if (graph.nodes().contains(node)) {
                names.add(name);
            }
        });
        graph.nodes().stream().filter(n -> !n.isConstant()).map(Node::name).forEach(names::add);
        return names;
    }

    private void rule(Optional<Identifier> subject, NonlinearityRule chosen) {
        if (subject.isEmpty()) {
            rule = Optional.of(chosen);
            return;
        }
        String name = subject.get().text();
        Set<String> kinds = new TreeSet<>(activations);
        graph.nodes().stream()
                .map(Node::op)
                .filter(Op.Elementwise.class::isInstance)
                .forEach(op -> kinds.add(((Op.Elementwise) op).activation().name()));
        for (Activation.Kind kind : Activation.Kind.values()) {
            kinds.add(kind.spelling());
        }
        if (kinds.contains(name)) {
            rules.put(name, chosen);
            return;
        }
        Set<String> known = nodeNames();
        if (!known.contains(name) && !definitions.containsKey(name)) {
            known.addAll(kinds);
            throw Failure.of(Suggestions.hinted(
                    Problem.EXPLAIN002.at(
                            subject.get().span(), "'" + name + "' is neither an activation nor a node of the model"),
                    name,
                    known,
                    "a rule is set for all nonlinearities (rule = ...), a kind (rule prelu = ...) or a node"));
        }
        rules.put(node(name, subject.get().span()).name(), chosen);
    }

    // ---- references ---------------------------------------------------------------------------------------------

    private String input(Identifier name) {
        List<String> names = inputs.stream().map(Model.InputDeclaration::name).collect(Collectors.toList());
        if (!names.contains(name.text())) {
            throw Failure.of(Suggestions.hinted(
                    Problem.EXPLAIN002.at(name.span(), "the model has no input '" + name.text() + "'"),
                    name.text(),
                    names,
                    "its inputs are " + String.join(", ", names)));
        }
        return name.text();
    }

    private Reference reference(Expression value) {
        if (value instanceof Expression.TextLiteral) {
            return new Reference.Rows(file(value));
        }
        if (value instanceof Expression.Call) {
            return reference((Expression.Call) value);
        }
        String name = word(value).orElse("");
        if (name.equals("zeros")) {
            return new Reference.Zeros();
        }
        if (name.equals("given")) {
            return new Reference.Given();
        }
        throw noReference(value.span(), name);
    }

    private static final List<String> REFERENCES = List.of("zeros", "given", "mean", "background", "file", "shuffled");

    private static Failure noReference(SourceSpan span, String name) {
        return Failure.of(Suggestions.hinted(
                Problem.EXPLAIN001.at(
                        span,
                        "a reference is zeros, given, mean(\"f.npz\"), background(\"f.npz\"), file(\"f.npz\")"
                                + " or shuffled(dinucleotide, 20)"),
                name,
                REFERENCES,
                "write one of these"));
    }

    private Reference reference(Expression.Call call) {
        String name = call.function().text();
        List<Expression> values =
                call.arguments().stream().map(Expression.Argument::value).collect(Collectors.toList());
        if (name.equals("shuffled")) {
            return new Reference.Shuffled(shuffles(call, values));
        }
        if (!REFERENCES.contains(name) || values.size() != 1 || !(values.get(0) instanceof Expression.TextLiteral)) {
            throw noReference(call.span(), name);
        }
        return switch (name) {
            case "mean" -> new Reference.MeanOf(file(values.get(0)));
            case "background" -> new Reference.Background(file(values.get(0)));
            case "file" -> new Reference.Rows(file(values.get(0)));
            default -> throw noReference(call.span(), name);
        };
    }

    private static int shuffles(Expression.Call call, List<Expression> values) {
        List<Expression> rest = new ArrayList<>(values);
        if (!rest.isEmpty() && word(rest.get(0)).filter("dinucleotide"::equals).isPresent()) {
            rest.remove(0);
        }
        if (rest.isEmpty()) {
            return DEFAULT_SHUFFLES;
        }
        boolean isCount = rest.size() == 1 && rest.get(0) instanceof Expression.IntegerLiteral;
        long count = isCount ? ((Expression.IntegerLiteral) rest.get(0)).value() : 0;
        if (count < 1 || count > Arguments.LARGEST) {
            throw Failure.of(
                    Problem.EXPLAIN001,
                    call.span(),
                    "shuffles are dinucleotide shuffles, at least one of them",
                    "write shuffled(dinucleotide, 20)");
        }
        return (int) count;
    }

    private String file(Expression text) {
        String written = ((Expression.TextLiteral) text).value();
        Path path = folder.resolve(folder.root(), written, text.span());
        if (!Files.isRegularFile(path)) {
            problems.warn(Problem.FILE005
                    .warning(text.span(), "there is no file '" + written + "' yet")
                    .withHint("it is looked for at " + path + " when the model is compiled or explained"));
        }
        return path.toString();
    }

    // ---- targets ------------------------------------------------------------------------------------------------

    private void target(Statement.Setting setting) {
        targetSpan = setting.span();
        List<Expression> values = setting.values();
        String name = values.size() == 1 ? word(values.get(0)).orElse("") : "";
        if (name.equals("max")) {
            target = Optional.of(new Target.Max());
        } else if (name.equals("any")) {
            target = Optional.of(new Target.Any());
        } else if (values.size() == 1 && values.get(0) instanceof Expression.ListLiteral) {
            target = Optional.of(new Target.ByAxis(indices(((Expression.ListLiteral) values.get(0)).elements())));
        } else {
            target = Optional.of(new Target.Flat(indices(values)));
        }
    }

    private static List<Integer> indices(List<Expression> values) {
        List<Integer> indices = new ArrayList<>();
        for (Expression value : values) {
            boolean isIndex = value instanceof Expression.IntegerLiteral
                    && ((Expression.IntegerLiteral) value).value() <= Integer.MAX_VALUE;
            if (!isIndex) {
                throw Failure.of(
                        Problem.EXPLAIN001,
                        value.span(),
                        "a target is an index (3), several (0, 3), a position by axis ([1, 11]), max or any");
            }
            indices.add((int) ((Expression.IntegerLiteral) value).value());
        }
        return indices;
    }

    /** The pre-activation of an output has the output's shape, so the point need not be found to check the target. */
    private void checkTarget(Optional<String> output) {
        Optional<Node> explained = at.filter(p -> p instanceof Point.Named)
                .flatMap(p -> graph.nodes().stream()
                        .filter(n -> n.name().equals(((Point.Named) p).node()))
                        .findFirst())
                .or(() -> Optional.ofNullable(graph.outputs().get(output.orElse(firstOutput()))));
        if (target.isEmpty() || explained.isEmpty()) {
            return;
        }
        Node node = explained.get();
        boolean fits = true;
        if (target.get() instanceof Target.Flat) {
            fits = ((Target.Flat) target.get())
                    .indices().stream().allMatch(i -> i < node.shape().size());
        } else if (target.get() instanceof Target.ByAxis) {
            List<Integer> position = ((Target.ByAxis) target.get()).position();
            fits = position.size() == node.shape().rank();
            for (int axis = 0; fits && axis < position.size(); axis++) {
                fits = position.get(axis) < node.shape().dim(axis);
            }
        }
        if (!fits) {
            problems.add(Problem.EXPLAIN003
                    .at(targetSpan, "the target lies outside '" + node.name() + "', which is " + node.shape())
                    .withHint("flat indices go from 0 to " + (node.shape().size() - 1)
                            + ", positions have one index for each axis"));
        }
    }

    private String firstOutput() {
        return graph.outputs().keySet().stream().findFirst().orElse("");
    }
}
