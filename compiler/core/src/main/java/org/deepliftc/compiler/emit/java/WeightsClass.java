package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.runtime.Packing;
import org.deepliftc.runtime.WeightsReader;

/**
 * Prints the class that holds a group of constants. Example:
 *
 * <pre>
 * private static final class Weights {
 *     final float[] fc1Weight;
 *
 *     Weights(WeightsReader in) throws IOException {
 *         // [64, 200] as [200, 64]
 *         fc1Weight = Packing.permute(floats(in, 12800), new int[] {64, 200}, new int[] {1, 0});
 *     }
 * }
 * </pre>
 */
final class WeightsClass {
    private WeightsClass() {}

    static TypeSpec print(Layout layout, int group) {
        TypeSpec.Builder type = TypeSpec.classBuilder(Layout.weightsClass(group))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The constants of the model, packed for the loops that read them.\n");
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addParameter(WeightsReader.class, "in")
                .addException(IOException.class);
        for (ConstantBuffer constant : layout.weights.get(group - 1)) {
            String name = layout.constantName(constant.buffer());
            type.addField(JavaTypes.array(constant.buffer(), layout.type), name, Modifier.FINAL);
            constructor.addCode(load(constant, name, layout));
        }
        return type.addMethod(constructor.build()).build();
    }

    private static CodeBlock load(ConstantBuffer constant, String name, Layout layout) {
        CodeBlock.Builder code = CodeBlock.builder();
        int size = constant.data().size();
        Class<?> array = JavaTypes.array(constant.buffer(), layout.type);
        if (constant.packing().isEmpty()) {
            return code.addStatement("$L = new $T[$L]", name, array.componentType(), size)
                    .addStatement("in.read($L)", name)
                    .build();
        }
        String logical = new Identifiers().reserve(name).allocate("logical");
        return code.add("{\n")
                .indent()
                .addStatement("$T $L = new $T[$L]", array, logical, array.componentType(), size)
                .addStatement("in.read($L)", logical)
                .addStatement(
                        "$L = $T.permute($L, new int[] {$L}, new int[] {$L})",
                        name,
                        Packing.class,
                        logical,
                        joined(constant.data().shape().dims()),
                        joined(constant.packing().get()))
                .unindent()
                .add("}\n")
                .build();
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
