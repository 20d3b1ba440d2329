package org.deepliftc.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each layer of the language becomes in the graph. */
class LayersTest {
    @TempDir
    Path folder;

    private Model model(String inputs, String expression, String weights) {
        return new Models(folder)
                .file("w", weights)
                .read("model Toy {\n weights \"w\"\n " + inputs + "\n output y = " + expression + "\n}\n");
    }

    private Node output(String inputs, String expression, String weights) {
        return model(inputs, expression, weights).graph().outputs().get("y");
    }

    private Node output(String inputs, String expression) {
        return output(inputs, expression, "none [1]");
    }

    private static Window window(
            List<Integer> size,
            List<Integer> stride,
            List<Integer> dilation,
            List<Integer> before,
            List<Integer> after) {
        return new Window(size, stride, dilation, before, after);
    }

    /**
     * Expected, worked out by hand from ONNX's definition of SAME_UPPER and SAME_LOWER: ceil(extent / stride) outputs,
     * the odd position behind or in front.
     */
    @ParameterizedTest
    @CsvSource({
        "10, 3, 1, 1, same, 1, 1",
        "10, 4, 1, 1, same, 1, 2",
        "10, 4, 1, 1, same_lower, 2, 1",
        "10, 3, 2, 1, same, 0, 1",
        "10, 3, 2, 1, same_lower, 1, 0",
        "10, 3, 1, 2, same, 2, 2",
        "10, 2, 5, 1, same, 0, 0",
        "10, 3, 1, 1, valid, 0, 0",
        "10, 3, 1, 1, 2, 2, 2",
        "10, 3, 1, 1, '[1, 2]', 1, 2"
    })
    void padsConvolutions(int extent, int width, int stride, int dilation, String padding, int before, int after) {
        Node y = output(
                "input x: float[2, " + extent + "]",
                "conv1d(x, width = " + width + ", stride = " + stride + ", dilation = " + dilation + ", padding = "
                        + padding + ")",
                "y.weight [3, 2, " + width + "]");

        assertThat(y.op())
                .isEqualTo(new Op.Convolution(
                        window(List.of(width), List.of(stride), List.of(dilation), List.of(before), List.of(after)),
                        1));
        if (padding.startsWith("same")) {
            assertThat(y.shape()).isEqualTo(Shape.of(3, (extent + stride - 1) / stride));
        }
    }

    /**
     * Expected, worked out by hand from PyTorch's definition of ceil_mode: windows that would begin in the padding
     * behind are ignored.
     */
    @ParameterizedTest
    @CsvSource({
        "5, 2, 2, 0, 3",
        "6, 2, 2, 0, 3",
        "7, 3, 2, 0, 3",
        "8, 3, 2, 0, 4",
        "5, 2, 3, 1, 2",
        "6, 2, 3, 1, 3",
        "4, 2, 3, 1, 2",
        "3, 3, 3, 1, 2"
    })
    void roundsUpOnlyToWindowsThatBeginInside(int extent, int width, int stride, int padding, int expected) {
        String arguments = "width = " + width + ", stride = " + stride + ", padding = " + padding + ", ceil = true)";
        Node max = output("input x: float[1, " + extent + "]", "maxpool1d(x, " + arguments);
        Node average = output("input x: float[1, " + extent + "]", "avgpool1d(x, " + arguments);

        assertThat(max.shape()).isEqualTo(Shape.of(1, expected));
        assertThat(average.shape()).isEqualTo(Shape.of(1, expected));
    }

    @Test
    void countsDeclaredPaddingButNeverWhatRoundingUpAdds() {
        Node y = output(
                "input x: float[1, 6]", "avgpool1d(x, width = 3, padding = 1, ceil = true, count_padding = true)");

        Op.AveragePool pool = (Op.AveragePool) y.op();
        assertThat(pool.countPadding()).isFalse();
        assertThat(y.input(0).op()).isEqualTo(new Op.Embed(List.of(0, 1), List.of(1, 1), Shape.of(1, 8), 0));
        assertThat(pool.window().padAfter()).containsExactly(1);
        assertThat(y.shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void convolvesImagesInGroups() {
        Node y = output(
                "input x: float[4, 6, 7]",
                "conv2d(x, filters = 6, size = [3, 2], stride = 2, groups = 2, padding = [[1, 0], [0, 1]])",
                "y.weight [6, 2, 3, 2]\ny.bias [6]");

        assertThat(y.op())
                .isEqualTo(new Op.Convolution(
                        window(List.of(3, 2), List.of(2, 2), List.of(1, 1), List.of(1, 0), List.of(0, 1)), 2));
        assertThat(y.inputs()).extracting(Node::name).containsExactly("x", "y.weight", "y.bias");
        assertThat(y.shape()).isEqualTo(Shape.of(6, 3, 4));
    }

    @Test
    void leavesOutABiasThatIsMissingOrOff() {
        assertThat(output("input x: float[3]", "dense(x)", "y.weight [2, 3]").inputs())
                .hasSize(2);
        assertThat(output("input x: float[3]", "dense(x, bias = false)", "y.weight [2, 3]\ny.bias [2]")
                        .inputs())
                .hasSize(2);
        assertThat(output("input x: float[3]", "dense(x)", "y.weight [2, 3]\ny.bias [2]")
                        .inputs())
                .hasSize(3);
    }

    @Test
    void readsInlineWeights() {
        Node y = output("input x: float[2]", "dense(x, weights = [[1, 2]], bias = [3])");

        assertThat(y.input(1).constant().toArray()).containsExactly(1, 2);
        assertThat(y.input(1).shape()).isEqualTo(Shape.of(1, 2));
        assertThat(y.input(2).constant().toArray()).containsExactly(3);
    }

    @Test
    void sharesTheNodeOfATensorUsedTwice() {
        Model model = model(
                "input a: float[3]\n input b: float[3]",
                "dense(a, weights = \"fc\") + dense(b, weights = \"fc\") * tensor(\"fc.bias\")",
                "fc.weight [2, 3]\nfc.bias [2]");

        assertThat(model.graph().nodes().stream().filter(Node::isConstant)).hasSize(2);
    }

    @Test
    void reachesATensorThroughTheAliasOfItsFile() {
        Model model = new Models(folder)
                .file("one", "fc.weight [2, 3] = 1")
                .file("two", "fc.weight [2, 3] = 2")
                .read("model Toy { weights a = \"one\" weights b = \"two\" input x: float[3]"
                        + " output y = dense(x, weights = \"b:fc\") }");

        assertThat(model.graph().outputs().get("y").input(1).constant().isAll(2))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'[4]', 'float[4, 6]', '[4, 1]'",
        "'[4]', 'float[4, 6, 6]', '[4, 1, 1]'",
        "'[4]', 'float[4, 4]', '[4, 1]'",
        "'[1]', 'float[4, 6]', '[1]'",
        "'[6]', 'float[4, 6]', '[6]'",
        "'[4, 6]', 'float[4, 6]', '[4, 6]'",
        "'[4]', 'float[4]', '[4]'"
    })
    void givesASlopeOfChannelsToChannels(String slope, String type, String expected) {
        Node y = output("input x: " + type, "prelu(x, slope = \"s\")", "s " + slope);

        assertThat(y.input(1).shape().toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"y", "y.weight", "y.slope"})
    void findsASlopeByAnyOfItsNames(String name) {
        assertThat(output("input x: float[4]", "prelu(x)", name + " [4]").inputs())
                .hasSize(2);
    }

    @Test
    void keepsTheSlopeOfADefinitionApartFromItsWeight() {
        Node y = output("input x: float[3]", "prelu(dense(x))", "y.weight [2, 3]\ny.prelu.weight [2]");

        assertThat(y.input(1).name()).isEqualTo("y.prelu.weight");
    }

    @Test
    void normalisesByTheNamesOfPyTorchAndKeras() {
        Node torch = output(
                "input x: float[2, 5]",
                "batchnorm(x)",
                "y.weight [2]\ny.bias [2]\ny.running_mean [2]\ny.running_var [2]");
        Node keras = output(
                "input x: float[2, 5]",
                "batchnorm(x, epsilon = 0.001)",
                "y.gamma [2]\ny.beta [2]\ny.moving_mean [2]\ny.moving_variance [2]");
        Node bare = output("input x: float[2, 5]", "batchnorm(x)", "y.running_mean [2]\ny.running_var [2]");

        assertThat(torch.op()).isEqualTo(new Op.BatchNorm(1e-5));
        assertThat(keras.op()).isEqualTo(new Op.BatchNorm(0.001));
        assertThat(keras.inputs())
                .extracting(Node::name)
                .containsExactly("x", "y.gamma", "y.beta", "y.moving_mean", "y.moving_variance");
        assertThat(bare.input(1).constant().isAll(1)).isTrue();
        assertThat(bare.input(2).constant().isAll(0)).isTrue();
    }

    /** Expected: numpy's indexing of an array of shape (4, 10). */
    @ParameterizedTest
    @CsvSource({
        "'0:10:2', '0', '1', '4', '0', '2', '2'",
        "':, 0:10:2', '0', '1', '4', '0', '2', '5'",
        "'1:-1, ::-1', '1', '1', '2', '9', '-1', '10'",
        "'::-2, 8:2:-3', '3', '-2', '2', '8', '-3', '2'",
        "'-2:, -100:100', '2', '1', '2', '0', '1', '10'",
        "':, 5::-1', '0', '1', '4', '5', '-1', '6'"
    })
    void slicesAsNumpyDoes(String index, int start0, int step0, int extent0, int start1, int step1, int extent1) {
        Node y = output("input x: float[4, 10]", "x[" + index + "]");
        boolean onlyRows = index.equals("0:10:2");

        assertThat(y.op())
                .isEqualTo(
                        onlyRows
                                ? new Op.Slice(List.of(0, 0), List.of(2, 1), Shape.of(2, 10))
                                : new Op.Slice(
                                        List.of(start0, start1), List.of(step0, step1), Shape.of(extent0, extent1)));
    }

    @Test
    void dropsTheAxisOfASinglePosition() {
        Node y = output("input x: float[4, 10]", "x[-1, 2:4]");

        assertThat(y.shape()).isEqualTo(Shape.of(2));
        assertThat(y.op()).isEqualTo(new Op.Reshape(Shape.of(2)));
        assertThat(y.input(0).op()).isEqualTo(new Op.Slice(List.of(3, 2), List.of(1, 1), Shape.of(1, 2)));
        assertThat(output("input x: float[4, 10]", "x[:, :]").op()).isInstanceOf(Op.Input.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a @ b, '[2, 4]'",
        "a @ v, '[2]'",
        "u @ a, '[3]'",
        "v @ v, '[]'",
        "c @ b, '[5, 2, 4]'",
        "u @ c, '[5, 3]'"
    })
    void multipliesMatricesAndVectors(String product, String shape) {
        Node y = output(
                "input a: float[2, 3]\n input b: float[3, 4]\n input c: float[5, 2, 3]\n input v: float[3]\n input u: float[2]",
                product);

        assertThat(y.shape().toString()).isEqualTo(shape);
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void callsEveryActivationByItsSpelling(Activation.Kind kind) {
        Node y = output("input x: float[3]", kind.spelling() + "(x)", "y.weight [3]");

        assertThat(((Op.Elementwise) y.op()).activation()).isEqualTo(Activation.of(kind));
    }

    @Test
    void givesActivationsTheirAlpha() {
        Node y = output("input x: float[3]", "leaky_relu(x, alpha = 1 / 4)");

        assertThat(((Op.Elementwise) y.op()).activation()).isEqualTo(Activation.of(Activation.Kind.LEAKY_RELU, 0.25));
    }

    @ParameterizedTest
    @CsvSource({
        "flatten(x), '[24]'",
        "'reshape(x, [2, -1])', '[2, 12]'",
        "'reshape(x, -1)', '[24]'",
        "transpose(x), '[4, 3, 2]'",
        "'transpose(x, [0, -1, 1])', '[2, 4, 3]'",
        "'concat(x, x, axis = -1)', '[2, 3, 8]'",
        "'pad(x, before = [0, 1, 0], after = [0, 0, 2], value = 1)', '[2, 4, 6]'",
        "'sum(x, axis = [0, -1])', '[3]'",
        "'mean(x, axis = 1, keepdims = true)', '[2, 1, 4]'",
        "sum(x), '[]'",
        "globalmaxpool(x), '[2]'",
        "'globalmaxpool(x, keepdims = true)', '[2, 1, 1]'",
        "globalavgpool(x), '[2]'",
        "softmax(x), '[2, 3, 4]'",
        "'maximum(x, 0, [1, 2, 3, 4])', '[2, 3, 4]'",
        "'minimum(x, 6)', '[2, 3, 4]'",
        "'maxpool2d(x, size = 2)', '[2, 1, 2]'",
        "'avgpool2d(x, size = [3, 2], stride = 1)', '[2, 1, 3]'",
        "'x / 2 - [[1], [2], [3]]', '[2, 3, 4]'",
        "'-x * extent(x, axis = 1)', '[2, 3, 4]'"
    })
    void infersShapes(String expression, String shape) {
        assertThat(output("input x: float[2, 3, 4]", expression).shape().toString())
                .isEqualTo(shape);
    }

    @Test
    void runsOverVolumes() {
        assertThat(output("input x: float[1, 4, 4, 4]", "maxpool3d(x, size = 2)")
                        .shape())
                .isEqualTo(Shape.of(1, 2, 2, 2));
    }

    @Test
    void writesFigureOneOfThePaperInTenLines() {
        Model model = new Models(folder).read("""
                        model Figure1 {
                          input x: float[2]
                          y = relu(dense(x, weights = [[1, 2]], bias = [2]))
                          output o = 0.1 + 0.2 * y
                          explain o {
                            at output
                            reference x = zeros
                          }
                        }
                        """);

        assertThat(Models.listing(model)).isEqualTo("""
                        x: Input [2]
                        y.dense: Dense [1] <- x[2], y.dense.weight[1, 2], y.dense.bias[1]
                        y: relu [1] <- y.dense[1]
                        o.multiply: multiply [1] <- o.multiply.constant[], y[1]
                        o: add [1] <- o.constant[], o.multiply[1]
                        """);
    }
}
