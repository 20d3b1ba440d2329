package org.deepliftc.compiler.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.Imported;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file may look like, and what is said of those that may not. */
class OnnxImporterTest {
    private static final List<String> X = List.of("x");
    private static final List<String> Y = List.of("y");

    @TempDir
    Path folder;

    private static OnnxModel model() {
        return new OnnxModel(13, 1);
    }

    private static OnnxModel dense() {
        return model().input("x", 3)
                .weight("w", 3, 2)
                .weight("b", 2)
                .node("Gemm", List.of("x", "w", "b"), Y)
                .output("y");
    }

    private Model read(OnnxModel model) {
        return read(model, ImportOptions.DEFAULT).model();
    }

    private Imported read(OnnxModel model, ImportOptions options) {
        return OnnxImporter.read(model.write(folder.resolve("m.onnx")), options);
    }

    private List<Diagnostic> problems(OnnxModel model) {
        return problems(model, ImportOptions.DEFAULT);
    }

    private List<Diagnostic> problems(OnnxModel model, ImportOptions options) {
        DiagnosticException e = catchThrowableOfType(DiagnosticException.class, () -> read(model, options));
        assertThat(e).as("the model is refused").isNotNull();
        assertThat(e.diagnostics()).allSatisfy(d -> {
            assertThat(d.span().file()).endsWith("m.onnx");
            assertThat(d.id()).startsWith("IMPORT");
        });
        return e.diagnostics();
    }

    private static ImportOptions batchAxis(OptionalInt axis) {
        return new ImportOptions(Map.of("*", axis), Map.of());
    }

    // ---- files --------------------------------------------------------------------------------------------------

    @Test
    void everyTruncationOfAFileIsAMessageForAPerson() throws IOException {
        byte[] whole = dense().bytes();
        Path file = folder.resolve("m.onnx");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            DiagnosticException e = catchThrowableOfType(
                    DiagnosticException.class, () -> OnnxImporter.read(file, ImportOptions.DEFAULT));
            // a cut between two fields can leave a model without its version or its last field
            if (e != null) {
                assertThat(e.diagnostics()).isNotEmpty();
            }
        }
    }

    @Test
    void flippedBytesNeverEndInAnythingButAMessage() throws IOException {
        byte[] whole = dense().bytes();
        Path file = folder.resolve("m.onnx");
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i <= round % 4; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, broken);
            try {
                OnnxImporter.read(file, ImportOptions.DEFAULT);
            } catch (DiagnosticException e) {
                assertThat(e.diagnostics()).isNotEmpty();
            }
        }
    }

    @Test
    void claimedExtentsWithoutBytesAllocateNothing() {
        ProtobufMessage huge = new ProtobufMessage()
                .integers(1, List.of(1 << 20, 1 << 20))
                .integer(2, 1)
                .text(8, "w");
        assertThat(problems(model().input("x", 3)
                        .initializer(huge)
                        .node("MatMul", List.of("x", "w"), Y)
                        .output("y")))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("'w'", "2^31"));

        ProtobufMessage large = new ProtobufMessage()
                .integers(1, List.of(1 << 14, 1 << 14))
                .integer(2, 1)
                .text(8, "w");
        assertThat(problems(model().input("x", 3)
                        .initializer(large)
                        .node("MatMul", List.of("x", "w"), Y)
                        .output("y")))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("MatMul 'node_y'", "'w' holds 0 values"));
    }

    private static ProtobufMessage external(String location, String... entries) {
        ProtobufMessage tensor = new ProtobufMessage()
                .integers(1, List.of(3, 2))
                .integer(2, 1)
                .text(8, "w")
                .integer(14, 1)
                .message(13, new ProtobufMessage().text(1, "location").text(2, location));
        for (int i = 0; i < entries.length; i += 2) {
            tensor.message(13, new ProtobufMessage().text(1, entries[i]).text(2, entries[i + 1]));
        }
        return tensor;
    }

    private static OnnxModel reading(ProtobufMessage tensor) {
        return model().input("x", 3)
                .initializer(tensor)
                .node("MatMul", List.of("x", "w"), Y)
                .output("y");
    }

    @Test
    void weightsMayLieInAFileBesideTheModel() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + 24).order(ByteOrder.LITTLE_ENDIAN).putLong(0);
        for (int i = 0; i < 6; i++) {
            bytes.putFloat(i);
        }
        Files.write(folder.resolve("w.bin"), bytes.array());

        Model model = read(reading(external("w.bin", "offset", "8", "length", "24")));

        Node weight = model.graph().nodes().stream()
                .filter(Node::isConstant)
                .findFirst()
                .orElseThrow();
        assertThat(weight.constant().toArray()).containsExactly(0, 2, 4, 1, 3, 5);
    }

    @Test
    void noFileOutsideTheModelsFolderIsOpened() throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[24]);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        for (String location :
                List.of("../secret.bin", folder.resolve("secret.bin").toString())) {
            Path file = reading(external(location)).write(inner.resolve("m.onnx"));
            DiagnosticException e = catchThrowableOfType(
                    DiagnosticException.class, () -> OnnxImporter.read(file, ImportOptions.DEFAULT));
            assertThat(e).hasMessageContaining("outside the model's folder");
        }
        Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("secret.bin"));
        Path file = reading(external("link.bin")).write(inner.resolve("m.onnx"));
        assertThat(catchThrowableOfType(
                        DiagnosticException.class, () -> OnnxImporter.read(file, ImportOptions.DEFAULT)))
                .hasMessageContaining("outside the model's folder");
    }

    @Test
    void externalFilesMustHoldWhatTheyAreSaidToHold() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[10]);

        assertThat(problems(reading(external("w.bin"))).get(0).message()).contains("MatMul", "'w'", "10 bytes");
        assertThat(problems(reading(external("none.bin"))).get(0).message()).contains("none.bin");
        assertThat(problems(reading(external("w.bin", "offset", "-4"))).get(0).message())
                .contains("offset");
    }

    @Test
    void typedFieldsAndHalfFloatsAreRead() {
        ProtobufMessage half = new ProtobufMessage()
                .integers(1, List.of(2))
                .integer(2, 10)
                .text(8, "w")
                .integers(5, List.of(0x3c00, 0xc000));
        Model model = read(model().input("x", 2)
                .initializer(half)
                .node("Mul", List.of("x", "w"), Y)
                .output("y"));

        Node weight = model.graph().nodes().stream()
                .filter(Node::isConstant)
                .findFirst()
                .orElseThrow();
        assertThat(weight.constant().toArray()).containsExactly(1, -2);
    }

    @Test
    void initialisersListedAsInputsAreNoInputs() {
        OnnxModel model = dense().declared("w", 1, List.of(3, 2));

        assertThat(read(model).inputs())
                .extracting(Model.InputDeclaration::name)
                .containsExactly("x");
    }

    // ---- operators ----------------------------------------------------------------------------------------------

    @Test
    void operatorsWithoutATranslationAreReportedTogether() {
        List<Diagnostic> problems = problems(model().input("x", 3)
                .node("Sin", X, List.of("a"))
                .node("Det", List.of("a"), List.of("b"))
                .node("Det", List.of("b"), Y)
                .output("y"));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).contains("Det", "'node_b'", "'node_y'");
        assertThat(problems.get(0).hint().orElseThrow()).contains("Gemm", "Conv");
    }

    @Test
    void independentProblemsAreReportedTogether() {
        List<Diagnostic> problems = problems(model().input("x", 3)
                .input("z", 4)
                .node("Floor", X, List.of("a"))
                .node("ReduceSum", List.of("z"), List.of("b"), whole("keepdims", 0))
                .node("Add", List.of("a", "b"), Y)
                .output("y"));

        assertThat(problems).extracting(Diagnostic::id).containsExactly("IMPORT006", "IMPORT004");
        assertThat(problems.get(0).message()).contains("Floor 'node_a'");
        assertThat(problems.get(1).message()).contains("ReduceSum 'node_b'", "axis of the examples");
    }

    @Test
    void opsetsThatAreNotKnownAreRefused() {
        assertThat(problems(new OnnxModel(99, 1)
                                .input("x", 3)
                                .node("Relu", X, Y)
                                .output("y"))
                        .get(0)
                        .message())
                .contains("opset 99", "6 to");
    }

    @Test
    void labelsAreLeftOutWithAWarning() {
        OnnxModel model = model().input("x", 3)
                .node("Softmax", X, Y)
                .node("ArgMax", Y, List.of("label"))
                .output("y");
        Imported imported = read(model.integerOutput("label"), ImportOptions.DEFAULT);

        assertThat(imported.model().graph().outputs()).containsOnlyKeys("y");
        assertThat(imported.warnings())
                .singleElement()
                .satisfies(w -> assertThat(w.message()).contains("'label'"));
    }

    @Test
    void tensorNamesAreKeptAlsoOfWhatIsNoNode() {
        Model model = read(model().input("x", 3, 1)
                .node("Relu", X, List.of("/a/Relu_output_0"))
                .node("Identity", List.of("/a/Relu_output_0"), List.of("same"))
                .node("Flatten", List.of("same"), Y)
                .output("y"));

        assertThat(model.graph().nodes()).extracting(Node::name).containsExactly("x", "/a/Relu_output_0", "y");
        assertThat(model.aliases().get("same").name()).isEqualTo("/a/Relu_output_0");
        assertThat(model.aliases().get("node_/a/Relu_output_0").name()).isEqualTo("/a/Relu_output_0");
    }

    // ---- the axis of the examples -------------------------------------------------------------------------------

    @Test
    void theOpenAxisIsThatOfTheExamples() {
        Model model = read(model().declared("x", 1, List.of(5, "batch", 3))
                .node("Relu", X, Y)
                .output("y"));

        assertThat(model.inputs().get(0).shape()).isEqualTo(Shape.of(5, 3));
    }

    @Test
    void aFixedNumberOfExamplesIsTakenOut() {
        Model model = read(model().declared("x", 1, List.of(1, 3, 4))
                .integers("s", 1, 12)
                .node("Reshape", List.of("x", "s"), Y)
                .output("y"));

        assertThat(model.graph().outputs().get("y").shape()).isEqualTo(Shape.of(12));
    }

    @Test
    void flattenedExamplesStayApart() {
        Model model = read(model().input("x", 5, 3)
                .integers("rows", -1, 3)
                .integers("back", -1, 5, 2)
                .weight("w", 3, 2)
                .node("Reshape", List.of("x", "rows"), List.of("flat"))
                .node("MatMul", List.of("flat", "w"), List.of("m"))
                .node("Reshape", List.of("m", "back"), Y)
                .output("y"));

        assertThat(model.graph().nodes())
                .extracting(n -> n.op().getClass().getSimpleName())
                .containsExactly("Input", "Constant", "Dense");
        assertThat(model.graph().outputs().get("y").shape()).isEqualTo(Shape.of(5, 2));
    }

    @Test
    void whatMixesExamplesIsRefusedByName() {
        for (OnnxModel mixing : List.of(
                model().input("x", 3).node("Softmax", X, Y, whole("axis", 0)),
                model().input("x", 3).integers("s", 3, -1).node("Reshape", List.of("x", "s"), Y),
                model().input("x", 3).node("Transpose", X, List.of("t")).node("MatMul", List.of("x", "t"), Y),
                model().input("x", 3).node("Concat", List.of("x", "x"), Y, whole("axis", 0)),
                model().input("x", 3).integer("i", 0).node("Gather", List.of("x", "i"), Y),
                model().input("x", 3).node("Einsum", X, Y, text("equation", "ni->i")))) {
            assertThat(problems(mixing.output("y"))).singleElement().satisfies(d -> {
                assertThat(d.id()).isEqualTo("IMPORT004");
                assertThat(d.message()).contains("'node_y'");
            });
        }
    }

    @Test
    void theNumberOfExamplesMustNotReachTheResult() {
        List<Diagnostic> problems = problems(model().input("x", 3)
                .node("Shape", X, List.of("s"))
                .integer("zero", 0)
                .node("Gather", List.of("s", "zero"), List.of("n"))
                .node("Cast", List.of("n"), List.of("r"), whole("to", 1))
                .node("Div", List.of("x", "r"), Y)
                .output("y"));

        assertThat(problems.get(0).message()).contains("'y'", "number of examples");
    }

    @Test
    void aModelOfOneExampleHasNoBatchAxis() {
        OnnxModel model = model().declared("x", 1, List.of(4, 3))
                .node("Softmax", X, Y, whole("axis", 0))
                .output("y");

        assertThat(problems(model).get(0).id()).isEqualTo("IMPORT004");
        assertThat(read(model, batchAxis(OptionalInt.empty()))
                        .model()
                        .inputs()
                        .get(0)
                        .shape())
                .isEqualTo(Shape.of(4, 3));
        assertThat(read(model, batchAxis(OptionalInt.of(1)))
                        .model()
                        .inputs()
                        .get(0)
                        .shape())
                .isEqualTo(Shape.of(4));
    }

    @Test
    void openExtentsAreAskedForAndGiven() {
        OnnxModel model = model().declared("x", 1, List.of("N", 3, "length"))
                .node("Relu", X, Y)
                .output("y");

        assertThat(problems(model).get(0).hint().orElseThrow()).contains("--shape x=N,3,");
        ImportOptions given =
                new ImportOptions(Map.of(), Map.of("x", List.of(Optional.empty(), Optional.empty(), Optional.of(20))));
        assertThat(read(model, given).model().inputs().get(0).shape()).isEqualTo(Shape.of(3, 20));
    }

    @Test
    void shapeSubgraphsAreFolded() {
        OnnxModel model = model().input("x", 4, 6)
                .node("Shape", X, List.of("s"))
                .integers("zero", 0)
                .integers("two", 2)
                .integers("h", 3)
                .node("Gather", List.of("s", "zero"), List.of("n"))
                .node("Gather", List.of("s", "two"), List.of("c"))
                .node("Div", List.of("c", "h"), List.of("d"))
                .integers("minus", -1)
                .node("Concat", List.of("n", "minus", "h", "d"), List.of("to"), whole("axis", 0))
                .node("Reshape", List.of("x", "to"), List.of("r"))
                .node("Transpose", List.of("r"), Y, ints("perm", 0, 2, 1, 3))
                .output("y");

        assertThat(read(model).graph().outputs().get("y").shape()).isEqualTo(Shape.of(3, 4, 2));
    }

    @Test
    void theSameFileGivesTheSameGraph() {
        Model first = read(dense());
        Model second = read(dense());

        assertThat(GraphDigest.of(first.graph())).isEqualTo(GraphDigest.of(second.graph()));
        assertThat(first.sourceDigest()).isEqualTo(second.sourceDigest());
        assertThat(first.graph().nodes()).noneMatch(node -> node.op() instanceof Op.Reshape);
    }
}
