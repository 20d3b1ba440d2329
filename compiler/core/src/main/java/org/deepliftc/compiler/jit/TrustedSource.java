package org.deepliftc.compiler.jit;

import java.util.Map;

/** Compiles small sources of our own, such as the loop of a measurement, which are no generated classes. */
public final class TrustedSource {
    private TrustedSource() {}

    /**
     * An instance of a class that is compiled now. The source must be trusted: it can do whatever this process can.
     *
     * @param type what the class is, for its caller; of the JDK or the runtime, since the class sees no other
     * @param qualifiedName the public class in the source, which has a public constructor without parameters
     * @param source in the language subset of Janino
     * @throws GeneratedCodeException if it does not compile or load
     */
    public static <T> T instance(Class<T> type, String qualifiedName, String source) {
        Map<String, byte[]> classFiles = new JaninoCompiler().compile(qualifiedName, source);
        Class<?> compiled = ModelLoading.define(qualifiedName, classFiles);
        try {
            return type.cast(compiled.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new GeneratedCodeException("cannot make an instance of " + qualifiedName + ": " + e, e);
        }
    }
}
