package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Procedure;

/**
 * Prints the methods that run the procedures of one phase in order, and the procedures themselves. Example:
 *
 * <pre>
 * private void example() {
 *     float[] h1 = slot0;
 *     fc1(x, xAt, weights.fc1Weight, h1);
 * }
 * </pre>
 */
final class PhaseMethods {

    /** Bytecode a method of calls may have by the estimate below. */
    private static final int LIMIT = 5_000;

    private static final int BYTES_OF_ARGUMENT = 9;

    /** How a class reaches its buffers: what a call hands over for each. */
    interface Place {
        List<CodeBlock> arguments(Buffer buffer);

        /** The distance between the rows of a buffer that other loops made. */
        CodeBlock step(Buffer buffer);
    }

    private final Layout layout;
    private final Place place;
    private final Identifiers methodNames;
    private final ProcedureMethods methods;
    private final String qualifier;

    /**
     * Makes the printer.
     *
     * @param methodNames the names of the class that the phases' methods are printed in
     * @param methods where the procedures are printed
     * @param qualifier what stands before the name of a procedure: nothing, or a class and a dot
     */
    PhaseMethods(Layout layout, Identifiers methodNames, ProcedureMethods methods, String qualifier, Place place) {
        this.layout = layout;
        this.methodNames = methodNames;
        this.methods = methods;
        this.qualifier = qualifier;
        this.place = place;
    }

    /** A method of the given name and parameters that runs the steps, and those it hands the rest of them to. */
    List<MethodSpec> print(
            String name, String comment, List<ParameterSpec> parameters, List<Procedure> steps, Modifier... modifiers) {
        List<MethodSpec> methods = new ArrayList<>();
        MethodSpec.Builder method = method(name, parameters, modifiers).addJavadoc("$L\n", comment);
        Identifiers names = scope(parameters);
        Map<Buffer, String> aliases = new LinkedHashMap<>();
        int bytes = 0;
        for (Procedure step : steps) {
            int more = BYTES_OF_ARGUMENT * (2 * ProcedurePrinter.buffers(step).size() + 2);
            if (bytes > 0 && bytes + more > LIMIT) {
                String rest = methodNames.allocate(name.concat("Rest"));
                CodeBlock arguments =
                        parameters.stream().map(p -> CodeBlock.of("$N", p)).collect(CodeBlock.joining(", "));
                methods.add(method.addStatement("$L($L)", rest, arguments).build());
                method = method(rest, parameters, Modifier.PRIVATE);
                names = scope(parameters);
                aliases.clear();
                bytes = 0;
            }
            method.addCode(call(step, names, aliases));
            bytes += more;
        }
        methods.add(method.build());
        return methods;
    }

    private static MethodSpec.Builder method(String name, List<ParameterSpec> parameters, Modifier... modifiers) {
        return MethodSpec.methodBuilder(name).addModifiers(modifiers).addParameters(parameters);
    }

    /** Aliases may not hide the fields that calls mention. */
    private Identifiers scope(List<ParameterSpec> parameters) {
        Identifiers names = layout.sessionNames.inner();
        layout.referenceFields.values().forEach(names::reserve);
        parameters.forEach(p -> names.reserve(p.name()));
        return names;
    }

    private CodeBlock call(Procedure step, Identifiers names, Map<Buffer, String> aliases) {
        CodeBlock.Builder code = CodeBlock.builder();
        List<CodeBlock> arguments = new ArrayList<>();
        for (Buffer buffer : ProcedurePrinter.buffers(step)) {
            if (!buffer.isPlanned()) {
                arguments.addAll(place.arguments(buffer));
                continue;
            }
            String alias = aliases.get(buffer);
            if (alias == null) {
                alias = names.allocate(buffer.name());
                aliases.put(buffer, alias);
                code.addStatement(
                        "$T $L = $L",
                        JavaTypes.array(buffer, layout.type),
                        alias,
                        layout.slot(buffer).name());
            }
            arguments.add(CodeBlock.of("$L", alias));
        }
        if (step.rows().isPresent()) {
            arguments.add(CodeBlock.of("rows"));
        }
        step.steps().keySet().forEach(buffer -> arguments.add(place.step(buffer)));
        if (step.referenceCount().isPresent()) {
            String references = layout.hasReferences() ? "referenceCount" : "1";
            arguments.add(
                    layout.hasPath()
                            ? CodeBlock.of("$L * $L", references, layout.program.points())
                            : CodeBlock.of(references));
        }
        return code.addStatement(
                        "$L$L($L)",
                        qualifier,
                        methods.method(step),
                        arguments.stream().collect(CodeBlock.joining(", ")))
                .build();
    }
}
