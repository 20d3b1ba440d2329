package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.syntax.Expression;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.Statement;

/** What a model declares beside its definitions: inputs, outputs, the explain section. */
final class ModelParts {
    private final List<Model.InputDeclaration> inputs = new ArrayList<>();
    private final List<Node> inputNodes = new ArrayList<>();
    private final Map<String, Identifier> outputs = new LinkedHashMap<>();
    private Optional<Statement.Explain> explain = Optional.empty();

    List<Model.InputDeclaration> inputs() {
        return inputs;
    }

    boolean isInput(String name) {
        return inputs.stream().anyMatch(input -> input.name().equals(name));
    }

    List<Node> inputNodes() {
        return inputNodes;
    }

    Map<String, Identifier> outputs() {
        return outputs;
    }

    Optional<Statement.Explain> explain() {
        return explain;
    }

    Value input(Session session, Scope scope, Statement.Input statement) {
        String name = statement.name().text();
        if (!statement.type().text().equals("float")) {
            throw Failure.of(
                    Problem.CALL003,
                    statement.type().span(),
                    "an input is of type float, not " + statement.type().text(),
                    "whether the code computes in float or double is chosen when compiling (--precision)");
        }
        Shape shape = shape(session, scope, statement);
        InputTraits traits = InputTraits.read(session, scope, statement.traits(), shape);
        Op op = new Op.Input(Op.Role.ACTUAL, inputs.size(), shape, ElementType.REAL);
        Node node = session.emitter().add(op, List.of(), name, statement.name().span(), "input");
        inputs.add(traits.declare(name, shape));
        inputNodes.add(node);
        return new Value.Tensor(node);
    }

    private static Shape shape(Session session, Scope scope, Statement.Input statement) {
        List<Integer> dims = new ArrayList<>();
        for (Expression extent : statement.extents()) {
            Naming naming = new Naming(statement.name().text(), false);
            long number = Slicing.whole(Evaluator.evaluate(session, scope, naming, extent), extent.span());
            if (number < 1 || number > Integer.MAX_VALUE) {
                throw Failure.of(
                        Problem.SHAPE003,
                        extent.span(),
                        "an extent lies between 1 and " + Integer.MAX_VALUE + ", not at " + number,
                        "the batch dimension is implicit and not written");
            }
            dims.add((int) number);
        }
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                    Problem.SHAPE003,
                    statement.span(),
                    "input '" + statement.name().text() + "': " + e.getMessage());
        }
    }

    void output(Statement.Output statement) {
        Identifier earlier = outputs.putIfAbsent(statement.name().text(), statement.name());
        if (earlier != null && statement.value().isEmpty()) {
            throw Failure.of(Problem.NAME002
                    .at(statement.name().span(), "'" + earlier.text() + "' is already an output")
                    .withLabels(List.of(new Diagnostic.Label(earlier.span(), "here"))));
        }
    }

    void explain(Statement.Explain statement) {
        if (explain.isPresent()) {
            throw Failure.of(Problem.EXPLAIN001
                    .at(statement.span(), "a model has one explain section, this is another")
                    .withLabels(List.of(new Diagnostic.Label(explain.get().span(), "the first is here")))
                    .withHint("explain other outputs with --output NAME when calling"));
        }
        explain = Optional.of(statement);
    }
}
