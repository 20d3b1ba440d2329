package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Prints the class of the procedures in vector code. It is a class of its own so that a JVM without the module of the
 * Vector API never loads it.
 */
final class VectorsClass {
    static final String NAME = "Vectors";

    private VectorsClass() {}

    static TypeSpec print(List<MethodSpec> procedures) {
        ParameterizedTypeName species =
                ParameterizedTypeName.get(VectorPrinter.SPECIES, com.palantir.javapoet.ClassName.get(Float.class));
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The steps in vectors as wide as the machine has, up to sixteen lanes: the same bits.\n")
                .addField(FieldSpec.builder(
                                species, VectorPrinter.SPECIES_FIELD, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer(
                                "$T.SPECIES_PREFERRED.length() > 16 ? $T.SPECIES_512 : $T.SPECIES_PREFERRED",
                                VectorPrinter.FLOATS,
                                VectorPrinter.FLOATS,
                                VectorPrinter.FLOATS)
                        .build())
                .addField(FieldSpec.builder(
                                int.class, VectorPrinter.LANES_FIELD, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("$L.length()", VectorPrinter.SPECIES_FIELD)
                        .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        procedures.forEach(type::addMethod);
        return type.build();
    }
}
