package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints statements as a private method, or as a chain of methods where they are too many for one. */
final class LongMethod {

    /** Statements that check or copy an array take some 40 bytes of code each. */
    private static final int STATEMENTS = 120;

    private LongMethod() {}

    static List<MethodSpec> print(
            String name,
            String comment,
            List<ParameterSpec> parameters,
            List<CodeBlock> statements,
            Identifiers names) {
        List<MethodSpec> methods = new ArrayList<>();
        String current = name;
        for (int from = 0; from == 0 || from < statements.size(); from += STATEMENTS) {
            int to = Math.min(statements.size(), from + STATEMENTS);
            MethodSpec.Builder method = MethodSpec.methodBuilder(current)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameters(parameters);
            if (from == 0) {
                method.addJavadoc("$L\n", comment);
            }
            statements.subList(from, to).forEach(method::addCode);
            if (to < statements.size()) {
                current = names.allocate(name.concat("Rest"));
                method.addStatement(
                        "$L($L)",
                        current,
                        parameters.stream().map(p -> CodeBlock.of("$N", p)).collect(CodeBlock.joining(", ")));
            }
            methods.add(method.build());
        }
        return methods;
    }

    static CodeBlock statement(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, arguments).build();
    }
}
