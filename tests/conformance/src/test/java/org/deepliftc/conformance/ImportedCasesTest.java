package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every expected contribution again, the models read from their ONNX files. */
final class ImportedCasesTest {

    @TestFactory
    Stream<DynamicNode> theJointGraphInterpreted() {
        return ConformanceTest.replay(new DerivedRun(), ConformanceCase.imported(), true);
    }

    @TestFactory
    Stream<DynamicNode> compiledInFloat() {
        CaseRun run = new CompiledRun(CompileOptions.Precision.FLOAT, CodeShape.AUTO);
        return ConformanceTest.replay(run, ConformanceCase.imported(), false);
    }

    @TestFactory
    Stream<DynamicNode> inputsAndOutputsKeepTheirNames() {
        return ConformanceCase.imported().stream()
                .map(each -> dynamicTest(each.name(), () -> {
                    Model model = Compiler.read(each.model());
                    List<String> names = model.inputs().stream()
                            .map(Model.InputDeclaration::name)
                            .toList();
                    assertThat(names).containsExactlyElementsOf(each.inputs());
                }));
    }

    @Test
    void someCasesHaveNothingButTheirOnnxFile() {
        assertThat(ConformanceCase.imported())
                .hasSizeGreaterThan(ConformanceCase.all().size());
    }
}
