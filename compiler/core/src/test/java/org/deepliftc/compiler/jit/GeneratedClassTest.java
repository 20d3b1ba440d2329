package org.deepliftc.compiler.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.LoopInterpreter;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Programs;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated classes compute the bits of the program they were printed from, under both compilers. */
class GeneratedClassTest {
    private static final int ROWS = 3;
    private static final int REFERENCES = 4;

    private record Variant(boolean references, List<Integer> targets, ElementType type, CodeShape shape) {}

    static List<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (boolean references : new boolean[] {false, true}) {
            for (List<Integer> targets : List.of(List.of(1), List.of(0, 2), List.<Integer>of())) {
                for (ElementType type : ElementType.values()) {
                    for (CodeShape shape : List.of(CodeShape.LOOPS, CodeShape.STRAIGHT)) {
                        all.add(new Variant(references, targets, type, shape));
                    }
                }
            }
        }
        return all;
    }

    static ClassHeader header(LoopProgram program, ElementType type, CodeShape shape) {
        return new ClassHeader(
                "org.example",
                "Net",
                "net",
                "net.dlift",
                "ab12",
                "0.1.0",
                "deeplift",
                "scores",
                3,
                program.referenceInputs().isEmpty() ? ReferenceBinding.COMPILED : ReferenceBinding.GIVEN,
                program.targetsGiven() ? TargetBinding.GIVEN : TargetBinding.COMPILED,
                List.of("relu1  Rescale  m = dy/dx"),
                type,
                shape,
                false);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void computesTheBitsOfTheProgram(Variant variant) {
        LoopProgram program = Programs.rich(variant.references, variant.targets, Programs.PLAIN);
        GeneratedClass generated = JavaBackend.generate(program, header(program, variant.type, variant.shape));
        check(variant, program, JaninoCompiler.load(generated));
        check(variant, program, JavacCompiler.load(generated));
    }

    private static void check(Variant variant, LoopProgram program, CompiledModel model) {
        Random random = new Random(3);
        Arrays all = new Arrays(program, variant.type, random);
        int[] targets = variant.targets.isEmpty()
                ? new int[] {2, 0}
                : variant.targets.stream().mapToInt(Integer::intValue).toArray();
        Results own = new Results(program, variant.type, targets.length);
        try (CompiledSession session = model.openSession()) {
            Batch batch = own.into(new Batch(ROWS, all.inputs()));
            if (variant.references) {
                batch.references(REFERENCES, all.references(ROWS));
            }
            if (variant.targets.isEmpty()) {
                batch.targets(targets);
            }
            session.predict(batch, 0, ROWS);
            session.explain(batch, 1, 2);
            session.explain(batch, 0, 1);
        }
        for (int row = 0; row < ROWS; row++) {
            double[][][] references = variant.references ? all.referencesOf(row) : new double[0][][];
            own.check(new LoopInterpreter(program, variant.type), row, references, targets, all.inputsOf(row));
        }
        if (variant.references) {
            checkShared(variant, program, model, all, targets);
        }
    }

    /** References bound once give what the same references give with each example. */
    private static void checkShared(
            Variant variant, LoopProgram program, CompiledModel model, Arrays all, int[] targets) {
        Results shared = new Results(program, variant.type, targets.length);
        Batch batch = shared.into(new Batch(ROWS, all.inputs()));
        if (variant.targets.isEmpty()) {
            batch.targets(targets);
        }
        CompiledModel bound = model.withReferences(REFERENCES, all.references(1));
        try (CompiledSession session = bound.openSession()) {
            session.predict(batch, 0, ROWS);
            session.explain(batch, 0, ROWS);
        }
        for (int row = 0; row < ROWS; row++) {
            shared.check(
                    new LoopInterpreter(program, variant.type), row, all.referencesOf(0), targets, all.inputsOf(row));
        }
    }

    /** Random inputs and references, {@code [rows, (references,) size]}. */
    private static final class Arrays {
        private final ElementType type;
        private final List<double[]> inputs = new ArrayList<>();
        private final List<double[]> references = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();

        Arrays(LoopProgram program, ElementType type, Random random) {
            this.type = type;
            for (LoopProgram.Port port : program.inputs()) {
                int size = port.buffer().size();
                sizes.add(size);
                inputs.add(values(random, ROWS * size));
                references.add(values(random, ROWS * REFERENCES * size));
            }
        }

        private double[] values(Random random, int count) {
            double[] values = random.doubles(count, -2, 2).toArray();
            for (int i = 0; i < count; i++) {
                values[i] = type == ElementType.FLOAT ? (float) values[i] : values[i];
            }
            return values;
        }

        Object[] inputs() {
            return inputs.stream().map(v -> typed(v, v.length)).toArray();
        }

        Object[] references(int rows) {
            return references.stream()
                    .map(v -> typed(v, v.length / ROWS * rows))
                    .toArray();
        }

        private Object typed(double[] values, int count) {
            double[] part = java.util.Arrays.copyOf(values, count);
            if (type == ElementType.DOUBLE) {
                return part;
            }
            float[] single = new float[count];
            for (int i = 0; i < count; i++) {
                single[i] = (float) part[i];
            }
            return single;
        }

        double[][] inputsOf(int row) {
            return slices(inputs, row);
        }

        double[][][] referencesOf(int row) {
            double[][][] all = new double[REFERENCES][][];
            for (int r = 0; r < REFERENCES; r++) {
                all[r] = slices(references, row * REFERENCES + r);
            }
            return all;
        }

        private double[][] slices(List<double[]> arrays, int index) {
            double[][] slices = new double[arrays.size()][];
            for (int i = 0; i < slices.length; i++) {
                int size = sizes.get(i);
                slices[i] = java.util.Arrays.copyOfRange(arrays.get(i), index * size, (index + 1) * size);
            }
            return slices;
        }
    }

    /** Arrays for every result of the program. */
    private static final class Results {
        private final LoopProgram program;
        private final ElementType type;
        private final int targets;
        private final List<Object> predictions = new ArrayList<>();
        private final List<Object> contributions = new ArrayList<>();
        private final List<Object> scalars = new ArrayList<>();

        Results(LoopProgram program, ElementType type, int targets) {
            this.program = program;
            this.type = type;
            this.targets = targets;
            program.predictions()
                    .forEach(port -> predictions.add(array(ROWS * port.buffer().size())));
            program.results().contributions().forEach(c -> contributions.add(array(ROWS * targets * c.size())));
            for (int i = 0; i < 3; i++) {
                scalars.add(array(ROWS * targets));
            }
        }

        private Object array(int length) {
            return type == ElementType.FLOAT ? new float[length] : new double[length];
        }

        Batch into(Batch batch) {
            return batch.predictions(predictions.toArray())
                    .contributions(contributions.toArray())
                    .output(scalars.get(0))
                    .referenceOutput(scalars.get(1))
                    .convergenceDelta(scalars.get(2));
        }

        void check(LoopInterpreter interpreter, int row, double[][][] references, int[] indices, double[][] inputs) {
            List<double[]> predicted = interpreter.predict(inputs);
            for (int i = 0; i < predicted.size(); i++) {
                checkSlice("prediction " + i, predictions.get(i), row, predicted.get(i));
            }
            LoopInterpreter.Explained explained = interpreter.explain(references, indices, inputs);
            for (int t = 0; t < targets; t++) {
                int at = row * targets + t;
                for (int i = 0; i < contributions.size(); i++) {
                    Buffer buffer = program.results().contributions().get(i);
                    checkSlice(
                            "contributions " + i,
                            contributions.get(i),
                            at,
                            explained.targets().get(t).get(buffer));
                }
                List<Buffer> buffers = List.of(
                        program.results().output(),
                        program.results().referenceOutput().orElseThrow(),
                        program.results().convergenceDelta().orElseThrow());
                for (int i = 0; i < 3; i++) {
                    checkSlice(
                            "scalar " + i,
                            scalars.get(i),
                            at,
                            explained.targets().get(t).get(buffers.get(i)));
                }
            }
        }

        private static void checkSlice(String what, Object actual, int at, double[] expected) {
            for (int i = 0; i < expected.length; i++) {
                int index = at * expected.length + i;
                double value = actual instanceof float[] single ? single[index] : ((double[]) actual)[index];
                assertThat(Double.doubleToLongBits(value))
                        .as("%s[%d]: %s, expected %s", what, index, value, expected[i])
                        .isEqualTo(Double.doubleToLongBits(expected[i]));
            }
        }
    }
}
