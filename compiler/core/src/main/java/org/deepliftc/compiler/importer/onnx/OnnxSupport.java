package org.deepliftc.compiler.importer.onnx;

import java.util.Set;

/** What of ONNX is translated: the source of the table in the manual. */
public final class OnnxSupport {
    private OnnxSupport() {}

    /** The operators, those of other domains with the domain in front. */
    public static Set<String> operators() {
        return Operators.table().keySet();
    }

    /** A table in Markdown: a row an operator, with what of it is not translated. */
    public static String table() {
        StringBuilder text = new StringBuilder("| operator | translated |\n|---|---|\n");
        Operators.table()
                .forEach((name, operator) -> text.append("| `")
                        .append(name)
                        .append("` | ")
                        .append(operator.note().isEmpty() ? "yes" : operator.note())
                        .append(" |\n"));
        return text.toString();
    }

    /** The oldest and newest version of ONNX's operators, in words. */
    public static String opsets() {
        return "Opset " + Operators.OLDEST_OPSET + " to " + Operators.NEWEST_OPSET;
    }
}
