package org.deepliftc.compiler.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.grammar.DeepLiftParser;

/** Text of one file to its tree. */
public final class SourceParser {
    /** Levels of the parse tree inside one expression: a chain of this many operators without a name in between. */
    private static final int DEEPEST_EXPRESSION = 300;

    private final Places places;
    private final List<Diagnostic> problems = new ArrayList<>();

    private SourceParser(String file) {
        this.places = new Places(file);
    }

    /**
     * Parses a file.
     *
     * @param file the name that spans carry
     * @throws DiagnosticException with every syntax error of the file
     */
    public static SourceFile parse(String file, String text) {
        return new SourceParser(file).parse(text);
    }

    private SourceFile parse(String text) {
        TokenScan scan = new TokenScan(places, problems);
        List<Token> tokens = scan.scan(text);
        stopWhere(!scan.isUsable());
        DeepLiftParser.FileContext tree = quickly(tokens);
        if (tree == null) {
            tree = carefully(tokens);
        }
        stopWhere(!problems.isEmpty());
        limitDepth(tree);
        stopWhere(!problems.isEmpty());
        List<Statement> statements = new AstBuilder(places, problems).statements(tree.statement());
        stopWhere(!problems.isEmpty());
        return new SourceFile(places.file(), statements);
    }

    private void stopWhere(boolean broken) {
        if (broken) {
            problems.sort(Diagnostic.IN_ORDER);
            throw new DiagnosticException(problems);
        }
    }

    /** Parses with the faster, weaker prediction; null where that fails, for errors or for want of context. */
    private static DeepLiftParser.FileContext quickly(List<Token> tokens) {
        DeepLiftParser parser = parser(tokens);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return parser.file();
        } catch (ParseCancellationException e) {
            return null;
        }
    }

    private DeepLiftParser.FileContext carefully(List<Token> tokens) {
        DeepLiftParser parser = parser(tokens);
        parser.getInterpreter().setPredictionMode(PredictionMode.LL);
        parser.setErrorHandler(new SyntaxErrors(places, problems));
        return parser.file();
    }

    private static DeepLiftParser parser(List<Token> tokens) {
        DeepLiftParser parser = new DeepLiftParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        return parser;
    }

    /** Left-associative operators parse in a loop but make a deep tree, which later phases walk recursively. */
    private void limitDepth(ParseTree root) {
        record Level(ParseTree tree, int depth) {}
        Deque<Level> open = new ArrayDeque<>(List.of(new Level(root, 0)));
        while (!open.isEmpty()) {
            Level level = open.pop();
            boolean isExpression = level.tree instanceof DeepLiftParser.ExpressionContext;
            int depth = isExpression ? level.depth + 1 : level.depth;
            if (level.tree instanceof DeepLiftParser.StatementContext) {
                depth = 0;
            }
            if (depth > DEEPEST_EXPRESSION) {
                problems.add(Problem.SYNTAX006
                        .at(
                                places.of((ParserRuleContext) level.tree),
                                "this expression chains more than " + DEEPEST_EXPRESSION + " operators")
                        .withHint("give parts of it names of their own"));
                return;
            }
            for (int i = 0; i < level.tree.getChildCount(); i++) {
                open.push(new Level(level.tree.getChild(i), depth));
            }
        }
    }
}
