package org.deepliftc.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions, loops, compile-time arithmetic, activations and imports. */
class FunctionsAndLoopsTest {
    @TempDir
    Path folder;

    @Test
    void expandsBlocksInALoop() {
        Model model = new Models(folder)
                .file("w", "block1.conv.weight [4, 4, 3]\nblock2.conv.weight [4, 4, 3]")
                .read("""
                        function residual(x, filters, name) {
                          y = relu(conv1d(x, filters = filters, width = 3, padding = same, weights = name + ".conv"))
                          return x + y
                        }
                        model Residual {
                          input x: float[4, 9]
                          weights "w"
                          for i in 1..2 { x = residual(x, 4, "block" + i) }
                          output y = x
                        }
                        """);

        assertThat(Models.listing(model)).isEqualTo("""
                        x: Input [4, 9]
                        x.1.y.conv1d: Convolution [4, 9] <- x[4, 9], block1.conv.weight[4, 4, 3]
                        x.1.y: relu [4, 9] <- x.1.y.conv1d[4, 9]
                        x.1: add [4, 9] <- x[4, 9], x.1.y[4, 9]
                        x.2.y.conv1d: Convolution [4, 9] <- x.1[4, 9], block2.conv.weight[4, 4, 3]
                        x.2.y: relu [4, 9] <- x.2.y.conv1d[4, 9]
                        x.2: add [4, 9] <- x.1[4, 9], x.2.y[4, 9]
                        """);
    }

    @Test
    void findsWeightsByTheFullNameOfADefinition() {
        Model model = new Models(folder)
                .file("w", "h.fc.weight [3, 3]\nx.1.weight [3, 3]")
                .read("""
                        model Names {
                          input x: float[3]
                          weights "w"
                          for i in 1..1 { x = dense(x) }
                          h = block(x)
                          output y = relu(h)
                          function block(x) { fc = dense(x) return tanh(fc) }
                        }
                        """);

        assertThat(Models.node(model, "x.1").input(1).name()).isEqualTo("x.1.weight");
        assertThat(Models.node(model, "h.fc").input(1).name()).isEqualTo("h.fc.weight");
    }

    @Test
    void returnsSeveralValues() {
        Model model = new Models(folder)
                .read("function halves(x) { return x[:2], tanh(x[2:]) }"
                        + " model M { input x: float[4] a, b = halves(x) output a output b }");

        assertThat(model.graph().outputs().get("a").name()).isEqualTo("a");
        assertThat(model.graph().outputs().get("b").name()).isEqualTo("b");
        assertThat(Models.node(model, "b").op()).isInstanceOf(Op.Elementwise.class);
    }

    @Test
    void givesEveryNodeANameOfItsOwn() {
        Model model = new Models(folder)
                .read("function f(x) { x = relu(x) x = relu(relu(x)) return relu(x) }"
                        + " model M { input x: float[4] output y = f(f(x) + f(x)) - 1 - 1 }");

        assertThat(model.graph().nodes()).extracting(Node::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "2 + 3 * 4, 14",
        "2 ^ 3 ^ 2, 512",
        "2 ** 10, 1024",
        "-2 ^ 2, -4",
        "2 ^ -1, 0.5",
        "7 / 2, 3.5",
        "8 / 2 / 2, 2",
        "10 - 3 - 2, 5",
        "'[10, 20, 30][-1]', 30",
        "1_000 * 1.5e-1, 150",
        "(1 + 2) * 3, 9"
    })
    void calculatesWhenCompiling(String expression, double value) {
        Model model = new Models(folder).read("model M { input x: float[2] n = " + expression + " output y = x * n }");

        assertThat(Models.node(model, "y").input(1).constant().at(0)).isCloseTo(value, within(1e-12));
    }

    @Test
    void keepsNamesOfALoopInsideIt() {
        assertThat(new Models(folder)
                        .errors("model M { input x: float[2] for i in 1..2 { h = relu(x) } output y = h * i }"))
                .containsExactly("NAME001 there is no 'h' here", "NAME001 there is no 'i' here");
    }

    @Test
    void definesActivations() {
        Model model = new Models(folder).read("""
                        activation softplus2(t) = log(1 + exp(t))
                        activation mish(x) = x * tanh(softplus2(x))
                        model M { input x: float[2] output y = mish(x) }
                        """);

        Activation activation = ((Op.Elementwise) Models.node(model, "y").op()).activation();
        assertThat(activation.name()).isEqualTo("mish");
        assertThat(((Activation.UserDefined) activation).body()).hasToString("(x * tanh(log((1.0 + exp(x)))))");
    }

    @ParameterizedTest
    @CsvSource({
        "x ^ 2, square(x)",
        "x ^ 3, (x * square(x))",
        "x ^ -1, reciprocal(x)",
        "x ^ 4, square(square(x))",
        "-x, (-1.0 * x)",
        "x * (2 ^ 3), (x * 8.0)",
        "'leaky_relu(x, alpha = 1 / 2)', 'leaky_relu(x, alpha = 0.5)'"
    })
    void writesActivationsAsFunctionsOfOneVariable(String body, String expected) {
        Model model =
                new Models(folder).read("activation f(x) = " + body + " model M { input x: float[2] output y = f(x) }");

        ScalarFunction function = ((Activation.UserDefined)
                        ((Op.Elementwise) Models.node(model, "y").op()).activation())
                .body();
        assertThat(function).hasToString(expected);
    }

    @Test
    void refusesActivationsThatExplode() {
        StringBuilder text = new StringBuilder("activation f0(x) = x * x\n");
        for (int i = 1; i < 40; i++) {
            text.append("activation f")
                    .append(i)
                    .append("(x) = f")
                    .append(i - 1)
                    .append("(f")
                    .append(i - 1)
                    .append("(x))\n");
        }
        text.append("model M { input x: float[2] output y = f39(x) }");

        assertThat(new Models(folder).errors(text.toString()))
                .hasSize(1)
                .allMatch(message -> message.startsWith("LIMIT001 activation 'f"));
    }

    @Test
    void importsFunctionsOfOtherFilesOnce() {
        Models models = new Models(folder)
                .file("lib/base.dlift", "function twice(x) { return x + x }")
                .file("lib/blocks.dlift", "import \"base.dlift\" function four(x) { return twice(twice(x)) }");
        Model model = models.read(
                "import \"lib/base.dlift\" import \"lib/blocks.dlift\" model M { input x: float[2] output y = twice(four(x)) }");
        String digest = model.sourceDigest();

        assertThat(model.graph().nodes().stream().filter(n -> n.op() instanceof Op.Binary))
                .hasSize(3);
        models.file("lib/base.dlift", "function twice(x) { return x * 2 }");
        assertThat(models.read("import \"lib/base.dlift\" import \"lib/blocks.dlift\""
                                + " model M { input x: float[2] output y = twice(four(x)) }")
                        .sourceDigest())
                .isNotEqualTo(digest);
    }

    @Test
    void takesKeywordsOfJavaAndItsOwnAsNames() {
        Model model = new Models(folder)
                .read("model M { input class: float[2] "
                        + "int = relu(class) input = tanh(int) weights = input + 1 output model = weights * 2 }");

        assertThat(model.graph().outputs().keySet()).containsExactly("model");
        assertThat(Models.node(model, "model").op()).isInstanceOf(Op.Binary.class);
    }
}
