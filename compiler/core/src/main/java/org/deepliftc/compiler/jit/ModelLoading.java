package org.deepliftc.compiler.jit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.runtime.CompiledModel;

/** From class files to a loaded model. */
final class ModelLoading {
    private ModelLoading() {}

    /** The generated class, initialised, so that a class file the JVM refuses is found here. */
    static Class<?> define(String qualifiedName, Map<String, byte[]> classFiles) {
        ClassLoader loader = new InMemoryClassLoader(classFiles, CompiledModel.class.getClassLoader());
        try {
            return Class.forName(qualifiedName, true, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new GeneratedCodeException(
                    "generated class " + qualifiedName + " cannot be loaded: " + e
                            + "\nThis is a defect of deepliftc; please report it with the model.",
                    e);
        }
    }

    /** Calls the class's own {@code load}, with the weights where it has any. */
    static CompiledModel open(Class<?> type, GeneratedClass generated) {
        try {
            Object model = generated.needsWeights()
                    ? type.getMethod("load", InputStream.class)
                            .invoke(null, new ByteArrayInputStream(generated.weights()))
                    : type.getMethod("load").invoke(null);
            return (CompiledModel) model;
        } catch (InvocationTargetException e) {
            throw failed(generated, e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed(generated, e);
        }
    }

    private static GeneratedCodeException failed(GeneratedClass generated, Throwable cause) {
        return new GeneratedCodeException(
                "generated class " + generated.qualifiedName() + " cannot load its weights: " + cause.getMessage()
                        + "\nThis is a defect of deepliftc; please report it with the model.",
                cause);
    }
}
