package org.deepliftc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.Backend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedWorkTest {
    private static final int MULTIPLY_ADDS = 6;

    @TempDir
    Path folder;

    private Model model;

    @BeforeEach
    void read() throws Exception {
        Path file = Files.writeString(
                folder.resolve("m.dlift"),
                "model M { input x: float[3]\n output y = relu(dense(x, weights = [[1, 2, 3], [4, 5, 6]])) }");
        model = Compiler.read(file);
    }

    private double explaining(ExplainOptions options, int examples) {
        return ExpectedWork.ofExplanations(model, options, examples)
                .orElseThrow()
                .multiplyAdds();
    }

    @Test
    void countsPasses() {
        assertThat(ExpectedWork.ofPredictions(model, 10).multiplyAdds()).isEqualTo(10 * MULTIPLY_ADDS);
        assertThat(explaining(ExplainOptions.NONE, 10)).isEqualTo(10 * 3 * MULTIPLY_ADDS);
        Map<String, Reference> shuffles = Map.of("*", new Reference.Shuffled(20));
        assertThat(explaining(ExplainOptions.NONE.withReferences(shuffles), 10)).isEqualTo(10 * 41 * MULTIPLY_ADDS);
        assertThat(explaining(ExplainOptions.NONE.withMethod(Method.INTEGRATED_GRADIENTS), 1))
                .isEqualTo(129 * MULTIPLY_ADDS);
    }

    /** The file says how many references there are, and it is read while the class is compiled. */
    @Test
    void guessesNothingAboutFiles() {
        Map<String, Reference> background = Map.of("*", new Reference.Background("rows.npz"));
        assertThat(ExpectedWork.ofExplanations(model, ExplainOptions.NONE.withReferences(background), 10))
                .isEmpty();
    }

    @Test
    void choosesScalarCodeForLittleWorkWhereTheBackendIsOpen() {
        CompileOptions open = CompileOptions.DEFAULT;
        CompileOptions vector = open.withBackend(Backend.VECTOR);

        assertThat(new ExpectedWork(1e9).choose(open, 1).backend()).isEqualTo(Backend.SCALAR);
        assertThat(new ExpectedWork(1e9).choose(vector, 1).backend()).isEqualTo(Backend.VECTOR);
        assertThat(new ExpectedWork(1e11).choose(open, 2).backend()).isEqualTo(Backend.AUTO);
        // the same work on more threads ends sooner
        assertThat(new ExpectedWork(1e10).choose(open, 1).backend()).isEqualTo(Backend.AUTO);
        assertThat(new ExpectedWork(1e10).choose(open, 16).backend()).isEqualTo(Backend.SCALAR);
    }
}
