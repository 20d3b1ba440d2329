package org.deepliftc.compiler.schedule;

/** Which instructions the loops of a class are written in. */
public enum Backend {
    /** The fastest there is for the model, the declared batch and the machine. */
    AUTO,
    /** Plain Java, which every JVM runs. */
    SCALAR,
    /** The Vector API; compiling and running such a class take the module {@value #VECTOR_MODULE}. */
    VECTOR;

    /** The module of the Vector API. */
    public static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Whether this JVM was started with the module of the Vector API. */
    public static boolean isVectorModulePresent() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }
}
