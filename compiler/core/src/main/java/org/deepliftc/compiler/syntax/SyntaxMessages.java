package org.deepliftc.compiler.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.grammar.DeepLiftParser;

/** What a syntax error says: what stands there, what was expected instead, and what is still open. */
final class SyntaxMessages {
    private static final int MOST_NAMED = 4;
    private static final int LONGEST_SHOWN = 40;
    private static final String SETTING = "a setting is a word and a value, such as: target 0";

    private final Places places;

    SyntaxMessages(Places places) {
        this.places = places;
    }

    static boolean isOpening(int type) {
        return type == DeepLiftParser.LPAREN || type == DeepLiftParser.LBRACKET || type == DeepLiftParser.LBRACE;
    }

    static boolean isClosing(int type) {
        return type == DeepLiftParser.RPAREN || type == DeepLiftParser.RBRACKET || type == DeepLiftParser.RBRACE;
    }

    static int openingOf(int closing) {
        return closing == DeepLiftParser.RPAREN
                ? DeepLiftParser.LPAREN
                : closing == DeepLiftParser.RBRACKET ? DeepLiftParser.LBRACKET : DeepLiftParser.LBRACE;
    }

    static boolean isName(int type) {
        return type == DeepLiftParser.IDENTIFIER || type >= DeepLiftParser.IMPORT && type <= DeepLiftParser.EXPLAIN;
    }

    /** Whether a statement or a setting may begin so. */
    static boolean beginsStatement(int type) {
        return isName(type) || type == DeepLiftParser.FOR || type == DeepLiftParser.RETURN;
    }

    static boolean endsOperand(int type) {
        return isName(type)
                || isClosing(type)
                || type == DeepLiftParser.INTEGER
                || type == DeepLiftParser.REAL
                || type == DeepLiftParser.STRING;
    }

    private static boolean isOperator(int type) {
        return type >= DeepLiftParser.PLUS && type <= DeepLiftParser.POWER;
    }

    private static boolean isKeyword(int type) {
        return type >= DeepLiftParser.IMPORT && type <= DeepLiftParser.IN;
    }

    /** The error where only a statement, a setting or the end of the block may follow. */
    Diagnostic noStatement(TokenStream stream, Token found, boolean inExplain) {
        int name = found.getTokenIndex() - 1;
        if (found.getType() == DeepLiftParser.ASSIGN
                && name > 0
                && isOperator(stream.get(name - 1).getType())) {
            // the name of this definition was read as the operand the line before lacks
            Token operator = stream.get(name - 1);
            return Problem.SYNTAX001.at(places.of(operator), "a value is missing after " + found(operator));
        }
        if (isClosing(found.getType())) {
            return Problem.SYNTAX001
                    .at(places.of(found), found(found) + " closes nothing that is open here")
                    .withHint("remove it, or look for the bracket that should open before it");
        }
        String hint = inExplain ? SETTING : "a statement begins with a name or a keyword, such as: hidden = relu(x)";
        String what = inExplain ? "no setting begins with " : "no statement begins with ";
        return Problem.SYNTAX001.at(places.of(found), what + found(found)).withHint(hint);
    }

    /** The error at {@code found}; {@code start} is where the part of the grammar in doubt began. */
    Diagnostic unexpected(Parser parser, Token found, Token start, RecognitionException e) {
        Optional<Token> opener = innermostOpen(parser, found);
        IntervalSet expected = e instanceof NoViableAltException ? new IntervalSet() : e.getExpectedTokens();
        if (opener.isPresent() && closes(expected, opener.get(), found, e)) {
            return unclosed(parser.getInputStream(), opener.get(), found);
        }
        if (e instanceof NoViableAltException && found != start) {
            return noForm(found, start, parser.getContext().getRuleIndex() == DeepLiftParser.RULE_setting);
        }
        return Problem.SYNTAX001.at(
                places.of(found), "expected " + expectation(expected) + ", but found " + found(found));
    }

    private static boolean closes(IntervalSet expected, Token opener, Token found, RecognitionException e) {
        int closing = closingOf(opener.getType());
        if (e instanceof NoViableAltException) {
            return opener.getType() != DeepLiftParser.LBRACE && continuesNothing(found);
        }
        return expected.contains(closing) && !expected.contains(DeepLiftParser.STRING);
    }

    /** Tokens that show that an operand has ended. */
    private static boolean continuesNothing(Token found) {
        return found.getType() == Token.EOF
                || isName(found.getType())
                || found.getType() == DeepLiftParser.RBRACE
                || found.getType() == DeepLiftParser.STRING;
    }

    private Diagnostic unclosed(TokenStream stream, Token opener, Token found) {
        String what = opened(stream, opener);
        String closing = literal(closingOf(opener.getType()));
        Diagnostic problem = Problem.SYNTAX002
                .at(places.of(found), "expected " + closing + " to close " + what + ", but found " + found(found))
                .withLabels(List.of(new Diagnostic.Label(places.of(opener), "opened here")));
        return opener.getType() == DeepLiftParser.LBRACE || !endsOperand(found.getType()) || isClosing(found.getType())
                ? problem
                : problem.withHint("put a comma before " + found(found) + " if it belongs inside");
    }

    private Diagnostic noForm(Token found, Token start, boolean inExplain) {
        Diagnostic problem = Problem.SYNTAX001.at(
                places.of(found),
                "expected something else after '" + shown(start.getText()) + "' than " + found(found));
        if (inExplain) {
            return problem.withHint(SETTING);
        }
        return form(start).map(problem::withHint).orElse(problem.withHint("a definition reads: name = value"));
    }

    /** How a statement that begins with this keyword is written. */
    private static Optional<String> form(Token keyword) {
        return Optional.ofNullable(
                switch (keyword.getType()) {
                    case DeepLiftParser.IMPORT -> "an import reads: import \"blocks.dlift\"";
                    case DeepLiftParser.MODEL -> "a model reads: model Name { ... }";
                    case DeepLiftParser.FUNCTION -> "a function reads: function name(a, b) { ... return x }";
                    case DeepLiftParser.ACTIVATION -> "an activation reads: activation name(x) = x * sigmoid(x)";
                    case DeepLiftParser.INPUT -> "an input reads: input name: float[4, 200]";
                    case DeepLiftParser.WEIGHTS -> "weights read: weights \"model.safetensors\"";
                    case DeepLiftParser.OUTPUT -> "an output reads: output name, or output name = value";
                    case DeepLiftParser.FOR -> "a loop reads: for i in 1..8 { ... }";
                    case DeepLiftParser.RETURN -> "a return reads: return value";
                    case DeepLiftParser.EXPLAIN -> "an explain section reads: explain name { target 0 }";
                    default -> null;
                });
    }

    /** What a bracket opened: the call of 'conv1d', the list, the block of 'model'. */
    private static String opened(TokenStream stream, Token opener) {
        int at = opener.getTokenIndex();
        Token before = at > 0 ? stream.get(at - 1) : null;
        boolean named = before != null && isName(before.getType());
        if (opener.getType() == DeepLiftParser.LPAREN) {
            boolean declared = at > 1 && stream.get(at - 2).getType() == DeepLiftParser.FUNCTION;
            return named ? (declared ? "the parameters of '" : "the call of '") + shown(before.getText()) + "'" : "'('";
        }
        if (opener.getType() == DeepLiftParser.LBRACKET) {
            return named || before != null && isClosing(before.getType()) ? "the index" : "the list";
        }
        return "the block";
    }

    /** What the statement in error has opened, else the block it stands in. */
    private static Optional<Token> innermostOpen(Parser parser, Token found) {
        ParserRuleContext statement = parser.getContext();
        while (statement.getParent() != null && !holdsStatements(statement.getParent())) {
            statement = statement.getParent();
        }
        Deque<Token> open = new ArrayDeque<>();
        for (int i = statement.getStart().getTokenIndex(); i < found.getTokenIndex(); i++) {
            Token token = parser.getInputStream().get(i);
            if (isOpening(token.getType())) {
                open.push(token);
            } else if (isClosing(token.getType())) {
                while (!open.isEmpty() && open.pop().getType() != openingOf(token.getType())) {
                    // an earlier error left it open; the outer bracket ends it
                }
            }
        }
        if (open.isEmpty() && isBlock(statement)) {
            return Optional.of(statement.getStart());
        }
        boolean inBlock = statement.getParent() != null && isBlock(statement.getParent());
        return open.isEmpty() && inBlock
                ? Optional.of(statement.getParent().getStart())
                : Optional.ofNullable(open.peek());
    }

    private static boolean holdsStatements(ParserRuleContext context) {
        return isBlock(context) || context.getRuleIndex() == DeepLiftParser.RULE_file;
    }

    private static boolean isBlock(ParserRuleContext context) {
        return context.getRuleIndex() == DeepLiftParser.RULE_block
                || context.getRuleIndex() == DeepLiftParser.RULE_explainBlock;
    }

    private static int closingOf(int opening) {
        return opening == DeepLiftParser.LPAREN
                ? DeepLiftParser.RPAREN
                : opening == DeepLiftParser.LBRACKET ? DeepLiftParser.RBRACKET : DeepLiftParser.RBRACE;
    }

    private static String expectation(IntervalSet expected) {
        if (expected.contains(DeepLiftParser.STRING) && expected.contains(DeepLiftParser.LPAREN) || expected.isNil()) {
            return "a value";
        }
        List<String> names = new ArrayList<>();
        for (int type : expected.toArray()) {
            // where a name may stand, the keywords that are names too need no mention
            if (!isKeyword(type) || !expected.contains(DeepLiftParser.IDENTIFIER)) {
                names.add(literal(type));
            }
        }
        if (names.size() > MOST_NAMED) {
            return "something else";
        }
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private static String literal(int type) {
        if (type == Token.EOF) {
            return "the end of the file";
        }
        String literal = DeepLiftParser.VOCABULARY.getLiteralName(type);
        return switch (type) {
            case DeepLiftParser.IDENTIFIER -> "a name";
            case DeepLiftParser.INTEGER -> "a whole number";
            case DeepLiftParser.REAL -> "a number";
            case DeepLiftParser.STRING -> "a text in quotes";
            default -> literal;
        };
    }

    private static String found(Token token) {
        if (token.getType() == Token.EOF) {
            return "the end of the file";
        }
        return token.getType() == DeepLiftParser.STRING
                ? "the text " + shown(token.getText())
                : "'" + shown(token.getText()) + "'";
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "...";
    }
}
