package org.deepliftc.compiler.jit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.LoopVerifier;
import org.deepliftc.compiler.loop.Programs;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.compiler.schedule.ScalarSchedule;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.ModelDescription.ReferenceBinding;
import org.deepliftc.runtime.ModelDescription.TargetBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the text of generated classes has to be, whatever the model. */
class GeneratedTextTest {
    private static GeneratedClass rich(CodeShape shape) {
        LoopProgram program = Programs.rich(true, List.of(), Programs.PLAIN);
        return JavaBackend.generate(program, GeneratedClassTest.header(program, ElementType.FLOAT, shape));
    }

    @Test
    void figureOneReadsAsItsEquations() {
        LoopProgram program = Programs.figureOne();
        GeneratedClass generated =
                JavaBackend.generate(program, GeneratedClassTest.header(program, ElementType.FLOAT, CodeShape.AUTO));

        assertThat(generated.needsWeights()).isFalse();
        assertThat(generated.source())
                .contains("float z = Math.fma(x_1, 2.0f, Math.fma(x_0, 1.0f, 2.0f));")
                .contains("output[0] = Math.fma(Math.max(z, 0.0f), 0.2f, 0.1f);")
                .contains("contributions[1] = 0.2f * ySlope * 2.0f * x_1;")
                .doesNotContain("slot0");
        float[] contributions = new float[2];
        try (CompiledSession session = JaninoCompiler.load(generated).openSession()) {
            session.explain(new Batch(1, new float[] {1, 1}).contributions(contributions), 0, 1);
        }
        assertThat(contributions).containsExactly(0.2f, 0.4f);
    }

    @ParameterizedTest
    @EnumSource(CodeShape.class)
    void isTheSameEveryTime(CodeShape shape) {
        assertThat(rich(shape).source()).isEqualTo(rich(shape).source());
        assertThat(rich(shape).weights()).isEqualTo(rich(shape).weights());
    }

    @ParameterizedTest
    @EnumSource(CodeShape.class)
    void everyMethodIsSmallEnoughForHotSpot(CodeShape shape) throws IOException {
        GeneratedClass generated = rich(shape);
        for (SourceCompiler compiler : List.of(new JaninoCompiler(), new JavacCompiler())) {
            Map<String, byte[]> classes = compiler.compile(generated.qualifiedName(), generated.source());
            assertThat(classes).isNotEmpty();
            for (byte[] classFile : classes.values()) {
                assertThat(MethodSizes.of(classFile))
                        .isNotEmpty()
                        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThan(8_000));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CodeShape.class)
    void scheduledProgramsAreSound(CodeShape shape) {
        for (boolean references : new boolean[] {false, true}) {
            for (List<Integer> targets : List.of(List.of(1), List.of(0, 2), List.<Integer>of())) {
                LoopProgram program = Programs.rich(references, targets, Programs.PLAIN);
                assertThat(LoopVerifier.problems(program)).isEmpty();
                assertThat(LoopVerifier.problems(ScalarSchedule.run(program, shape, ElementType.FLOAT)))
                        .isEmpty();
            }
        }
    }

    @Test
    void namesFromTheModelCannotBreakOut() {
        List<List<String>> hostile = List.of(
                List.of("class", "Math", "this", "*/ int x; /*", "\\u002a/"),
                List.of("a", "A", "a ", "a\n", "a$"),
                List.of("$L $T", "\"; System.exit(1); //", "", "\u0394\u00e9\ud83d\ude00", "1"),
                List.of("weights", "slot0", "references", "target", "release"),
                List.of("x".repeat(900), "row", "at", "batch", "{@code }"));
        for (List<String> names : hostile) {
            LoopProgram program = Programs.rich(true, List.of(), names);
            ClassHeader header = new ClassHeader(
                    "",
                    ClassHeader.classNameFor(names.get(0)),
                    names.get(0).isEmpty() ? "" : names.get(1),
                    "*/\\u000a.dlift",
                    "\n",
                    "0 */",
                    "deep*/lift",
                    names.get(4),
                    3,
                    ReferenceBinding.GIVEN,
                    TargetBinding.GIVEN,
                    List.of("*/ @param \\u002a/ <b>", names.get(3)),
                    ElementType.FLOAT,
                    CodeShape.LOOPS,
                    false);
            GeneratedClass generated = JavaBackend.generate(program, header);
            assertThat(generated.source().chars().allMatch(c -> c < 127)).isTrue();
            CompiledModel janino = JaninoCompiler.load(generated);
            CompiledModel javac = JavacCompiler.load(generated);
            for (int i = 0; i < 2; i++) {
                assertThat(janino.description().inputs().get(i).name()).isEqualTo(names.get(i));
                assertThat(javac.description().inputs().get(i).name()).isEqualTo(names.get(i));
            }
        }
    }

    @Test
    void endlessNamesAreRefused() {
        LoopProgram program = Programs.rich(true, List.of(), List.of("x".repeat(70_000), "b", "h", "w", "scores"));
        assertThatThrownBy(() -> JavaBackend.generate(
                        program, GeneratedClassTest.header(program, ElementType.FLOAT, CodeShape.LOOPS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000 characters");
    }

    @Test
    void classNamesAreMadeOfAnyText() {
        assertThat(ClassHeader.classNameFor("gata-cagatg")).isEqualTo("GataCagatg");
        assertThat(ClassHeader.classNameFor("session")).isEqualTo("SessionModel");
        assertThat(ClassHeader.classNameFor("3d")).isEqualTo("X3d");
        assertThat(ClassHeader.classNameFor("")).isEqualTo("X");
    }

    @Test
    void foreignWeightsAreRefused() {
        GeneratedClass generated = rich(CodeShape.LOOPS);
        byte[] changed = generated.weights().clone();
        changed[20] ^= 1;

        assertThatThrownBy(() -> JaninoCompiler.load(new GeneratedClass(
                        generated.packageName(), generated.className(), generated.source(), changed)))
                .isInstanceOf(GeneratedCodeException.class)
                .hasMessageContaining("SHA-256");
        assertThat(generated.weights()).startsWith((byte) 'D', (byte) 'L');
        assertThat(new ByteArrayInputStream(generated.weights()).available()).isEqualTo(generated.weights().length);
    }

    @Test
    void sourceThatDoesNotCompileShowsLineAndNode() {
        String source = "package p;\npublic class C {\n    /** fc1 (net.dlift:3): dense */\n"
                + "    static int f() {\n        return \"text\";\n    }\n}\n";
        for (SourceCompiler compiler : List.of(new JaninoCompiler(), new JavacCompiler())) {
            assertThatThrownBy(() -> compiler.compile("p.C", source))
                    .isInstanceOf(GeneratedCodeException.class)
                    .hasMessageContaining("line 5: return \"text\";")
                    .hasMessageContaining("fc1 (net.dlift:3): dense");
        }
    }
}
