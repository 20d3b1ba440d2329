package org.deepliftc.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.grammar.DeepLiftBaseVisitor;
import org.deepliftc.grammar.DeepLiftParser;

/** Parse tree to records. Reports numbers that do not fit and escapes that do not exist. */
final class AstBuilder {
    private final Places places;
    private final List<Diagnostic> problems;
    private final Expressions expressions = new Expressions();
    private final Statements statements = new Statements();

    AstBuilder(Places places, List<Diagnostic> problems) {
        this.places = places;
        this.problems = problems;
    }

    List<Statement> statements(List<DeepLiftParser.StatementContext> contexts) {
        return contexts.stream().map(statements::visit).collect(Collectors.toList());
    }

    private List<Statement> block(DeepLiftParser.BlockContext block) {
        return statements(block.statement());
    }

    private Expression expression(DeepLiftParser.ExpressionContext context) {
        return expressions.visit(context);
    }

    private List<Expression> expressions(List<DeepLiftParser.ExpressionContext> contexts) {
        return contexts.stream().map(this::expression).collect(Collectors.toList());
    }

    private Optional<Expression> optional(DeepLiftParser.ExpressionContext context) {
        return Optional.ofNullable(context).map(this::expression);
    }

    private Identifier identifier(ParserRuleContext name) {
        return new Identifier(name.getText(), places.of(name));
    }

    private String text(Token string) {
        return new StringEscapes(string.getText(), places.of(string), problems).resolve();
    }

    private List<Expression.Argument> arguments(DeepLiftParser.ArgumentsContext context) {
        List<Expression.Argument> arguments = new ArrayList<>();
        for (DeepLiftParser.ArgumentContext argument : context.argument()) {
            arguments.add(new Expression.Argument(
                    Optional.ofNullable(argument.name()).map(this::identifier), expression(argument.expression())));
        }
        return arguments;
    }

    /** Statements, one method a form. */
    private final class Statements extends DeepLiftBaseVisitor<Statement> {
        @Override
        public Statement visitImportStatement(DeepLiftParser.ImportStatementContext c) {
            return new Statement.Import(text(c.STRING().getSymbol()), places.of(c));
        }

        @Override
        public Statement visitModelStatement(DeepLiftParser.ModelStatementContext c) {
            return new Statement.Model(identifier(c.name()), block(c.block()), places.of(c));
        }

        @Override
        public Statement visitFunctionStatement(DeepLiftParser.FunctionStatementContext c) {
            List<Identifier> names =
                    c.name().stream().map(AstBuilder.this::identifier).collect(Collectors.toList());
            return new Statement.Function(names.get(0), names.subList(1, names.size()), block(c.block()), places.of(c));
        }

        @Override
        public Statement visitActivationStatement(DeepLiftParser.ActivationStatementContext c) {
            return new Statement.Activation(
                    identifier(c.function), identifier(c.variable), expression(c.expression()), places.of(c));
        }

        @Override
        public Statement visitInputStatement(DeepLiftParser.InputStatementContext c) {
            List<Expression> extents =
                    c.extents() == null ? List.of() : expressions(c.extents().expression());
            List<Statement.Trait> traits = c.trait().stream().map(this::trait).collect(Collectors.toList());
            return new Statement.Input(identifier(c.name(0)), identifier(c.type), extents, traits, places.of(c));
        }

        private Statement.Trait trait(DeepLiftParser.TraitContext trait) {
            if (trait instanceof DeepLiftParser.ConstraintTraitContext c) {
                Expression.Call call =
                        new Expression.Call(identifier(c.function), arguments(c.arguments()), places.of(c));
                return new Statement.Trait(call, optional(c.expression()), places.of(c));
            }
            DeepLiftParser.DeclaredTraitContext c = (DeepLiftParser.DeclaredTraitContext) trait;
            Expression.Call call = new Expression.Call(identifier(c.name()), arguments(c.arguments()), places.of(c));
            return new Statement.Trait(call, Optional.empty(), places.of(c));
        }

        @Override
        public Statement visitWeightsStatement(DeepLiftParser.WeightsStatementContext c) {
            return new Statement.Weights(
                    Optional.ofNullable(c.name()).map(AstBuilder.this::identifier),
                    text(c.STRING().getSymbol()),
                    places.of(c));
        }

        @Override
        public Statement visitOutputStatement(DeepLiftParser.OutputStatementContext c) {
            return new Statement.Output(identifier(c.name()), optional(c.expression()), places.of(c));
        }

        @Override
        public Statement visitForStatement(DeepLiftParser.ForStatementContext c) {
            return new Statement.For(
                    identifier(c.name()),
                    expression(c.expression(0)),
                    expression(c.expression(1)),
                    block(c.block()),
                    places.of(c));
        }

        @Override
        public Statement visitReturnStatement(DeepLiftParser.ReturnStatementContext c) {
            return new Statement.Return(expressions(c.expression()), places.of(c));
        }

        @Override
        public Statement visitExplainStatement(DeepLiftParser.ExplainStatementContext c) {
            List<Statement.Setting> settings = new ArrayList<>();
            for (DeepLiftParser.SettingContext setting : c.explainBlock().setting()) {
                settings.add(setting(setting));
            }
            return new Statement.Explain(
                    Optional.ofNullable(c.name()).map(AstBuilder.this::identifier), settings, places.of(c));
        }

        private Statement.Setting setting(DeepLiftParser.SettingContext context) {
            if (context instanceof DeepLiftParser.SubjectSettingContext) {
                DeepLiftParser.SubjectSettingContext c = (DeepLiftParser.SubjectSettingContext) context;
                return new Statement.Setting(
                        identifier(c.key),
                        Optional.ofNullable(c.subject).map(AstBuilder.this::identifier),
                        List.of(expression(c.expression())),
                        places.of(c));
            }
            DeepLiftParser.PlainSettingContext c = (DeepLiftParser.PlainSettingContext) context;
            return new Statement.Setting(
                    identifier(c.key), Optional.empty(), expressions(c.expression()), places.of(c));
        }

        @Override
        public Statement visitDefinitionStatement(DeepLiftParser.DefinitionStatementContext c) {
            List<Identifier> names =
                    c.name().stream().map(AstBuilder.this::identifier).collect(Collectors.toList());
            return new Statement.Definition(names, expression(c.expression()), places.of(c));
        }
    }

    /** Expressions, one method a form. */
    private final class Expressions extends DeepLiftBaseVisitor<Expression> {
        @Override
        public Expression visit(ParseTree tree) {
            return tree.accept(this);
        }

        @Override
        public Expression visitCallExpression(DeepLiftParser.CallExpressionContext c) {
            return new Expression.Call(identifier(c.name()), arguments(c.arguments()), places.of(c));
        }

        @Override
        public Expression visitNameExpression(DeepLiftParser.NameExpressionContext c) {
            return new Expression.Name(c.getText(), places.of(c));
        }

        @Override
        public Expression visitNumberExpression(DeepLiftParser.NumberExpressionContext c) {
            String digits = c.getText().replace("_", "");
            try {
                if (c.INTEGER() != null) {
                    return new Expression.IntegerLiteral(Long.parseLong(digits), places.of(c));
                }
                double value = Double.parseDouble(digits);
                if (Double.isFinite(value)) {
                    return new Expression.RealLiteral(value, places.of(c));
                }
            } catch (NumberFormatException e) {
                // more than 64 bits: reported below, as reals beyond the range of a double are
            }
            String shown = digits.length() > 40 ? digits.substring(0, 40) + "..." : digits;
            problems.add(Problem.SYNTAX007
                    .at(places.of(c), "the number " + shown + " is too large")
                    .withHint(
                            c.INTEGER() != null
                                    ? "whole numbers go up to " + Long.MAX_VALUE
                                            + "; write 1.0e30 for a larger real number"
                                    : "real numbers go up to " + Double.MAX_VALUE));
            return new Expression.IntegerLiteral(0, places.of(c));
        }

        @Override
        public Expression visitStringExpression(DeepLiftParser.StringExpressionContext c) {
            return new Expression.TextLiteral(text(c.STRING().getSymbol()), places.of(c));
        }

        @Override
        public Expression visitGroupExpression(DeepLiftParser.GroupExpressionContext c) {
            return expression(c.expression());
        }

        @Override
        public Expression visitListExpression(DeepLiftParser.ListExpressionContext c) {
            return new Expression.ListLiteral(expressions(c.list().expression()), places.of(c));
        }

        @Override
        public Expression visitIndexExpression(DeepLiftParser.IndexExpressionContext c) {
            List<Expression.Subscript> subscripts = new ArrayList<>();
            for (DeepLiftParser.SubscriptContext subscript : c.subscript()) {
                subscripts.add(subscript(subscript));
            }
            return new Expression.Index(expression(c.expression()), subscripts, places.of(c));
        }

        private Expression.Subscript subscript(DeepLiftParser.SubscriptContext context) {
            SourceSpan span = places.of(context);
            if (context instanceof DeepLiftParser.RangeSubscriptContext) {
                DeepLiftParser.RangeSubscriptContext c = (DeepLiftParser.RangeSubscriptContext) context;
                return new Expression.Subscript(
                        Optional.empty(), optional(c.start), optional(c.stop), optional(c.step), span);
            }
            DeepLiftParser.SingleSubscriptContext c = (DeepLiftParser.SingleSubscriptContext) context;
            return new Expression.Subscript(
                    optional(c.expression()), Optional.empty(), Optional.empty(), Optional.empty(), span);
        }

        @Override
        public Expression visitPowerExpression(DeepLiftParser.PowerExpressionContext c) {
            return binary(Expression.Operator.POWER, c.expression(0), c.expression(1), c);
        }

        @Override
        public Expression visitNegationExpression(DeepLiftParser.NegationExpressionContext c) {
            return new Expression.Negation(expression(c.expression()), places.of(c));
        }

        @Override
        public Expression visitProductExpression(DeepLiftParser.ProductExpressionContext c) {
            return binary(operator(c.operator), c.expression(0), c.expression(1), c);
        }

        @Override
        public Expression visitSumExpression(DeepLiftParser.SumExpressionContext c) {
            return binary(operator(c.operator), c.expression(0), c.expression(1), c);
        }

        private Expression binary(
                Expression.Operator operator,
                DeepLiftParser.ExpressionContext left,
                DeepLiftParser.ExpressionContext right,
                ParserRuleContext whole) {
            return new Expression.Binary(operator, expression(left), expression(right), places.of(whole));
        }

        private Expression.Operator operator(Token token) {
            for (Expression.Operator operator : Expression.Operator.values()) {
                if (operator.symbol().equals(token.getText())) {
                    return operator;
                }
            }
            throw new IllegalStateException("the grammar has an operator the tree lacks: " + token.getText());
        }
    }
}
