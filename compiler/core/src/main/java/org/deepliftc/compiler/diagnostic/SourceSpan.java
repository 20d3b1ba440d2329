package org.deepliftc.compiler.diagnostic;

import java.util.Objects;

/**
 * A range of characters in a source file. Lines and columns count from 1; the end column is exclusive.
 *
 * @param file the name of the file as the user wrote it, or the empty string where nothing was read from a file
 */
public record SourceSpan(String file, int line, int column, int endLine, int endColumn) {

    /** The span of what the compiler made itself. */
    public static final SourceSpan NONE = new SourceSpan("", 0, 0, 0, 0);

    public SourceSpan {
        Objects.requireNonNull(file, "file");
    }

    /** True where the span points at text somebody wrote. */
    public boolean isKnown() {
        return line > 0;
    }

    /** The name of the file without its folders: what generated code says, wherever it is generated. */
    public String fileName() {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /** {@code file:line:column}, the form editors recognise, or the file alone where no line is known. */
    public String location() {
        return isKnown() ? file + ":" + line + ":" + column : file;
    }
}
