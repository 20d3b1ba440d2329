package org.deepliftc.compiler.driver;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;

/**
 * The product of a compilation.
 *
 * @param javaSource the text of {@code className.java}
 * @param weights the bytes of {@code className.weights}; empty for straight-line classes, whose weights are literals
 * @param warnings what the user should know
 */
public record CompiledClass(
        String packageName, String className, String javaSource, byte[] weights, List<Diagnostic> warnings) {

    public CompiledClass {
        warnings = List.copyOf(warnings);
    }

    /** {@code package.Class}. */
    public String qualifiedName() {
        return packageName.isEmpty() ? className : packageName + "." + className;
    }
}
