package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.runtime.ModelDescription.ElementType;

/**
 * Prints one procedure as a static method. Example:
 *
 * <pre>
 * /** fc1: dense, 200 to 64 *&#47;
 * private static void fc1(float[] x, int xAt, float[] fc1Weight, float[] fc1) {
 *     for (int u = 0; u &lt; 64; u++) {
 *         float sum = 0.0f;
 *         for (int k = 0; k &lt; 200; k++) {
 *             sum = Math.fma(x[xAt + k], fc1Weight[64 * k + u], sum);
 *         }
 *         fc1[u] = sum;
 *     }
 * }
 * </pre>
 */
final class ProcedurePrinter {

    /** How a method names a buffer; {@code offset} is empty where the buffer starts at element 0. */
    record Parameter(String name, String offset) {}

    private final ElementType type;
    private final Procedure procedure;
    private final ProcedureMethods methods;
    private final List<Expr.Var> free;
    private final Map<Buffer, Parameter> parameters = new LinkedHashMap<>();
    private final Map<Expr.Var, String> variables = new HashMap<>();
    private final Identifiers names = new Identifiers();
    private final ExpressionPrinter expressions;
    private final CodeBlock.Builder code = CodeBlock.builder();

    private ProcedurePrinter(
            Procedure procedure, ElementType type, ProcedureMethods methods, List<Expr.Var> free, boolean isKernel) {
        this.procedure = procedure;
        this.type = type;
        this.methods = methods;
        this.free = free;
        this.expressions = new ExpressionPrinter(type, parameters, variables);
        for (Buffer buffer : buffers(procedure)) {
            String name = names.allocate(isKernel ? role(buffer) : buffer.name());
            parameters.put(buffer, new Parameter(name, buffer.hasOffset() ? names.allocate(name.concat("At")) : ""));
        }
        free.forEach(variable -> variables.put(variable, names.allocate(variable.name())));
    }

    /** What a kernel calls a buffer, whatever the layer: kernels of layers of one shape read alike and are one. */
    private String role(Buffer buffer) {
        boolean constant = buffer.place() == Buffer.Place.CONSTANT || buffer.place() == Buffer.Place.DERIVED;
        if (constant) {
            return "weights";
        }
        return procedure.writes().contains(buffer) ? "out" : "in";
    }

    /** The method of a procedure, under the name given. */
    static MethodSpec print(Procedure procedure, ElementType type, String name, ProcedureMethods methods) {
        return new ProcedurePrinter(procedure, type, methods, procedure.parameters(), false).method(name);
    }

    /** The buffers of a procedure in the order of the method's parameters. */
    static Set<Buffer> buffers(Procedure procedure) {
        Set<Buffer> buffers = new LinkedHashSet<>(procedure.reads());
        buffers.addAll(procedure.writes());
        return buffers;
    }

    private MethodSpec method(String name) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC);
        if (!procedure.comment().isEmpty()) {
            method.addJavadoc("$L", SourceText.lines(procedure.comment()));
        }
        parameters.forEach((buffer, parameter) -> {
            Class<?> javaType = buffer.place().isNumber() ? int.class : JavaTypes.array(buffer, type);
            method.addParameter(
                    ParameterSpec.builder(javaType, parameter.name()).build());
            if (!parameter.offset().isEmpty()) {
                method.addParameter(int.class, parameter.offset());
            }
        });
        free.forEach(variable -> method.addParameter(javaType(variable), variables.get(variable)));
        body(procedure.body(), names);
        return method.addCode(code.build()).build();
    }

    private void body(List<Stmt> body, Identifiers scope) {
        for (Stmt stmt : body) {
            print(stmt, scope);
        }
    }

    private void print(Stmt stmt, Identifiers scope) {
        if (stmt instanceof Stmt.Declare declare) {
            CodeBlock value = expressions.print(declare.value());
            code.addStatement("$T $L = $L", javaType(declare.variable()), declared(declare.variable(), scope), value);
        } else if (stmt instanceof Stmt.Assign assign) {
            code.addStatement("$L = $L", variables.get(assign.variable()), expressions.print(assign.value()));
        } else if (stmt instanceof Stmt.Store store && store.value().kind().isVector()) {
            code.addStatement(
                    "$L.intoArray($L)",
                    expressions.print(store.value()),
                    expressions.address(store.buffer(), store.index()));
        } else if (stmt instanceof Stmt.Kernel kernel) {
            kernel(kernel);
        } else if (stmt instanceof Stmt.Store store) {
            CodeBlock element = expressions.element(store.buffer(), store.index());
            code.addStatement("$L = $L", element, expressions.print(store.value()));
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop, scope);
        } else if (stmt instanceof Stmt.If choice) {
            code.beginControlFlow("if ($L)", expressions.print(choice.condition()));
            body(choice.then(), scope.inner());
            code.endControlFlow();
        } else {
            throw new IllegalArgumentException("procedure " + procedure.name() + " still has lanes; schedule it first");
        }
    }

    /** A call of the kernel's own method, which is printed where it is new. */
    private void kernel(Stmt.Kernel kernel) {
        Accesses accesses = Accesses.of(kernel.body());
        Set<Buffer> touched = new LinkedHashSet<>(accesses.reads());
        touched.addAll(accesses.writes());
        List<CodeBlock> arguments = new ArrayList<>();
        for (Buffer buffer : touched) {
            arguments.add(CodeBlock.of("$L", parameters.get(buffer).name()));
            if (buffer.hasOffset()) {
                arguments.add(CodeBlock.of("$L", parameters.get(buffer).offset()));
            }
        }
        kernel.free().forEach(variable -> arguments.add(CodeBlock.of("$L", variables.get(variable))));
        Procedure own = new Procedure(
                kernel.name(), List.of(), accesses.reads(), accesses.writes(), Optional.empty(), kernel.body());
        // A printer prints once, so that each text has its own.
        String name = methods.method(
                kernel.name(), called -> new ProcedurePrinter(own, type, methods, kernel.free(), true).method(called));
        code.addStatement("$L($L)", name, arguments.stream().collect(CodeBlock.joining(", ")));
    }

    private void loop(Stmt.For loop, Identifiers scope) {
        CodeBlock end = expressions.print(loop.to());
        if (!(loop.to() instanceof Expr.Int)) {
            String name = scope.allocate(loop.variable().name().concat("End"));
            code.addStatement("int $L = $L", name, end);
            end = CodeBlock.of("$L", name);
        }
        CodeBlock from = expressions.print(loop.from());
        Identifiers inner = scope.inner();
        String name = declared(loop.variable(), inner);
        CodeBlock head = CodeBlock.builder()
                .addNamed(
                        "for (int $name:L = $from:L; $name:L < $end:L; $name:L++)",
                        Map.of("name", name, "from", from, "end", end))
                .build();
        code.beginControlFlow("$L", head);
        body(loop.body(), inner);
        code.endControlFlow();
    }

    private String declared(Expr.Var variable, Identifiers scope) {
        String name = scope.allocate(variable.name());
        variables.put(variable, name);
        return name;
    }

    private TypeName javaType(Expr.Var variable) {
        if (variable.kind().isVector()) {
            return VectorPrinter.type(variable.kind());
        }
        Class<?> plain = variable.kind() == Kind.BOOL ? boolean.class : JavaTypes.element(variable.kind(), type);
        return TypeName.get(plain);
    }
}
