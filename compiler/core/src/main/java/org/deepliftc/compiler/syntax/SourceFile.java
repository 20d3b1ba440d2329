package org.deepliftc.compiler.syntax;

import java.util.List;

/**
 * One parsed file.
 *
 * @param name the name its spans carry
 */
public record SourceFile(String name, List<Statement> statements) {
    public SourceFile {
        statements = List.copyOf(statements);
    }
}
