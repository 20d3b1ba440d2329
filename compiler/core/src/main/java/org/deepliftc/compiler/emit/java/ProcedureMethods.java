package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** The methods of the procedures and kernels of one class; those that read alike are printed once. */
final class ProcedureMethods {
    private final ElementType type;
    private final Identifiers names;
    private final Map<String, String> printed = new HashMap<>();
    private final List<MethodSpec> methods = new ArrayList<>();

    /** Makes the methods of a class whose names so far are {@code names}. */
    ProcedureMethods(ElementType type, Identifiers names) {
        this.type = type;
        this.names = names;
    }

    List<MethodSpec> all() {
        return methods;
    }

    /** The name of a procedure's method. */
    String method(Procedure step) {
        return method(step.name(), name -> ProcedurePrinter.print(step, type, name, this));
    }

    /** The name of the method that is printed under a name given. */
    String method(String proposal, Function<String, MethodSpec> print) {
        String text = print.apply("procedure").toString();
        String known = printed.get(text);
        if (known == null) {
            known = names.allocate(proposal);
            printed.put(text, known);
            methods.add(print.apply(known));
        }
        return known;
    }
}
