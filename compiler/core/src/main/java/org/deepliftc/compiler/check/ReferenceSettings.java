package org.deepliftc.compiler.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.syntax.Expression;

/** The references of an explain section; the files they name lie in the model's folder. */
final class ReferenceSettings {
    private static final List<String> REFERENCES = List.of("zeros", "given", "mean", "background", "file", "shuffled");
    private static final int DEFAULT_SHUFFLES = 20;

    private final Problems problems;
    private final ModelFolder folder;

    ReferenceSettings(Problems problems, ModelFolder folder) {
        this.problems = problems;
        this.folder = folder;
    }

    Reference read(Expression value) {
        if (value instanceof Expression.TextLiteral) {
            return new Reference.Rows(file(value));
        }
        if (value instanceof Expression.Call) {
            return read((Expression.Call) value);
        }
        String name = Words.word(value).orElse("");
        if (name.equals("zeros")) {
            return new Reference.Zeros();
        }
        if (name.equals("given")) {
            return new Reference.Given();
        }
        throw noReference(value.span(), name);
    }

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

    private Reference read(Expression.Call call) {
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
        if (!rest.isEmpty()
                && Words.word(rest.get(0)).filter("dinucleotide"::equals).isPresent()) {
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
}
