package org.deepliftc.compiler.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.grammar.DeepLiftParser;

/**
 * Reports a syntax error in our own words and goes on at the next statement, so that one run reports the errors of
 * all statements. Nothing is inserted or deleted to repair a statement: guesses make follow-up errors.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
    private static final int MOST_PROBLEMS = 50;

    private final SyntaxMessages messages;
    private final List<Diagnostic> problems;
    private final Set<Integer> brokenLines;
    private int lastRecovery = -1;

    SyntaxErrors(Places places, List<Diagnostic> problems) {
        this.messages = new SyntaxMessages(places);
        this.problems = problems;
        this.brokenLines = problems.stream().map(p -> p.span().line()).collect(Collectors.toSet());
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (inErrorRecoveryMode(parser)) {
            return;
        }
        beginErrorCondition(parser);
        Token start =
                e instanceof NoViableAltException ? ((NoViableAltException) e).getStartToken() : e.getOffendingToken();
        add(parser, e.getOffendingToken(), messages.unexpected(parser, e.getOffendingToken(), start, e));
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    /** Hands an error up to the statement or setting it lies in, and skips the rest of that. */
    @Override
    public void recover(Parser parser, RecognitionException e) {
        int rule = parser.getContext().getRuleIndex();
        if (rule == DeepLiftParser.RULE_statement || rule == DeepLiftParser.RULE_setting) {
            skip(parser, parser.getContext().getStart());
        } else if (rule == DeepLiftParser.RULE_file) {
            consumeUntil(parser, new org.antlr.v4.runtime.misc.IntervalSet(Token.EOF));
        } else {
            throw e;
        }
    }

    /** Where only statements may follow, whatever else stands there is reported and skipped. */
    @Override
    public void sync(Parser parser) {
        ParserRuleContext context = parser.getContext();
        int rule = context.getRuleIndex();
        boolean inFile = rule == DeepLiftParser.RULE_file;
        boolean inBlock = rule == DeepLiftParser.RULE_block || rule == DeepLiftParser.RULE_explainBlock;
        if (!inFile && !inBlock) {
            return;
        }
        while (!mayContinue(parser.getInputStream().LA(1), inFile)) {
            Token token = parser.getCurrentToken();
            if (!inErrorRecoveryMode(parser)) {
                add(
                        parser,
                        token,
                        messages.noStatement(parser.getInputStream(), token, rule == DeepLiftParser.RULE_explainBlock));
            }
            parser.consume();
            skip(parser, token);
        }
        endErrorCondition(parser);
    }

    private static boolean mayContinue(int type, boolean inFile) {
        if (type == Token.EOF || type == DeepLiftParser.SEMICOLON) {
            return true;
        }
        return type == DeepLiftParser.RBRACE ? !inFile : SyntaxMessages.beginsStatement(type);
    }

    /** On a line with characters that mean nothing, what the parser stumbles over is a consequence. */
    private void add(Parser parser, Token found, Diagnostic problem) {
        int index = found.getTokenIndex();
        int previous = index > 0 ? parser.getInputStream().get(index - 1).getLine() : 0;
        boolean follows = brokenLines.contains(found.getLine()) || brokenLines.contains(previous);
        if (problems.size() < MOST_PROBLEMS && !follows) {
            problems.add(problem);
        }
    }

    /**
     * Skips to where the next statement probably begins: the first token of a line once all brackets opened since
     * {@code start} are closed, or of a line indented no deeper than {@code start}, or where only a statement can
     * begin; or the brace that ends the block.
     */
    private void skip(Parser parser, Token start) {
        TokenStream stream = parser.getInputStream();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = start.getTokenIndex(); i < stream.index(); i++) {
            track(open, stream.get(i).getType());
        }
        boolean moved = stream.index() > Math.max(start.getTokenIndex(), lastRecovery);
        while (stream.LA(1) != Token.EOF) {
            Token token = stream.LT(1);
            if (token.getType() == DeepLiftParser.RBRACE) {
                if (!open.contains(DeepLiftParser.LBRACE)) {
                    break;
                }
            } else if (moved && isFirstOfLine(stream, token) && begins(stream, token, start, open)) {
                break;
            }
            boolean closesOwnBlock = token.getType() == DeepLiftParser.RBRACE;
            track(open, token.getType());
            parser.consume();
            moved = true;
            if (closesOwnBlock && open.isEmpty()) {
                break;
            }
        }
        lastRecovery = stream.index();
        endErrorCondition(parser);
    }

    /** Inside brackets that nobody closed, a name right after an operand can only begin a statement. */
    private static boolean begins(TokenStream stream, Token token, Token start, Deque<Integer> open) {
        boolean afterOperand = token.getTokenIndex() > 0
                && SyntaxMessages.beginsStatement(token.getType())
                && SyntaxMessages.endsOperand(
                        stream.get(token.getTokenIndex() - 1).getType());
        return open.isEmpty() || afterOperand || token.getCharPositionInLine() <= start.getCharPositionInLine();
    }

    private static void track(Deque<Integer> open, int type) {
        if (SyntaxMessages.isOpening(type)) {
            open.push(type);
        } else if (type == DeepLiftParser.RBRACE) {
            while (!open.isEmpty() && open.pop() != DeepLiftParser.LBRACE) {
                // what was opened inside the block ends with it
            }
        } else if (SyntaxMessages.isClosing(type) && !open.isEmpty() && open.peek() == SyntaxMessages.openingOf(type)) {
            open.pop();
        }
    }

    private static boolean isFirstOfLine(TokenStream stream, Token token) {
        return token.getTokenIndex() == 0
                || stream.get(token.getTokenIndex() - 1).getLine() < token.getLine();
    }
}
