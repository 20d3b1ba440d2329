package org.deepliftc.conformance.onnx.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deepliftc.conformance.onnx.suite.SuiteRun.Outcome;
import org.deepliftc.conformance.onnx.suite.SuiteRun.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The backend test suite of github.com/onnx/onnx: every model gives the suite's outputs, or is refused with a reason.
 * Runs with {@code -Ddeepliftc.onnxSuite=DIR}, the folder {@code onnx/backend/test/data} of a checkout, and writes
 * {@code target/onnx-suite-SCALAR.md} or, in a JVM with vectors, {@code -VECTOR.md}; {@code -Ddeepliftc.onnxSuite.only=TEXT} keeps the cases whose name contains a text.
 */
final class OnnxSuiteTest {
    private static final String PROPERTY = "deepliftc.onnxSuite";
    private static final Path REPORT = Path.of("target", "onnx-suite-" + SuiteRun.BACKEND + ".md");
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> isRightOrRefused() throws IOException {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(!folder.isEmpty(), "the suite of ONNX runs with -D" + PROPERTY + "=onnx/backend/test/data");
        List<SuiteCase> cases = SuiteCase.all(Path.of(folder));
        assertThat(cases).as("cases below " + folder).isNotEmpty();
        String only = System.getProperty(PROPERTY + ".only", "");
        return cases.stream()
                .filter(each -> each.toString().contains(only))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(SuiteCase of) {
        Outcome outcome = new SuiteRun(of).outcome();
        OUTCOMES.add(outcome);
        assertThat(outcome.verdict()).as(outcome.reason()).isNotEqualTo(Verdict.FAILED);
        assumeTrue(outcome.verdict() == Verdict.PASSED, outcome.reason());
    }

    @AfterAll
    static void report() throws IOException {
        if (!OUTCOMES.isEmpty()) {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, new SuiteReport(OUTCOMES).text());
        }
    }
}
