package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;

/** What a generated class says of itself. */
final class Headers {
    private Headers() {}

    static ClassHeader of(Explanation explanation, CompileOptions options) {
        Model model = explanation.model();
        try {
            return new ClassHeader(
                    options.packageName(),
                    options.className().orElseGet(() -> ClassHeader.classNameFor(model.name())),
                    model.name(),
                    new SourceSpan(model.source(), 0, 0, 0, 0).fileName(),
                    model.sourceDigest(),
                    CompilerVersion.TEXT,
                    explanation.method().spelling(),
                    explanation.point().name(),
                    explanation.point().shape().size(),
                    reference(explanation),
                    target(explanation),
                    lines(RuleTables.withoutStages(explanation)),
                    options.precision() == CompileOptions.Precision.DOUBLE
                            ? ModelDescription.ElementType.DOUBLE
                            : ModelDescription.ElementType.FLOAT,
                    options.shape(),
                    options.usesVectors());
        } catch (IllegalArgumentException e) {
            throw new DiagnosticException(Diagnostic.error("COMPILE001", SourceSpan.NONE, e.getMessage())
                    .withHint("choose another package or class name"));
        }
    }

    private static ReferenceBinding reference(Explanation explanation) {
        if (!explanation.usesReference()) {
            return ReferenceBinding.NONE;
        }
        return explanation.references().isPresent() ? ReferenceBinding.COMPILED : ReferenceBinding.GIVEN;
    }

    private static TargetBinding target(Explanation explanation) {
        if (explanation.target() instanceof Explanation.Given) {
            return TargetBinding.GIVEN;
        }
        return explanation.target() instanceof Explanation.Largest ? TargetBinding.MAX : TargetBinding.COMPILED;
    }

    private static List<String> lines(RuleTable table) {
        List<String> lines = new ArrayList<>();
        for (RuleTable.Row row : table.rows()) {
            String rule = row.rule().equals("-") ? row.equation() : row.rule() + ": " + row.equation();
            lines.add(row.node() + " " + row.shape() + " " + row.operator() + ", " + rule);
        }
        return lines;
    }
}
