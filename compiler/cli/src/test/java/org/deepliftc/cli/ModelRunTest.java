package org.deepliftc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deepliftc.cli.input.Examples;
import org.deepliftc.cli.input.ReferencePlan;
import org.deepliftc.cli.input.ReferenceSource;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;
import org.junit.jupiter.api.Test;

/** Runs a model that stands for a generated class: its output is the sum of its two inputs. */
class ModelRunTest {
    private static final int SIZE = 2;
    private static final List<InputDeclaration> INPUTS =
            List.of(new InputDeclaration("x", Shape.of(SIZE), OptionalInt.empty(), false));
    private static final ModelRun.Wanted PLAIN = new ModelRun.Wanted(true, false);

    private final Console console =
            new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);

    /** The sum of the inputs; contributions are the differences from the mean reference. */
    private record SumModel(float[] shared, boolean failing) implements CompiledModel, CompiledSession {
        @Override
        public ModelDescription description() {
            return ModelDescription.builder("Sum")
                    .source("sum", "", "")
                    .computes(ModelDescription.ElementType.FLOAT, "scalar", 0)
                    .input("x", SIZE)
                    .output("y", 1)
                    .explains("deeplift", "y", 1)
                    .binds(ReferenceBinding.GIVEN, TargetBinding.COMPILED, 1)
                    .build();
        }

        @Override
        public CompiledSession openSession() {
            return this;
        }

        @Override
        public CompiledModel withReferences(int count, Object... references) {
            return new SumModel((float[]) references[0], failing);
        }

        @Override
        public void predict(Batch batch, int first, int count) {
            for (int row = first; row < first + count; row++) {
                float[] x = (float[]) batch.input(0);
                ((float[]) batch.prediction(0))[row] = x[row * SIZE] + x[row * SIZE + 1];
            }
        }

        @Override
        public void explain(Batch batch, int first, int count) {
            if (failing) {
                throw new IllegalStateException("no luck today");
            }
            for (int row = first; row < first + count; row++) {
                explain(batch, row);
            }
        }

        private void explain(Batch batch, int row) {
            float[] x = (float[]) batch.input(0);
            float[] references = batch.hasReferences() ? (float[]) batch.reference(0) : shared;
            int count = references.length / SIZE / (batch.hasReferences() ? batch.examples() : 1);
            int start = batch.hasReferences() ? row * count * SIZE : 0;
            for (int i = 0; i < SIZE; i++) {
                float mean = 0;
                for (int k = 0; k < count; k++) {
                    mean += references[start + k * SIZE + i] / count;
                }
                ((float[]) batch.contributions(0))[row * SIZE + i] = x[row * SIZE + i] - mean;
                ((float[]) batch.multipliers(0))[row * SIZE + i] = 1;
                ((float[]) batch.output())[row] += x[row * SIZE + i];
                ((float[]) batch.referenceOutput())[row] += mean;
            }
        }

        @Override
        public void close() {}
    }

    private static Examples examples(int count) {
        float[] x = new float[count * SIZE];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        List<String> ids = IntStream.range(0, count).mapToObj(String::valueOf).toList();
        return new Examples(count, new Object[] {x}, ids, List.of(List.of()), List.of(List.of()));
    }

    private ModelRun run(int threads, boolean failing) {
        return new ModelRun(console, new SumModel(new float[SIZE], failing), INPUTS, Precision.FLOAT, threads);
    }

    /** References of example e: two rows, (e, 0) and (e, 2). */
    private static ReferencePlan ownReferences(int examples) {
        float[] rows = new float[examples * 2 * SIZE];
        for (int example = 0; example < examples; example++) {
            rows[example * 4] = example;
            rows[example * 4 + 2] = example;
            rows[example * 4 + 3] = 2;
        }
        return new ReferencePlan(List.of(ReferenceSource.rows(rows, 2, true, SIZE)), 2, true, false);
    }

    @Test
    void predictsEveryRow() {
        float[] y = (float[]) run(3, false).predict(examples(1000)).get(0);

        assertThat(y).hasSize(1000);
        assertThat(y[0]).isEqualTo(1);
        assertThat(y[999]).isEqualTo(1998 + 1999);
    }

    @Test
    void streamsReferencesOfExamplesInOrder() {
        int count = 5000; // several batches
        Explanation explanation = run(4, false).explain(examples(count), ownReferences(count), PLAIN, "");

        float[] contributions = (float[]) explanation.contributions().get(0);
        for (int example = 0; example < count; example++) {
            assertThat(contributions[example * 2]).isEqualTo(2f * example - example);
            assertThat(contributions[example * 2 + 1]).isEqualTo(2f * example + 1 - 1);
            assertThat(explanation.output(example, 0)).isEqualTo(4f * example + 1);
        }
        assertThat((float[]) explanation.multipliers().get(0))
                .hasSize(count * 2)
                .containsOnly(1);
    }

    @Test
    void bindsSharedReferencesOnce() {
        ReferencePlan shared = new ReferencePlan(
                List.of(ReferenceSource.rows(new float[] {1, 1, 3, 3}, 2, false, SIZE)), 2, false, false);

        Explanation explanation = run(2, false).explain(examples(3), shared, PLAIN, "");

        assertThat((float[]) explanation.contributions().get(0)).containsExactly(-2, -1, 0, 1, 2, 3);
        assertThat((float[]) explanation.reference().orElseThrow().output()).containsExactly(4, 4, 4);
    }

    @Test
    void tellsWhatWentWrongInARow() {
        assertThatThrownBy(() -> run(2, true).explain(examples(9), ReferencePlan.COMPILED, PLAIN, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no luck today");
    }
}
