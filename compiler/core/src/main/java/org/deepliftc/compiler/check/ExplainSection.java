package org.deepliftc.compiler.check;

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
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
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
    private static final List<String> KEYS = List.of(
            "at",
            "target",
            "layers",
            "reference",
            "method",
            "rule",
            "max_rule",
            "softmax",
            "softmax_rule",
            "norm_rule",
            "steps",
            "lrp_epsilon");

    private final Problems problems;
    private final Graph graph;
    private final List<Model.InputDeclaration> inputs;
    private final Map<String, Node> definitions;
    private final Set<String> activations;
    private final ReferenceSettings referenceSettings;
    private final Map<String, SourceSpan> given = new HashMap<>();

    private final Map<String, Reference> references = new LinkedHashMap<>();
    private final Map<String, NonlinearityRule> rules = new LinkedHashMap<>();
    private final ExplainOptions.Builder options = ExplainOptions.builder();
    private Optional<Point> at = Optional.empty();
    private Optional<Target> target = Optional.empty();
    private SourceSpan targetSpan = SourceSpan.NONE;

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
        this.referenceSettings = new ReferenceSettings(problems, folder);
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
        section.output().map(Identifier::text).ifPresent(options::output);
        return options.references(references).rules(rules).build();
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
        if (setting.values().size() > 1 && !key.equals("target") && !key.equals("layers")) {
            throw malformed(setting, "'" + key + "' takes one value");
        }
        Expression value = setting.values().get(0);
        switch (key) {
            case "at" -> {
                Point point = point(value);
                at = Optional.of(point);
                options.at(point);
            }
            case "target" -> {
                targetSpan = setting.span();
                target = Optional.of(TargetSetting.read(setting.values()));
                options.target(target.get());
            }
            case "layers" ->
                options.layers(setting.values().stream().map(this::layer).toList());
            case "reference" ->
                references.put(setting.subject().map(this::input).orElse("*"), referenceSettings.read(value));
            case "method" -> options.method(Words.spelled(Method.class, "method", value));
            case "rule" -> rule(setting.subject(), Words.spelled(NonlinearityRule.class, "rule", value));
            case "max_rule" -> options.maxRule(Words.spelled(MaxRule.class, "max_rule", value));
            case "softmax_rule" -> options.softmaxRule(Words.spelled(SoftmaxRule.class, "softmax_rule", value));
            case "norm_rule" -> options.normRule(Words.spelled(NormRule.class, "norm_rule", value));
            case "steps" -> options.steps(steps(value));
            case "lrp_epsilon" -> options.lrpEpsilon(epsilon(value));
            default -> options.softmax(Words.spelled(SoftmaxTarget.class, "softmax", value));
        }
    }

    private static int steps(Expression value) {
        if (value instanceof Expression.IntegerLiteral literal
                && literal.value() >= 1
                && literal.value() <= Integer.MAX_VALUE) {
            return (int) literal.value();
        }
        throw Failure.of(Problem.EXPLAIN001, value.span(), "'steps' is a whole number of at least 1");
    }

    private static double epsilon(Expression value) {
        if (value instanceof Expression.RealLiteral literal && Double.isFinite(literal.value())) {
            return literal.value();
        }
        if (value instanceof Expression.IntegerLiteral literal && literal.value() >= 0) {
            return literal.value();
        }
        throw Failure.of(Problem.EXPLAIN001, value.span(), "'lrp_epsilon' is a number of at least 0, such as 1e-6");
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
                "settings read: at logit, target 0, reference dna = zeros, method deeplift, rule prelu = rescale, rule"
                        + " = genomics, max_rule winner, softmax plain");
    }

    // ---- points and rules ---------------------------------------------------------------------------------------

    private Point point(Expression value) {
        String name = Words.word(value)
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

    private String layer(Expression value) {
        String name = Words.word(value)
                .orElseThrow(() -> Failure.of(Problem.EXPLAIN001, value.span(), "'layers' names nodes of the model"));
        return node(name, value.span()).name();
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
            options.rule(chosen);
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
        if (!TargetSetting.fits(target.get(), node.shape())) {
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
