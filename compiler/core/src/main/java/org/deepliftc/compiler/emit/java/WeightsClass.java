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
 *         // four numbers an axis: extent, block, distance of blocks, distance in a block
 *         fc1Weight = Packing.place(floats(in, 12800), new int[] {200, 32, 2048, 1, 64, 64, 0, 32}, 14336);
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
        for (List<ConstantBuffer> sameData : layout.weights.get(group - 1)) {
            for (ConstantBuffer constant : sameData) {
                Class<?> array = JavaTypes.array(constant.buffer(), layout.type);
                type.addField(array, layout.constantName(constant.buffer()), Modifier.FINAL);
            }
            constructor.addCode(load(sameData, layout));
        }
        return type.addMethod(constructor.build()).build();
    }

    /** Reads a constant once and lays it out for each of its readers. */
    private static CodeBlock load(List<ConstantBuffer> sameData, Layout layout) {
        CodeBlock.Builder code = CodeBlock.builder();
        ConstantBuffer first = sameData.get(0);
        int size = first.data().size();
        Class<?> array = JavaTypes.array(first.buffer(), layout.type);
        List<String> names =
                sameData.stream().map(c -> layout.constantName(c.buffer())).toList();
        int slack = layout.slack();
        if (sameData.size() == 1 && first.packing().isEmpty() && slack == 0) {
            return code.addStatement("$L = new $T[$L]", names.get(0), array.componentType(), size)
                    .addStatement("in.read($L)", names.get(0))
                    .build();
        }
        String logical = new Identifiers().reserve(names.toArray(String[]::new)).allocate("logical");
        code.add("{\n")
                .indent()
                .addStatement("$T $L = new $T[$L]", array, logical, array.componentType(), size)
                .addStatement("in.read($L)", logical);
        for (ConstantBuffer constant : sameData) {
            String name = layout.constantName(constant.buffer());
            if (constant.packing().isEmpty() && slack == 0) {
                code.addStatement("$L = $L", name, logical);
                continue;
            }
            code.addStatement(
                    "$L = $T.place($L, new int[] {$L}, $L)",
                    name,
                    Packing.class,
                    logical,
                    joined(constant.layout().numbers()),
                    constant.layout().size() + slack);
        }
        return code.unindent().add("}\n").build();
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
