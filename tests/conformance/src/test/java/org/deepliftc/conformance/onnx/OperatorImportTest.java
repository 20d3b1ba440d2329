package org.deepliftc.conformance.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.importer.onnx.OnnxSupport;
import org.deepliftc.conformance.onnx.OperatorCases.OperatorCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator alone: forward as ONNX Runtime computes it, compiled too, and the same when printed and read. */
final class OperatorImportTest {
    /** Operators that ONNX Runtime does not run, or whose results are no tensors. */
    private static final Set<String> NOT_COMPARED = Set.of("Swish", "ai.onnx.ml.ZipMap");

    @TempDir
    Path folder;

    static List<OperatorCase> cases() {
        return OperatorCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesWhatOnnxRuntimeComputes(OperatorCase each) throws Exception {
        ForwardCheck check = new ForwardCheck(each.model(), folder, each.low(), 1);

        Model model = check.forwardEquals();

        check.compiledEqualsInterpreted(model);
        RoundTrip.comesBack(model, folder);
    }

    @Test
    void noOperatorIsMissed() {
        Set<String> covered = new TreeSet<>(NOT_COMPARED);
        cases().forEach(each -> covered.add(each.operator()));

        assertThat(covered).containsExactlyInAnyOrderElementsOf(OnnxSupport.operators());
    }
}
