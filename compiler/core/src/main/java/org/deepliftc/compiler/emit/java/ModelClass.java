package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.runtime.ApiLevel;
import org.deepliftc.runtime.Arguments;
import org.deepliftc.runtime.Codes;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.VectorSwitch;
import org.deepliftc.runtime.WeightsReader;

/** Prints the class itself: what it says about itself, loading, binding of references, and opening of sessions. */
final class ModelClass {
    private final Layout layout;
    private final ClassHeader header;
    private final WeightsFile weights;
    private final ClassName name;
    private final TypeSpec.Builder type;

    private ModelClass(Layout layout, WeightsFile weights) {
        this.layout = layout;
        this.header = layout.header;
        this.weights = weights;
        this.name = ClassName.get(header.packageName(), header.className());
        this.type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(CompiledModel.class);
    }

    static JavaFile print(Layout layout, WeightsFile weights) {
        return new ModelClass(layout, weights).print();
    }

    static ClassName weightsType(Layout layout, int group) {
        return nested(layout, group > layout.weights.size() ? DerivedClass.NAME : Layout.weightsClass(group));
    }

    private ClassName derivedType() {
        return nested(layout, DerivedClass.NAME);
    }

    static ClassName referencesType(Layout layout) {
        return nested(layout, "References");
    }

    private static ClassName nested(Layout layout, String simpleName) {
        return ClassName.get(layout.header.packageName(), layout.header.className(), simpleName);
    }

    private JavaFile print() {
        type.addJavadoc("$L", ClassComment.of(layout));
        type.addField(FieldSpec.builder(
                        ModelDescription.class, "DESCRIPTION", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("describe()")
                .build());
        if (layout.isVectorised()) {
            type.addField(
                    FieldSpec.builder(VectorSwitch.class, "VECTORS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                            .initializer("new $T()", VectorSwitch.class)
                            .build());
        }
        addLoading();
        addConstructor();
        addModelMethods();
        type.addMethod(describe());
        type.addType(SessionClass.print(layout));
        if (layout.hasReferences()) {
            type.addType(ReferencesClass.print(layout));
        }
        if (layout.isVectorised()) {
            type.addType(VectorsClass.print(layout.vectorMethods.all()));
        }
        for (int group = 1; group <= layout.weights.size(); group++) {
            type.addType(WeightsClass.print(layout, group));
        }
        if (!layout.derived.isEmpty()) {
            type.addType(DerivedClass.print(layout));
        }
        return JavaFile.builder(header.packageName(), type.build())
                .addFileComment("$L", ClassComment.file(header))
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    private void addLoading() {
        if (layout.weights.isEmpty()) {
            MethodSpec.Builder load = loader("The model; its weights stand in this class.");
            CodeBlock arguments = CodeBlock.of(layout.hasReferences() ? "null" : "");
            type.addMethod(
                    load.addStatement("return new $T($L)", name, arguments).build());
            return;
        }
        addConstant(String.class, "WEIGHTS_SHA256", CodeBlock.of("$S", weights.digest()));
        addConstant(long.class, "WEIGHTS_BYTES", CodeBlock.of("$LL", weights.bytes().length));
        String resource = header.className().concat(".weights");
        addLoader(
                loader("Loads the weights from the resource beside this class."),
                CodeBlock.of("openResource($T.class, $S, ", name, resource));
        addLoader(
                loader("Loads the weights from a file.").addParameter(Path.class, "file"), CodeBlock.of("open(file, "));
        addLoader(
                loader("Loads the weights from a stream, which stays open.").addParameter(InputStream.class, "in"),
                CodeBlock.of("open(in, "));
        addRead();
    }

    private MethodSpec.Builder loader(String comment) {
        return MethodSpec.methodBuilder("load")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(name)
                .addJavadoc("$L\n", comment)
                .addStatement("$T.require($L, $S)", ApiLevel.class, ModelDescription.API_LEVEL, header.className());
    }

    private void addLoader(MethodSpec.Builder load, CodeBlock open) {
        load.addJavadoc("\n@throws IOException if the weights cannot be read or belong to another compilation\n")
                .addException(IOException.class)
                .addStatement("return read($T.$LWEIGHTS_SHA256, WEIGHTS_BYTES))", WeightsReader.class, open);
        type.addMethod(load.build());
    }

    private void addRead() {
        MethodSpec.Builder read = MethodSpec.methodBuilder("read")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(name)
                .addParameter(WeightsReader.class, "in")
                .addException(IOException.class)
                .beginControlFlow("try");
        for (int group = 1; group <= layout.weights.size(); group++) {
            read.addStatement(
                    "$T $L = new $T(in)",
                    weightsType(layout, group),
                    layout.constantsField(group),
                    weightsType(layout, group));
        }
        if (!layout.derived.isEmpty()) {
            CodeBlock arguments = java.util.stream.IntStream.rangeClosed(1, layout.weights.size())
                    .mapToObj(g -> CodeBlock.of("$L", layout.constantsField(g)))
                    .collect(CodeBlock.joining(", "));
            read.addStatement("$T derived = new $T()", derivedType(), derivedType())
                    .addStatement("derived.derive($L)", arguments);
        }
        read.addStatement("in.finish()")
                .addStatement("return new $T($L)", name, shared(CodeBlock.of("null")))
                .nextControlFlow("finally")
                .addStatement("in.close()")
                .endControlFlow();
        type.addMethod(read.build());
    }

    private void addConstant(Class<?> javaType, String constant, CodeBlock value) {
        type.addField(FieldSpec.builder(javaType, constant, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(value)
                .build());
    }

    private void addConstructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
        for (int group = 1; group <= layout.groups(); group++) {
            addField(constructor, weightsType(layout, group), layout.constantsField(group));
        }
        if (layout.hasReferences()) {
            addField(constructor, referencesType(layout), "references");
        }
        if (layout.isVectorised()) {
            CodeBlock session = CodeBlock.of(
                    "new $T($L)", nested(layout, "Session"), shared(CodeBlock.of("null"), CodeBlock.of("true")));
            constructor
                    .beginControlFlow("if (VECTORS.isPending())")
                    .addStatement("VECTORS.warmUp(this, $L, $L)", session, layout.tile())
                    .endControlFlow();
        }
        type.addMethod(constructor.build());
    }

    private void addField(MethodSpec.Builder constructor, ClassName javaType, String field) {
        type.addField(javaType, field, Modifier.PRIVATE, Modifier.FINAL);
        constructor.addParameter(javaType, field).addStatement("this.$L = $L", field, field);
    }

    /** What models that share weights hand on: all groups of weights, then the references. */
    private CodeBlock shared(CodeBlock references) {
        return shared(references, null);
    }

    private CodeBlock shared(CodeBlock references, CodeBlock always) {
        List<CodeBlock> arguments = new ArrayList<>();
        for (int group = 1; group <= layout.groups(); group++) {
            arguments.add(CodeBlock.of("$L", layout.constantsField(group)));
        }
        if (always != null) {
            arguments.add(always);
        }
        if (layout.hasReferences()) {
            arguments.add(references);
        }
        return arguments.stream().collect(CodeBlock.joining(", "));
    }

    private void addModelMethods() {
        type.addMethod(overriding("description", ClassName.get(ModelDescription.class))
                .addStatement("return DESCRIPTION")
                .build());
        ClassName session = nested(layout, "Session");
        type.addMethod(overriding("openSession", session)
                .addStatement(
                        "return new $T($L)",
                        session,
                        layout.isVectorised()
                                ? shared(CodeBlock.of("references"), CodeBlock.of("false"))
                                : shared(CodeBlock.of("references")))
                .build());
        MethodSpec.Builder with = overriding("withReferences", name)
                .addParameter(int.class, "count")
                .addParameter(ParameterSpec.builder(Object[].class, "arrays").build())
                .varargs();
        if (!layout.hasReferences()) {
            with.addStatement(
                    "throw new $T($S)",
                    IllegalStateException.class,
                    "this class takes no references: its reference was bound when it was compiled, or its method needs"
                            .concat(" none"));
            type.addMethod(with.build());
            return;
        }
        type.addMethod(with.addStatement("return bind(count, arrays)").build());
        type.addMethod(bind());
        if (layout.inputs() <= 200) {
            type.addMethod(typedBind());
        }
    }

    private static MethodSpec.Builder overriding(String method, ClassName returned) {
        return MethodSpec.methodBuilder(method)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    /** Both ways of binding call this one: Janino would call the bridge of the overridden method otherwise. */
    private MethodSpec bind() {
        ClassName references = referencesType(layout);
        MethodSpec.Builder with = MethodSpec.methodBuilder("bind")
                .addModifiers(Modifier.PRIVATE)
                .returns(name)
                .addParameter(int.class, "count")
                .addParameter(Object[].class, "arrays");
        with.addStatement("$T.references(count, arrays, $L)", Arguments.class, layout.inputs())
                .addStatement("$T bound = new $T(count)", references, references);
        CodeBlock.Builder row = CodeBlock.builder();
        for (int i = 0; i < layout.inputs(); i++) {
            Buffer buffer = layout.program.referenceInputs().get(i);
            String field = layout.referenceFields.get(buffer);
            String label = SourceText.comment(layout.program.inputs().get(i).name());
            int input = i;
            with.addStatement(layout.coded(i, true)
                    .map(coded -> CodeBlock.of(
                            "bound.$L = $T.$L($S, arrays[$L], count, $L, $L)",
                            field,
                            Codes.class,
                            layout.checked(),
                            "references of ".concat(label),
                            input,
                            coded.symbols(),
                            coded.positions()))
                    .orElseGet(() -> CodeBlock.of(
                            "bound.$L = $T.$L($S, arrays[$L], count, $L)",
                            field,
                            Arguments.class,
                            layout.checked(),
                            "references of ".concat(label),
                            input,
                            buffer.size())));
            row.addStatement("bound.$LAt = i * $L", field, buffer.size());
        }
        List<CodeBlock> arguments = new ArrayList<>();
        for (int group = 1; group <= layout.groups(); group++) {
            arguments.add(CodeBlock.of("$L", layout.constantsField(group)));
        }
        arguments.add(CodeBlock.of("i"));
        if (layout.hasRows()) {
            arguments.add(CodeBlock.of("$T.min($L, count - i)", Math.class, layout.tile()));
            with.addStatement("bound.step = 1");
        }
        if (layout.isVectorised()) {
            arguments.add(CodeBlock.of("VECTORS.isReady()"));
        }
        return with.beginControlFlow("for (int i = 0; i < count; i += $L)", layout.tile())
                .addCode(row.build())
                .addStatement("bound.compute($L)", arguments.stream().collect(CodeBlock.joining(", ")))
                .endControlFlow()
                .addStatement("bound.release()")
                .addStatement("return new $T($L)", name, shared(CodeBlock.of("bound")))
                .build();
    }

    /** The same with an array for each input; the number of references follows from their length. */
    private MethodSpec typedBind() {
        MethodSpec.Builder with = MethodSpec.methodBuilder("withReferences")
                .addModifiers(Modifier.PUBLIC)
                .returns(name)
                .addJavadoc("This model with references shared by all examples, one after another in each array.\n");
        Identifiers names = new Identifiers().reserve("count");
        List<CodeBlock> arrays = new ArrayList<>();
        for (LoopProgram.Port port : layout.program.inputs()) {
            String parameter = names.allocate(port.name());
            with.addParameter(layout.array(), parameter);
            arrays.add(CodeBlock.of("$L", parameter));
        }
        LoopProgram.Port first = layout.program.inputs().get(0);
        String label = SourceText.comment(first.name());
        int size = first.buffer().size();
        return with.addStatement(
                        "$T.$L($S, $L, 1, $L)",
                        Arguments.class,
                        layout.checked(),
                        "references of ".concat(label),
                        arrays.get(0),
                        size)
                .addStatement(
                        "int count = $T.referenceCount($S, $L.length, $L)", Arguments.class, label, arrays.get(0), size)
                .addStatement(
                        "return bind(count, new $T[] {$L})",
                        Object.class,
                        arrays.stream().collect(CodeBlock.joining(", ")))
                .build();
    }

    private MethodSpec describe() {
        CodeBlock.Builder code = CodeBlock.builder()
                .add("return $T.builder($L)\n", ModelDescription.class, SourceText.literal(header.model()))
                .indent()
                .indent()
                .add(
                        ".source($L, $S, $S)\n",
                        SourceText.literal(header.sourceFile()),
                        header.sourceDigest(),
                        header.compilerVersion())
                .add(
                        ".computes($T.$L, $S, $LL)\n",
                        ModelDescription.ElementType.class,
                        header.elementType(),
                        layout.backend(),
                        layout.workspaceBytes());
        layout.program.inputs().forEach(port -> code.add(port("input", port)));
        layout.program.predictions().forEach(port -> code.add(port("output", port)));
        layout.program.results().layers().forEach(port -> code.add(port("layer", port)));
        code.add(".explains($S, $L, $L)\n", header.method(), SourceText.literal(header.point()), header.pointSize())
                .add(
                        ".binds($T.$L, $T.$L, $L)\n",
                        ModelDescription.ReferenceBinding.class,
                        header.reference(),
                        ModelDescription.TargetBinding.class,
                        header.target(),
                        layout.targetCount())
                .add(
                        ".hypothetical($L)\n",
                        !layout.program.results().hypothetical().isEmpty())
                .add(".build();\n")
                .unindent()
                .unindent();
        return MethodSpec.methodBuilder("describe")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(ModelDescription.class)
                .addCode(code.build())
                .build();
    }

    private static CodeBlock port(String kind, LoopProgram.Port port) {
        CodeBlock.Builder code = CodeBlock.builder().add(".$L($L", kind, SourceText.literal(port.name()));
        port.shape().dims().forEach(dim -> code.add(", $L", dim));
        return code.add(")\n").build();
    }
}
