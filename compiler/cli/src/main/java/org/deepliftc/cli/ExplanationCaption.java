package org.deepliftc.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;

/** The line below a picture: what is explained, and how. */
final class ExplanationCaption {
    private ExplanationCaption() {}

    static String of(Model model, ExplainOptions options) {
        Method method = options.method().orElse(Method.DEEPLIFT);
        String rule = method == Method.DEEPLIFT
                ? " " + options.rule().orElse(NonlinearityRule.RESCALE).spelling()
                : "";
        String reference = method.usesReference() ? references(model, options) : "";
        return ofTarget(model, options) + "; " + method.spelling() + rule + reference;
    }

    /** The same for several methods: the model, what is explained of it, and the reference if one of them has one. */
    static String of(Model model, ExplainOptions options, List<Method> methods) {
        boolean compared = methods.stream().anyMatch(Method::usesReference);
        return ofTarget(model, options) + (compared ? references(model, options) : "");
    }

    private static String ofTarget(Model model, ExplainOptions options) {
        return model.name() + ": contributions to " + target(options.target().orElse(Target.FIRST)) + " of "
                + point(options.at().orElse(new Point.PreActivation()))
                + options.like().map(tool -> "; as " + tool.title() + " has it").orElse("");
    }

    private static String references(Model model, ExplainOptions options) {
        return "; reference "
                + model.inputs().stream()
                        .map(input -> text(options.reference(input.name())))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static String target(Target target) {
        return target instanceof Target.Max ? "the largest" : "target " + target;
    }

    private static String point(Point point) {
        if (point instanceof Point.Named) {
            return "'" + ((Point.Named) point).node() + "'";
        }
        return point instanceof Point.Output ? "the output" : "the pre-activation";
    }

    private static String text(Reference reference) {
        if (reference instanceof Reference.MeanOf) {
            return "mean of " + fileName(((Reference.MeanOf) reference).file());
        }
        if (reference instanceof Reference.Background) {
            return "background " + fileName(((Reference.Background) reference).file());
        }
        if (reference instanceof Reference.Shuffled) {
            return ((Reference.Shuffled) reference).count() + " dinucleotide shuffles";
        }
        return reference instanceof Reference.Rows ? fileName(((Reference.Rows) reference).file()) : "zeros";
    }

    private static String fileName(String file) {
        return String.valueOf(java.nio.file.Path.of(file).getFileName());
    }
}
