package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.Model;

/** Declares inputs one-hot that the options call so, which beats what the model says of them, and switches weight normalisation. */
final class InputConstraints {
    private InputConstraints() {}

    static Model apply(Model model, ExplainOptions options) {
        List<String> names =
                model.inputs().stream().map(Model.InputDeclaration::name).collect(Collectors.toList());
        for (String named : options.onehot().keySet()) {
            if (!named.equals("*") && !names.contains(named)) {
                throw error(
                        "'" + named + "' is called one-hot but is no input of '" + model.name() + "'",
                        Suggestions.hint(named, names).orElse("its inputs are " + names));
            }
        }
        List<Model.InputDeclaration> inputs = new ArrayList<>();
        for (Model.InputDeclaration input : model.inputs()) {
            inputs.add(declared(input, options));
        }
        return model.withInputs(inputs);
    }

    private static Model.InputDeclaration declared(Model.InputDeclaration input, ExplainOptions options) {
        Map<String, Integer> axes = options.onehot();
        Integer axis = axes.getOrDefault(input.name(), axes.get("*"));
        if (axis != null && (axis < 0 || axis >= input.shape().rank())) {
            throw error(
                    "input '" + input.name() + "' " + input.shape() + " has no axis " + axis + " to be one-hot along",
                    "count the axes of one example from 0");
        }
        OptionalInt onehot = axis == null ? input.onehot() : OptionalInt.of(axis);
        boolean normalise = options.normaliseOnehot().orElse(input.onehot().isEmpty() || input.normalise());
        Optional<Model.SumConstraint> sum = axis == null ? input.sum() : Optional.empty();
        return new Model.InputDeclaration(input.name(), input.shape(), onehot, sum, normalise);
    }

    private static DiagnosticException error(String message, String hint) {
        return new DiagnosticException(
                Diagnostic.error("EXPLAIN010", SourceSpan.NONE, message).withHint(hint));
    }
}
