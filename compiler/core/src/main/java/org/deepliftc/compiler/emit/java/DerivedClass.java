package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Phase;

/**
 * Prints the class of what is made from constants when the model is loaded: tables of words of a sequence, transformed
 * filters. Example:
 *
 * <pre>
 * private static final class Derived {
 *     final float[] motifsTable = new float[20000];
 *
 *     void derive(Weights weights) {
 *         motifsTable(weights.conv1Weight, motifsTable);
 *     }
 * }
 * </pre>
 */
final class DerivedClass {
    static final String NAME = "Derived";

    private DerivedClass() {}

    static TypeSpec print(Layout layout) {
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("What is made from the constants when the model is loaded.\n");
        for (Buffer buffer : layout.derived) {
            Class<?> array = JavaTypes.array(buffer, layout.type);
            type.addField(com.palantir.javapoet.FieldSpec.builder(array, layout.constantName(buffer), Modifier.FINAL)
                    .initializer("new $T[$L]", array.componentType(), buffer.size() + layout.slack())
                    .build());
        }
        List<ParameterSpec> parameters = new ArrayList<>();
        for (int group = 1; group <= layout.weights.size(); group++) {
            parameters.add(ParameterSpec.builder(ModelClass.weightsType(layout, group), Layout.weightsField(group))
                    .build());
        }
        Identifiers names = layout.derivedNames.inner().reserve("derive");
        ProcedureMethods methods = new ProcedureMethods(layout.type, names);
        PhaseMethods phases = new PhaseMethods(layout, names, methods, "", new PhaseMethods.Place() {
            @Override
            public List<CodeBlock> arguments(Buffer buffer) {
                return List.of(
                        buffer.place() == Buffer.Place.DERIVED
                                ? CodeBlock.of("$L", layout.constantName(buffer))
                                : layout.constant(buffer));
            }

            @Override
            public CodeBlock step(Buffer buffer) {
                throw new IllegalArgumentException("constants have no rows: " + buffer);
            }
        });
        phases.print("derive", "Makes everything, once.", parameters, layout.program.steps(Phase.LOAD))
                .forEach((MethodSpec method) -> type.addMethod(method));
        methods.all().forEach(type::addMethod);
        return type.build();
    }
}
