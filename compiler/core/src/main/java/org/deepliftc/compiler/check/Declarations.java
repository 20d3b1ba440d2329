package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.layer.NamedActivations;
import org.deepliftc.compiler.syntax.Identifier;
import org.deepliftc.compiler.syntax.SourceFile;
import org.deepliftc.compiler.syntax.Statement;

/** Collects the functions and activations of all files, and the one model of the last. */
final class Declarations {
    private final Session session;
    private final Problems problems;

    Declarations(Session session) {
        this.session = session;
        this.problems = session.problems();
    }

    /** The model of the last file; empty where there is none, which is reported. */
    Optional<Statement.Model> collect(List<SourceFile> files) {
        for (SourceFile file : files) {
            declare(file.statements());
        }
        SourceFile main = files.get(files.size() - 1);
        List<Statement.Model> models = new ArrayList<>();
        for (Statement statement : main.statements()) {
            if (statement instanceof Statement.Model) {
                models.add((Statement.Model) statement);
            }
        }
        files.forEach(this::requireTopLevel);
        models.forEach(model -> declare(model.body()));
        if (models.isEmpty()) {
            problems.add(Problem.MODEL002
                    .at(new SourceSpan(main.name(), 1, 1, 1, 2), "this file declares no model")
                    .withHint("a model reads: model Name { input x: float[4]  ...  output y }"));
        }
        models.stream()
                .skip(1)
                .forEach(second -> problems.add(Problem.MODEL002
                        .at(
                                second.name().span(),
                                "a file declares one model, '" + second.name().text() + "' is another")
                        .withLabels(List.of(
                                new Diagnostic.Label(models.get(0).name().span(), "the first")))));
        validateActivations();
        return models.stream().findFirst();
    }

    private void declare(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Function) {
                Statement.Function function = (Statement.Function) statement;
                if (isFree(function.name())) {
                    session.functions().put(function.name().text(), function);
                }
                requireDistinct(function.parameters());
            } else if (statement instanceof Statement.Activation) {
                Statement.Activation activation = (Statement.Activation) statement;
                if (isFree(activation.name())) {
                    session.activations().put(activation.name().text(), activation);
                }
            }
        }
    }

    private void requireDistinct(List<Identifier> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            for (int k = 0; k < i; k++) {
                if (parameters.get(k).text().equals(parameters.get(i).text())) {
                    twice(parameters.get(i), parameters.get(k).span());
                }
            }
        }
    }

    private boolean isFree(Identifier name) {
        if (Builtins.find(name.text()).isPresent() && !NamedActivations.ALL.containsKey(name.text())) {
            problems.add(Problem.NAME002
                    .at(name.span(), "'" + name.text() + "' is the name of a built-in function")
                    .withHint("choose another name"));
            return false;
        }
        Map<String, Statement.Function> functions = session.functions();
        Map<String, Statement.Activation> activations = session.activations();
        Optional<SourceSpan> earlier = Optional.ofNullable(functions.get(name.text()))
                .map(f -> f.name().span())
                .or(() -> Optional.ofNullable(activations.get(name.text()))
                        .map(a -> a.name().span()));
        earlier.ifPresent(span -> twice(name, span));
        return earlier.isEmpty();
    }

    private void twice(Identifier name, SourceSpan earlier) {
        problems.add(Problem.NAME002
                .at(name.span(), "'" + name.text() + "' is already defined")
                .withLabels(List.of(new Diagnostic.Label(earlier, "first defined here"))));
    }

    private void requireTopLevel(SourceFile file) {
        for (Statement statement : file.statements()) {
            boolean allowed = statement instanceof Statement.Import
                    || statement instanceof Statement.Function
                    || statement instanceof Statement.Activation
                    || statement instanceof Statement.Model;
            if (!allowed) {
                problems.add(Problem.MODEL001
                        .at(statement.span(), "only import, function, activation and model stand at the top of a file")
                        .withHint("move it into the braces of the model"));
            }
        }
    }

    /** Reads every activation, used or not: their bodies mean the same wherever they are used. */
    private void validateActivations() {
        for (String name : session.activations().keySet()) {
            try {
                session.bodies().get(name);
            } catch (Failure failure) {
                problems.add(failure);
            }
        }
    }
}
