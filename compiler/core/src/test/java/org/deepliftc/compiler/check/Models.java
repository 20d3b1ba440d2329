package org.deepliftc.compiler.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Reads models from text in tests, with weights listed as text. */
final class Models {
    private final Path folder;

    Models(Path folder) {
        this.folder = folder;
    }

    Models file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CheckedModel check(String text) {
        file("model.dlift", text);
        return ModelReader.check(folder.resolve("model.dlift"), ListedWeights::open);
    }

    Model read(String text) {
        return check(text).model();
    }

    /** The messages of a model that must not pass, each with its id in front. */
    List<String> errors(String text) {
        try {
            check(text);
        } catch (DiagnosticException e) {
            return e.diagnostics().stream().map(d -> d.id() + " " + d.message()).toList();
        }
        throw new AssertionError("nothing was found wrong with:\n" + text);
    }

    /** The nodes of a model that are no constants, one a line: name, operator, shape, inputs. */
    static String listing(Model model) {
        StringBuilder lines = new StringBuilder();
        for (Node node : model.graph().nodes()) {
            if (!node.isConstant()) {
                lines.append(line(node)).append('\n');
            }
        }
        return lines.toString();
    }

    private static String line(Node node) {
        List<String> inputs = node.inputs().stream().map(Node::toString).toList();
        return node.name() + ": " + operator(node.op()) + " " + node.shape()
                + (inputs.isEmpty() ? "" : " <- " + String.join(", ", inputs));
    }

    private static String operator(Op op) {
        if (op instanceof Op.Elementwise) {
            return ((Op.Elementwise) op).activation().name();
        }
        if (op instanceof Op.Binary) {
            return ((Op.Binary) op).kind().name().toLowerCase(Locale.ROOT);
        }
        return op.getClass().getSimpleName();
    }

    static Node node(Model model, String name) {
        return model.graph().nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node '" + name + "' in\n" + listing(model)));
    }
}
