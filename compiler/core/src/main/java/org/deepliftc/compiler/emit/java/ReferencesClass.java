package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.runtime.Arguments;

/**
 * Prints the class that holds what depends on references alone, a slot for each of them, and that computes it. Its
 * workspace is its own, so that a reference can be computed while a session's workspace is in use.
 */
final class ReferencesClass {
    private final Layout layout;
    private final TypeSpec.Builder type = TypeSpec.classBuilder("References")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("What depends on references alone: a slot for each reference.\n");

    private ReferencesClass(Layout layout) {
        this.layout = layout;
    }

    static TypeSpec print(Layout layout) {
        return new ReferencesClass(layout).print();
    }

    private TypeSpec print() {
        type.addField(int.class, "count", Modifier.FINAL);
        if (layout.hasRows()) {
            type.addField(FieldSpec.builder(int.class, "step")
                    .addJavadoc("Distance between the references of a tile, in references.\n")
                    .build());
        }
        MethodSpec.Builder constructor =
                MethodSpec.constructorBuilder().addParameter(int.class, "count").addStatement("this.count = count");
        for (Buffer buffer : layout.buffers(Buffer.Place.STATE)) {
            String name = layout.referenceFields.get(buffer);
            Class<?> array = JavaTypes.array(buffer, layout.type);
            type.addField(array, name, Modifier.FINAL);
            constructor.addStatement(
                    "$L = new $T[$T.slots($S, count, $L) + $L]",
                    name,
                    array.componentType(),
                    Arguments.class,
                    SourceText.comment(buffer.name()),
                    buffer.size(),
                    layout.slack());
        }
        MethodSpec.Builder release = MethodSpec.methodBuilder("release")
                .addJavadoc("Drops what only computing needs; from now on nothing changes.\n");
        addInputs(release);
        addWorkspace(constructor, release);
        type.addMethod(constructor.build());
        addCompute();
        return type.addMethod(release.build()).build();
    }

    private void addInputs(MethodSpec.Builder release) {
        for (Buffer buffer : layout.program.referenceInputs()) {
            String name = layout.referenceFields.get(buffer);
            type.addField(layout.array(), name);
            type.addField(int.class, name.concat("At"));
            if (layout.keepsReferenceInput(buffer)) {
                // Not clone(): Janino takes its result for an Object.
                release.addStatement("$L = $T.copyOf($L, count * $L)", name, Arrays.class, name, buffer.size());
            } else {
                release.addStatement("$L = null", name);
            }
        }
    }

    private void addWorkspace(MethodSpec.Builder constructor, MethodSpec.Builder release) {
        for (Map.Entry<Layout.Slot, Integer> slot : layout.slots(false).entrySet()) {
            Class<?> array = JavaTypes.array(slot.getKey().kind(), layout.type);
            String name = slot.getKey().name();
            type.addField(array, name, Modifier.PRIVATE);
            constructor.addStatement("$L = new $T[$L]", name, array.componentType(), slot.getValue());
            release.addStatement("$L = null", name);
        }
    }

    private void addCompute() {
        Identifiers names = new Identifiers().reserve("compute", "computeScalars", "computeVectors", "release");
        List<ParameterSpec> parameters = new ArrayList<>();
        for (int group = 1; group <= layout.groups(); group++) {
            parameters.add(ParameterSpec.builder(ModelClass.weightsType(layout, group), layout.constantsField(group))
                    .build());
        }
        parameters.add(ParameterSpec.builder(int.class, "reference").build());
        if (layout.hasRows()) {
            parameters.add(ParameterSpec.builder(int.class, "rows").build());
        }
        ProcedureMethods methods = new ProcedureMethods(layout.type, names);
        PhaseMethods.Place place = new PhaseMethods.Place() {
            @Override
            public List<CodeBlock> arguments(Buffer buffer) {
                return ReferencesClass.this.arguments(buffer);
            }

            @Override
            public CodeBlock step(Buffer buffer) {
                return CodeBlock.of("step * $L", buffer.size());
            }
        };
        // The first is called from outside this class, so it is not private: Janino would need an accessor.
        List<ParameterSpec> called = new ArrayList<>(parameters);
        if (layout.isVectorised()) {
            called.add(ParameterSpec.builder(boolean.class, "vectors").build());
        }
        MethodSpec.Builder compute = MethodSpec.methodBuilder("compute")
                .addJavadoc("Fills slots of references from the inputs set before.\n")
                .addParameters(called);
        CodeBlock arguments =
                parameters.stream().map(p -> CodeBlock.of("$N", p)).collect(CodeBlock.joining(", "));
        if (layout.isVectorised()) {
            compute.beginControlFlow("if (vectors)")
                    .addStatement("computeVectors($L)", arguments)
                    .addStatement("return")
                    .endControlFlow();
        }
        type.addMethod(compute.addStatement("computeScalars($L)", arguments).build());
        new PhaseMethods(layout, names, methods, "", place)
                .print(
                        "computeScalars",
                        "In scalar code.",
                        parameters,
                        layout.program.steps(Phase.REFERENCE),
                        Modifier.PRIVATE)
                .forEach(type::addMethod);
        if (layout.isVectorised()) {
            new PhaseMethods(layout, names, layout.vectorMethods, VectorsClass.NAME.concat("."), place)
                    .print(
                            "computeVectors",
                            "In vector code.",
                            parameters,
                            layout.vectors.get(Phase.REFERENCE),
                            Modifier.PRIVATE)
                    .forEach(type::addMethod);
        }
        methods.all().forEach(type::addMethod);
    }

    private List<CodeBlock> arguments(Buffer buffer) {
        return switch (buffer.place()) {
            case CONSTANT, DERIVED -> List.of(layout.constant(buffer));
            case REFERENCE_INPUT ->
                List.of(
                        CodeBlock.of("$L", layout.referenceFields.get(buffer)),
                        CodeBlock.of("$LAt", layout.referenceFields.get(buffer)));
            case STATE ->
                List.of(
                        CodeBlock.of("$L", layout.referenceFields.get(buffer)),
                        SessionClass.slotOffset("reference", buffer.size()));
            case INPUT, ACCUMULATOR, RESULT, TARGET, STEP, WORKSPACE, SCRATCH ->
                throw new IllegalArgumentException(
                        "a reference cannot depend on " + buffer + " (" + buffer.place() + ")");
        };
    }
}
