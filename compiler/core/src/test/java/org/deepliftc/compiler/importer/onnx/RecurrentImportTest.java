package org.deepliftc.compiler.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.reals;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.texts;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.nio.file.Path;
import java.util.List;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurrences, and the tables in front of them. */
class RecurrentImportTest {
    private static final List<String> X = List.of("x");
    private static final List<String> Y = List.of("y");

    @TempDir
    Path folder;

    private Model read(OnnxModel model) {
        return OnnxImporter.read(model.output("y").write(folder.resolve("m.onnx")), ImportOptions.DEFAULT)
                .model();
    }

    private String problem(OnnxModel model) {
        DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> read(model));
        assertThat(e).as("the model is refused").isNotNull();
        assertThat(e.diagnostics()).hasSize(1);
        return e.diagnostics().get(0).message();
    }

    private static OnnxModel weights(int seed) {
        return new OnnxModel(14, seed)
                .input("x", 5, 3)
                .weight("w", 1, 16, 3)
                .weight("r", 1, 16, 4)
                .weight("b", 1, 32)
                .weight("p", 1, 12)
                .integers("lengths", 4);
    }

    private static OnnxModel lstm(List<String> from, ProtobufMessage... attributes) {
        return weights(1)
                .node("Transpose", X, List.of("t"), ints("perm", 1, 0, 2))
                .node("LSTM", from, Y, attributes);
    }

    @Test
    void theLayoutChangesNothingButWhereTheExamplesLie() {
        List<String> from = List.of("t", "w", "r", "b");
        Model examplesSecond = read(weights(1)
                .node("Transpose", X, List.of("t"), ints("perm", 1, 0, 2))
                .node("LSTM", from, List.of("", "h"))
                .node("Transpose", List.of("h"), Y, ints("perm", 1, 0, 2)));
        Model examplesFirst =
                read(weights(1).node("LSTM", List.of("x", "w", "r", "b"), List.of("", "y"), whole("layout", 1)));

        assertThat(GraphDigest.of(examplesFirst.graph())).isEqualTo(GraphDigest.of(examplesSecond.graph()));
    }

    @Test
    void theDigestTellsRecurrentWeightsApart() {
        List<String> from = List.of("x", "w", "r");
        Model model = read(weights(1).node("LSTM", from, Y, whole("layout", 1)));
        OnnxModel changed =
                new OnnxModel(14, 1).input("x", 5, 3).weight("w", 1, 16, 3).weight("r", 0.5, 1.0, 1, 16, 4);
        Model other = read(changed.node("LSTM", from, Y, whole("layout", 1)));

        assertThat(GraphDigest.of(model.graph())).isNotEqualTo(GraphDigest.of(other.graph()));
    }

    @Test
    void whatHasNoLayerIsRefusedByName() {
        List<String> from = List.of("t", "w", "r", "b");
        assertThat(problem(lstm(from, real("clip", 3)))).contains("LSTM 'node_y'", "clips");
        assertThat(problem(lstm(from, whole("input_forget", 1)))).contains("couples");
        assertThat(problem(lstm(from, texts("activations", "Sigmoid", "Tanh", "Affine"))))
                .contains("Affine");
        assertThat(problem(lstm(from, reals("activation_alpha", 0.5)))).contains("parameters");
        assertThat(problem(lstm(List.of("t", "w", "r", "b", "lengths")))).contains("reads 4 of 5 positions");
        assertThat(problem(lstm(List.of("t", "w", "r", "b", "", "", "", "p")))).contains("peepholes");
        assertThat(problem(weights(1).node("LSTM", List.of("x", "w", "r", "b"), Y)))
                .contains("axis of the examples");
        assertThat(read(lstm(from, text("direction", "forward")))).isNotNull();
    }

    @Test
    void wholeNumbersMayChooseRowsAndNothingElse() {
        Model model = read(new OnnxModel(14, 1)
                .declared("ids", 7, List.of("N", 5))
                .weight("w", 6, 3)
                .node("Gather", List.of("w", "ids"), Y));

        assertThat(model.graph().outputs().get("y").op()).isEqualTo(new Op.LookUp());
        String refused = problem(new OnnxModel(14, 1)
                .declared("ids", 7, List.of("N", 5))
                .weight("w", 6, 3)
                .node("Cast", List.of("ids"), List.of("f"), whole("to", 1))
                .node("Gather", List.of("w", "ids"), List.of("rows"))
                .node("ReduceSum", List.of("rows"), List.of("s"), whole("keepdims", 0))
                .node("Add", List.of("s", "f"), Y));
        assertThat(refused).contains("'ids'");
    }

    @Test
    void theLargestOfSeveralIsOneNode() {
        Model model = read(new OnnxModel(14, 1)
                .input("x", 4)
                .node("Tanh", X, List.of("a"))
                .node("Relu", X, List.of("b"))
                .node("Max", List.of("x", "a", "b"), Y));

        assertThat(model.graph().outputs().get("y").inputs()).hasSize(3);
    }
}
