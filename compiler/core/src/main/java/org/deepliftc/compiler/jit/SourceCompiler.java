package org.deepliftc.compiler.jit;

import java.util.Map;

/** Turns the source of one class into class files. */
interface SourceCompiler {

    /**
     * The class files by binary name, nested classes included.
     *
     * @throws GeneratedCodeException if the source does not compile
     */
    Map<String, byte[]> compile(String qualifiedName, String source);
}
