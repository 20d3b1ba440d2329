package org.deepliftc.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceParserTest {
    private static List<Statement> parse(String text) {
        return SourceParser.parse("m.dlift", text).statements();
    }

    private static Expression expression(String text) {
        return ((Statement.Definition) parse("a = " + text).get(0)).value();
    }

    /** The structure of an expression in brackets. */
    private static String shown(Expression expression) {
        return expression.match(new Expression.Cases<>() {
            @Override
            public String name(Expression.Name e) {
                return e.text();
            }

            @Override
            public String integer(Expression.IntegerLiteral e) {
                return String.valueOf(e.value());
            }

            @Override
            public String real(Expression.RealLiteral e) {
                return String.valueOf(e.value());
            }

            @Override
            public String text(Expression.TextLiteral e) {
                return "\"" + e.value() + "\"";
            }

            @Override
            public String list(Expression.ListLiteral e) {
                return e.elements().stream().map(SourceParserTest::shown).collect(Collectors.joining(" ", "[", "]"));
            }

            @Override
            public String call(Expression.Call e) {
                return e.function().text()
                        + e.arguments().stream()
                                .map(a -> a.name().map(n -> n.text() + "=").orElse("") + shown(a.value()))
                                .collect(Collectors.joining(" ", "<", ">"));
            }

            @Override
            public String index(Expression.Index e) {
                return shown(e.subject()) + "{" + e.subscripts().size() + "}";
            }

            @Override
            public String negation(Expression.Negation e) {
                return "(-" + shown(e.operand()) + ")";
            }

            @Override
            public String binary(Expression.Binary e) {
                return "(" + shown(e.left()) + e.operator().symbol() + shown(e.right()) + ")";
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "a + b * c, (a+(b*c))",
        "a - b - c, ((a-b)-c)",
        "a / b @ c, ((a/b)@c)",
        "-a * b, ((-a)*b)",
        "-a ^ 2, (-(a^2))",
        "a ^ b ^ c, (a^(b^c))",
        "a ** -b, (a^(-b))",
        "a * -b, (a*(-b))",
        "(a + b) * c, ((a+b)*c)",
        "-a[0] ^ 2, (-(a{1}^2))",
        "'f(a, b = 2,)[1:2, ::3]', 'f<a b=2>{2}'",
        "'[[1, 2], [3, 4],]', '[[1 2] [3 4]]'",
        "1_000 + 1.5e-3, (1000+0.0015)",
        "a.b.1 - c, (a.b.1-c)"
    })
    void bindsOperatorsAsTheManualSays(String text, String structure) {
        assertThat(shown(expression(text))).isEqualTo(structure);
    }

    @Test
    void needsNoLineEnds() {
        assertThat(parse("a = b c = -d; e, f = g(h)\nfor i in 1..2{x=i}return x"))
                .extracting(s -> s.getClass().getSimpleName())
                .containsExactly("Definition", "Definition", "Definition", "For", "Return");
        assertThat(parse("a = b\n- c")).hasSize(1);
    }

    @Test
    void skipsCommentsAndByteOrderMarks() {
        assertThat(parse("\uFEFFa = b // c = d\n/* e = f\n * / ** */ g = h //")).hasSize(2);
    }

    @Test
    void keepsThePlaceOfEveryPart() {
        Statement.Definition definition =
                (Statement.Definition) parse("\n  名 = relu(x,\n   y)").get(0);

        assertThat(definition.span()).isEqualTo(new SourceSpan("m.dlift", 2, 3, 3, 6));
        assertThat(definition.names().get(0).span()).isEqualTo(new SourceSpan("m.dlift", 2, 3, 2, 4));
        Expression.Call call = (Expression.Call) definition.value();
        assertThat(call.arguments().get(1).value().span()).isEqualTo(new SourceSpan("m.dlift", 3, 4, 3, 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\\\"b\" | a\"b",
                "\"a\\\\b\" | a\\b",
                "\"\\u{41}\\u0042\\u{1F600}\" | AB\uD83D\uDE00",
                "\"a'b\" | a'b"
            },
            quoteCharacter = '`')
    void resolvesEscapes(String literal, String value) {
        assertThat(((Expression.TextLiteral) expression(literal)).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model M { input x: float[2] output y = x }",
                "explain = 3 model = explain output = model function = 2 activation = 1 import = 0",
                "input weights: float weights output = \"f\" output input = weights",
                "model M { explain { at a.b; target [0, 1] target 0, 1 reference = zeros rule a.b = x } }"
            })
    void accepts(String text) {
        assertThat(parse(text)).isNotEmpty();
    }

    @Test
    void reportsTheErrorsOfAllStatementsInOrder() {
        assertThatThrownBy(() -> parse("a = (b\nc = d +\n\ne = [1, 2\nf = g(h i)\nj = 1"))
                .isInstanceOfSatisfying(
                        DiagnosticException.class,
                        e -> assertThat(e.diagnostics())
                                .extracting(d -> d.span().line() + " " + d.message())
                                .containsExactly(
                                        "2 expected ')' to close '(', but found 'c'",
                                        "2 a value is missing after '+'",
                                        "5 expected ')' to close the call of 'g', but found 'i'"));
    }
}
