package org.deepliftc.compiler.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/** Tokens of one file to spans; columns count code points from 1. */
record Places(String file) {

    SourceSpan of(Token token) {
        return between(token, token);
    }

    SourceSpan of(ParserRuleContext context) {
        Token stop = context.getStop();
        boolean empty =
                stop == null || stop.getTokenIndex() < context.getStart().getTokenIndex();
        return between(context.getStart(), empty ? context.getStart() : stop);
    }

    SourceSpan between(Token first, Token last) {
        int length = last.getType() == Token.EOF
                ? 1
                : last.getText().codePointCount(0, last.getText().length());
        return new SourceSpan(
                file,
                first.getLine(),
                first.getCharPositionInLine() + 1,
                last.getLine(),
                last.getCharPositionInLine() + 1 + length);
    }
}
