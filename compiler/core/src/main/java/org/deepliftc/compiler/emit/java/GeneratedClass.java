package org.deepliftc.compiler.emit.java;

/**
 * A generated class.
 *
 * @param source the text of {@code className.java}, pure ASCII
 * @param weights the bytes of {@code className.weights}, the resource the class loads; empty where its weights are
 *     literals
 */
public record GeneratedClass(String packageName, String className, String source, byte[] weights) {

    /** {@code package.Class}. */
    public String qualifiedName() {
        return packageName.isEmpty() ? className : packageName + "." + className;
    }

    /** True where loading the class takes the weights file. */
    public boolean needsWeights() {
        return weights.length > 0;
    }
}
