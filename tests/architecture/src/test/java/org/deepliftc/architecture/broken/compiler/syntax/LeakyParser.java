package org.deepliftc.architecture.broken.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;

/** A parser whose callers must know ANTLR. */
public interface LeakyParser {
    /** The tokens of a text. */
    List<Token> tokens(String text);
}
