package org.deepliftc.compiler.syntax;

import java.util.Objects;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** A name somebody wrote, with its place. */
public record Identifier(String text, SourceSpan span) {
    public Identifier {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(span, "span");
    }
}
