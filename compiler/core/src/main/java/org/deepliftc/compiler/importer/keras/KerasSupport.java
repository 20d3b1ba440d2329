package org.deepliftc.compiler.importer.keras;

import java.util.Set;

/** What of Keras is translated: the source of the table in the manual. */
public final class KerasSupport {
    private KerasSupport() {}

    /** The classes of layers, besides models inside models. */
    public static Set<String> layers() {
        return Layers.table().keySet();
    }

    /** A table in Markdown: a row a layer, with what of it is translated. */
    public static String table() {
        StringBuilder text = new StringBuilder("| layer | translated |\n|---|---|\n");
        Layers.table()
                .forEach((name, layer) -> text.append("| `")
                        .append(name)
                        .append("` | ")
                        .append(layer.note().isEmpty() ? "yes" : layer.note())
                        .append(" |\n"));
        return text.toString();
    }
}
