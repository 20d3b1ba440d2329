package org.deepliftc.compiler.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.grammar.DeepLiftLexer;

/**
 * Text to the tokens the parser reads. Reports what is no token, and stops at nesting so deep that a recursive parser
 * could exhaust its stack.
 */
final class TokenScan {
    /** Open brackets plus pending prefix and power operators; people write fewer than ten. */
    static final int DEEPEST = 200;

    private static final int MOST_PROBLEMS = 20;

    private final Places places;
    private final List<Diagnostic> problems;
    private final List<Token> tokens = new ArrayList<>();
    /** An open bracket, and the operators in it that recurse, counted since the last that does not. */
    private record Level(int bracket, int chain) {}

    private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(DeepLiftLexer.LBRACE, 0)));

    private int depth;
    private int lastStray = -2;
    private boolean usable = true;

    TokenScan(Places places, List<Diagnostic> problems) {
        this.places = places;
        this.problems = problems;
    }

    /** The tokens for the parser, the end of the file last. */
    List<Token> scan(String text) {
        DeepLiftLexer lexer = new DeepLiftLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        while (usable) {
            Token token = lexer.nextToken();
            if (token.getType() == Token.EOF) {
                break;
            }
            accept(token);
        }
        Token end = new CommonToken(Token.EOF, "<end of file>");
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        ((CommonToken) end).setLine(last == null ? 1 : last.getLine());
        ((CommonToken) end)
                .setCharPositionInLine(
                        last == null
                                ? 0
                                : last.getCharPositionInLine()
                                        + last.getText()
                                                .codePointCount(
                                                        0, last.getText().length()));
        tokens.add(end);
        for (int i = 0; i < tokens.size(); i++) {
            ((CommonToken) tokens.get(i)).setTokenIndex(i);
        }
        return tokens;
    }

    /** False where scanning stopped early, so that parsing what was read would only mislead. */
    boolean isUsable() {
        return usable;
    }

    private void accept(Token token) {
        if (token.getType() == DeepLiftLexer.STRAY) {
            stray(token);
        } else if (token.getType() == DeepLiftLexer.UNCLOSED_STRING) {
            report(Problem.SYNTAX004
                    .at(places.of(token), "this string has no closing quote on its line")
                    .withHint("close it with \"; write \\n for a line break inside a string"));
            // a string in its place keeps the parser from reporting the same mistake again
            CommonToken closed = new CommonToken(token);
            closed.setType(DeepLiftLexer.STRING);
            closed.setChannel(Token.DEFAULT_CHANNEL);
            closed.setText("\"\"");
            tokens.add(closed);
        } else if (token.getType() == DeepLiftLexer.UNCLOSED_COMMENT) {
            report(Problem.SYNTAX005
                    .at(places.of(token), "this comment is never closed")
                    .withHint("close it with */"));
            usable = false;
        } else {
            tokens.add(token);
            measure(token);
        }
    }

    private void stray(Token token) {
        boolean continues = token.getStartIndex() == lastStray + 1;
        lastStray = token.getStartIndex();
        if (!continues) {
            int point = token.getText().codePointAt(0);
            boolean printable = point > ' '
                    && point != 0x7f
                    && Character.getType(point) != Character.FORMAT
                    && !Character.isISOControl(point)
                    && Character.isDefined(point);
            String shown = (printable ? "'" + token.getText() + "' " : "") + String.format("(U+%04X)", point);
            report(Problem.SYNTAX003
                    .at(places.of(token), "the character " + shown + " means nothing here")
                    .withHint(strayHint(point)));
        }
    }

    private static String strayHint(int point) {
        return switch (point) {
            case '\'', 0x2018, 0x2019, 0x201C, 0x201D, 0xAB, 0xBB ->
                "strings stand in straight double quotes: \"conv1\"";
            case '#' -> "comments begin with //";
            case 0x2212, 0x2013, 0x2014 -> "write the plain minus sign -";
            case '<', '>', '!', '&', '|', '?', '%' -> "the operators are + - * / @ ^";
            default -> "remove it; names are letters, digits and underscores";
        };
    }

    private void measure(Token token) {
        forgetUnclosed(token);
        switch (token.getType()) {
            case DeepLiftLexer.LPAREN, DeepLiftLexer.LBRACKET, DeepLiftLexer.LBRACE -> {
                levels.push(new Level(token.getType(), 0));
                deepen(token);
            }
            case DeepLiftLexer.RPAREN, DeepLiftLexer.RBRACKET, DeepLiftLexer.RBRACE -> {
                if (levels.size() > 1) {
                    close();
                }
            }
            case DeepLiftLexer.CARET, DeepLiftLexer.POWER -> lengthen(token);
            case DeepLiftLexer.MINUS -> {
                if (isPrefix()) {
                    lengthen(token);
                } else {
                    restart();
                }
            }
            case DeepLiftLexer.PLUS,
                    DeepLiftLexer.TIMES,
                    DeepLiftLexer.DIVIDE,
                    DeepLiftLexer.MATMUL,
                    DeepLiftLexer.COMMA,
                    DeepLiftLexer.ASSIGN,
                    DeepLiftLexer.SEMICOLON -> restart();
            default -> {
                // operands change nothing
            }
        }
    }

    /** Whether the minus just added has no left operand. */
    private boolean isPrefix() {
        if (tokens.size() < 2) {
            return true;
        }
        return !SyntaxMessages.endsOperand(tokens.get(tokens.size() - 2).getType());
    }

    private void lengthen(Token token) {
        Level level = levels.pop();
        levels.push(new Level(level.bracket, level.chain + 1));
        deepen(token);
    }

    private void restart() {
        Level level = levels.pop();
        depth -= level.chain;
        levels.push(new Level(level.bracket, 0));
    }

    private void close() {
        depth -= levels.pop().chain + 1;
    }

    /** Brackets that nobody closed do not nest what follows: a name right after an operand begins a statement. */
    private void forgetUnclosed(Token token) {
        int before = tokens.size() - 2;
        boolean begins = before >= 0
                && SyntaxMessages.beginsStatement(token.getType())
                && SyntaxMessages.endsOperand(tokens.get(before).getType())
                && tokens.get(before).getLine() < token.getLine();
        while (begins && levels.size() > 1 && levels.peek().bracket != DeepLiftLexer.LBRACE) {
            close();
        }
    }

    private void deepen(Token token) {
        depth++;
        if (depth > DEEPEST && usable) {
            usable = false;
            problems.add(Problem.SYNTAX006
                    .at(places.of(token), "this nests more than " + DEEPEST + " levels deep")
                    .withHint("give inner parts names of their own: part = ..., whole = f(part)"));
        }
    }

    private void report(Diagnostic problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }
}
