package org.deepliftc.compiler.jit;

import java.util.Map;

/** Defines the classes of one generated source; dropping it unloads them. */
final class InMemoryClassLoader extends ClassLoader {
    private final Map<String, byte[]> classFiles;

    InMemoryClassLoader(Map<String, byte[]> classFiles, ClassLoader parent) {
        super(parent);
        this.classFiles = Map.copyOf(classFiles);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name);
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }
}
